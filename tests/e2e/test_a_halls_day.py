"""The whole of a visit across every screen at once: real processes, real browsers, as many people as a hall has."""

import re
from datetime import datetime
from urllib.parse import urlparse

import pytest
import requests
from playwright.sync_api import expect

from displays.voice.waves import read_wav, rms, seconds_of
from tests.e2e.acts import (
    card_of,
    end_service,
    find_by_initials,
    next_paper,
    number_on,
    press,
    read_code,
    says,
    shot_of,
    tap,
    zone_of_card,
)
from tests.e2e.browsers import SCREEN, keep_picture
from tests.voice.listening import loud_parts

pytestmark = pytest.mark.browser


def test_a_visit_from_the_touch_at_the_kiosk_to_the_word_of_thanks(hall, browsers, tmp_path):
    kiosk = browsers.kiosk()
    hall_display, zone_screen = browsers.display("hall?voice=on"), browsers.display("zone/special")
    counter_screen, desk, guide = browsers.display("counter/3"), browsers.desk("zhao"), browsers.guide()
    supervisor = browsers.member("sun", "/supervisor", SCREEN)
    says(supervisor, "header", "已办 0")
    keep_picture(kiosk, "01-kiosk-home")

    # the kiosk: found by initials, no company, the counter
    find_by_initials(kiosk, "zf", "TQ04")
    keep_picture(kiosk, "02-kiosk-service")
    tap(kiosk, "[data-answer=no-care]", "[data-way=counter]")
    ticket = number_on(kiosk)
    expect(kiosk.locator("[data-paper=printed]")).to_be_visible()
    keep_picture(kiosk, "03-kiosk-ticket")

    # the paper leads the phone to the same page as the code on the glass
    paper = next_paper(hall, already=0)
    link = read_code(paper)
    assert read_code(shot_of(kiosk, ".code img")) == link
    assert urlparse(link).path.startswith("/p/")
    phone = browsers.phone(link)
    says(phone, ".now__ticket", ticket)
    keep_picture(phone, "04-phone-waiting")

    # the desk sees who is next, and calls
    says(guide, f".guide-zones [data-ticket={ticket}]", ticket)
    press(desk, "open")
    says(desk, ".desk-side .desk-row", ticket)
    with hall_display.expect_response(re.compile(r"/displays/voice/.+\.wav$")) as sound:
        press(desk, "next")
    says(hall_display, f".call[data-ticket={ticket}]", ticket, "3", "特殊业务受理区")
    says(zone_screen, f".call[data-ticket={ticket}]", ticket, "3")
    says(counter_screen, "#ticket", ticket)
    says(counter_screen, "#word", "请到本窗口")
    says(phone, "#now", "叫到您了", "3")
    for page, name in (
        (hall_display, "05-hall-called"),
        (zone_screen, "06-zone-called"),
        (counter_screen, "07-counter-called"),
        (phone, "08-phone-called"),
        (desk, "09-desk-called"),
        (guide, "10-guide-called"),
    ):
        keep_picture(page, name)
    assert_said_twice(sound.value.url, tmp_path / "call.wav")

    # served, with a stop in between
    press(desk, "start")
    says(counter_screen, "#word", "正在办理")
    press(desk, "hold")
    says(phone, "#now", "请稍等")
    press(desk, "resume")
    says(phone, "#now", "正在办理")
    end_service(desk)
    says(desk, ".desk-now", f"{ticket} 已办结")

    # how was it
    phone.locator("label[for=level-5]").tap()
    phone.fill("textarea[name=words]", "窗口的姑娘真好👍🏻❤️𠮷")
    keep_picture(phone, "11-phone-feedback")
    phone.locator("#feedback button[type=submit]").tap()
    says(phone, "#feedback", "谢谢您告诉我们")
    keep_picture(phone, "12-phone-thanks")

    says(supervisor, "header", "已办 1")
    says(supervisor, "main", "1 人评价", "平均 5")
    keep_picture(supervisor, "12-supervisor")
    assert browsers.console_errors == []
    assert_in_order_of_time(hall.events())


