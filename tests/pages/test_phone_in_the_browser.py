"""A visitor's phone through a visit in a real browser: minutes, family, sound, looks, a bad network, a low mark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.hall_process import wait_until
from tests.pages.test_visitor_and_wall_in_the_browser import faults_of, path_of, take_number

pytestmark = pytest.mark.browser
PHONE = (390, 844)
SMALLEST = (320, 640)


def width_of(page):
    return page.evaluate("document.documentElement.scrollWidth")


def test_a_visit_with_more_minutes_family_and_a_low_mark(hall, open_page):
    officer = hall.member("zhao")
    ticket = take_number(hall, "TQ02")
    phone = open_page(path_of(ticket), *PHONE)
    phone.click("text=给家人看一眼")
    link = phone.locator(".share__link a").get_attribute("href")
    family = open_page("/f/" + link.split("/f/")[1], *PHONE)
    expect(family.locator("#family")).to_contain_text("只能看")
    phone.click("text=回到我的号")

    phone.dblclick("text=我要晚 5 分钟")
    expect(phone.locator("#now")).to_contain_text("您再接着排")
    phone.click("text=我好了，接着排")
    expect(phone.locator("#now[data-stage=waiting]")).to_be_visible()
    officer.post("/counters/3/open")
    officer.post("/counters/3/call", ticket=ticket["ticket"])
    expect(phone.locator("#now[data-stage=called]")).to_be_visible()
    expect(phone.locator(".plan__counter--here")).to_have_count(1)
    phone.click("text=我在路上")
    expect(phone.locator("#now")).to_contain_text("已经告诉窗口您在路上")
    expect(family.locator("#now[data-stage=called]")).to_be_visible(timeout=15_000)  # it asks every ten seconds

    officer.post(f"/tickets/{ticket['ticket']}/start")
    officer.post(f"/tickets/{ticket['ticket']}/end")
    phone.click("label[for=level-1]")
    phone.click("#feedback button[type=submit]")
    phone.click("text=需要，请主管来")
    expect(phone.locator("#feedback")).to_contain_text("已经叫主管了")
    # the low mark itself is an alert too, and is there a moment earlier
    supervisor = hall.member("sun")
    wait_until(lambda: supervisor.get("/measures")["alerts"][0]["kind"] == "wants_talk")
    supervisor.post(f"/tickets/{ticket['ticket']}/supervisor-coming")
    expect(phone.locator("#feedback")).to_contain_text("主管正在过来")


@pytest.mark.parametrize("look", ["", "large=1", "contrast=1", "large=1&contrast=1&lang=en"])
def test_every_look_fits_the_smallest_phone_and_has_no_fault_of_access(hall, open_page, look):
    ticket = hall.member("ma").post("/tickets", service="DK01", services=["TQ01"])
    phone = open_page(f"{path_of(ticket)}?{look}", *SMALLEST)
    expect(phone.locator("html")).to_have_attribute("data-stale", "no")
    phone.click("#why summary")

    assert width_of(phone) <= SMALLEST[0]
    assert faults_of(phone) == []


def test_without_a_network_the_phone_says_so_sends_nothing_and_comes_back(hall, open_page):
    ticket = take_number(hall)
    phone = open_page(path_of(ticket), *PHONE)
    expect(phone.locator("html")).to_have_attribute("data-stale", "no")
    said = []
    phone.on("dialog", lambda dialog: (said.append(dialog.message), dialog.accept()))
    phone.context.set_offline(True)
    expect(phone.locator(".stale-banner")).to_contain_text("没有网络")
    phone.click("text=请人来帮我")
    assert said == ["手机没有网络，没有发出去。请直接告诉导办。"]
    phone.context.set_offline(False)
    expect(phone.locator(".stale-banner")).to_be_hidden()
    phone.click("text=请人来帮我")

    expect(phone.locator("#help")).to_contain_text("马上来")


def test_without_the_feed_the_phone_asks_by_itself_and_still_hears_the_call(hall, open_page):
    ticket = take_number(hall)
    phone = open_page("/p/nobody", *PHONE)
    phone.route("**/live.js", lambda route: route.abort())
    phone.goto(hall.address + path_of(ticket))
    officer = hall.member("zhao")
    officer.post("/counters/3/open")
    officer.post("/counters/3/call", ticket=ticket["ticket"])

    expect(phone.locator("#now[data-stage=called]")).to_be_visible(timeout=15_000)


def test_the_bell_is_turned_on_by_a_finger_and_stays_on(hall, open_page):
    phone = open_page(path_of(take_number(hall)), *PHONE)
    phone.click("[data-act=bell]")
    expect(phone.locator("[data-act=bell]")).to_have_attribute("aria-pressed", "true")
    phone.reload()

    expect(phone.locator("[data-act=bell]")).to_have_attribute("aria-pressed", "true")