def assert_said_twice(url, file):
    """A real sound: the chime, the words twice in Chinese, then in English, each part loud enough to be heard."""
    answer = requests.get(url, timeout=10)
    assert answer.headers["Content-Type"] in {"audio/wav", "audio/x-wav"}
    file.write_bytes(answer.content)
    spoken = loud_parts(read_wav(file))
    assert len(spoken) == 3
    assert min(rms(part) for part in spoken) > 1000
    chinese, again = spoken[0], spoken[1]
    assert seconds_of(chinese) > seconds_of(again) > 1.5  # the first has the chime before it


def assert_in_order_of_time(events):
    names = [event["name"] for event in events]
    visit = ["ticket_issued", "ticket_called", "service_started", "service_held", "service_resumed", "service_ended"]
    places = [names.index(name) for name in [*visit, "feedback_given"]]
    assert places == sorted(places)
    moments = [datetime.fromisoformat(event["at"]) for event in events]
    assert moments == sorted(moments)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


def test_a_guide_moves_a_ticket_in_two_touches_and_its_first_arrival_stays(hall, browsers):
    taken = hall.take_number()
    ticket = taken["ticket"]
    phone, guide = browsers.phone(taken["link"]), browsers.guide()
    expect(zone_of_card(guide, ticket)).to_have_attribute("data-tone", "special")

    card_of(guide, ticket).tap()
    guide.locator(".sheet [data-target=smart]").tap()
    expect(zone_of_card(guide, ticket)).to_have_attribute("data-tone", "smart")
    says(phone, "#now", "智慧网办区", "先来的时间不变")
    keep_picture(guide, "13-guide-moved")
    guide.locator(".toast__undo").tap()
    expect(zone_of_card(guide, ticket)).to_have_attribute("data-tone", "special")
    says(phone, "#now", "特殊业务受理区")
    card_of(guide, ticket).tap()
    guide.locator(".sheet [data-target=smart]").tap()
    expect(zone_of_card(guide, ticket)).to_have_attribute("data-tone", "smart")

    moved = hall.member("ma").get(f"/tickets/{ticket}")
    assert (moved["zone"], moved["stage"]) == ("smart", "waiting")
    assert moved["first_arrival_at"] == taken["issued_at"]


def test_somebody_who_missed_the_call_is_brought_back_and_called_again(hall, browsers):
    taken = hall.take_number()
    ticket = taken["ticket"]
    phone, guide, desk = browsers.phone(taken["link"]), browsers.guide(), browsers.desk("zhao")
    display = browsers.display("hall")

    press(desk, "open", "next", "missed")
    says(phone, "#now", "没赶上", "不用重排")
    says(display, "#missed", ticket)
    keep_picture(phone, "14-phone-missed")
    special = guide.locator(".guide-zone[data-tone=special]")
    special.get_by_role("button", name="暂离过号").tap()
    special.get_by_role("button", name=f"叫回 {ticket}").tap()
    says(phone, "#now", "已为您续上")
    press(desk, "next")

    says(display, f".call[data-ticket={ticket}]", ticket)
    says(phone, "#now", "叫到您了")
    expect(display.locator("#missed")).to_have_count(0)


def test_who_wishes_company_is_sent_to_the_care_zone_and_a_guide_is_asked_to_walk_along(hall, browsers):
    kiosk, guide, desk = browsers.kiosk(), browsers.guide(), browsers.desk("zhou")

    tap(kiosk, "[data-tile=leaving]", "[data-service=TQ11]", "[data-answer=care]")
    ticket = number_on(kiosk)
    says(kiosk, ".goto", "爱心服务区")
    keep_picture(kiosk, "15-kiosk-care")
    expect(zone_of_card(guide, ticket)).to_have_attribute("data-tone", "care")
    press(desk, "open", "next")

    says(desk, ".desk-number", ticket)
    says(guide, ".attention[data-kind=escort]", ticket, "8 号窗口")


def test_somebody_leaves_the_queue_by_phone(hall, browsers):
    taken = hall.take_number()
    phone, desk = browsers.phone(taken["link"]), browsers.desk("zhao")
    press(desk, "open")
    says(desk, ".desk-side .desk-row", taken["ticket"])

    phone.get_by_role("link", name="不办了").tap()
    keep_picture(phone, "16-phone-leave")
    phone.get_by_role("button", name="不办了，取消").tap()

    says(phone, "#now", "已按您的意思取消")
    expect(desk.locator(".desk-side .desk-row")).to_have_count(0)
    expect(desk.locator("[data-verb=next]")).to_be_disabled()
