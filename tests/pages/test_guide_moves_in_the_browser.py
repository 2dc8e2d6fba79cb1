"""A guide in a rush: dragging, several at once, a network that comes and goes, a desk that calls at the same moment."""

import pytest
from playwright.sync_api import Page, expect

from tests.pages.staff_hall import StaffHall, sign_in

pytestmark = pytest.mark.browser


def tablet(open_page, person: str, width: int, height: int) -> Page:
    page = open_page("/sign-in?next=/guide", width, height)
    sign_in(page, person)
    page.wait_for_selector(".guide-zone")
    page.set_default_timeout(30_000)
    return page


def card(page: Page, zone: int, number: str):
    return page.locator(".guide-zone").nth(zone).locator(f"[data-ticket={number}]")


def lift(page: Page, number: str) -> None:
    box = page.locator(f".guide-zones [data-ticket={number}]").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 44, steps=3)


def test_people_are_moved_by_hand_though_the_network_and_a_desk_get_in_between(hall: StaffHall, open_page):
    numbers = hall.visitors_come(4)
    first, second, third, fourth = numbers
    guide = hall.member("ma")
    one, other = tablet(open_page, "ma", 1280, 800), tablet(open_page, "sun", 800, 1280)
    expect(card(one, 1, fourth)).to_be_visible()

    # dragged over the care zone's second reason: the wait there is told before letting go
    lift(one, second)
    care = one.locator(".drop[data-zone=care]")
    expect(care.locator(".effect")).to_contain_text("前面 0 人")
    care.locator("[data-why=wrong_zone]").hover()
    expect(care.locator("[data-why=wrong_zone]")).to_have_attribute("data-over", "yes")
    one.mouse.up()
    expect(one.locator(".toast")).to_contain_text("来错了区")
    expect(card(other, 2, second)).to_be_visible()
    assert guide.get(f"/tickets/{second}")["zone"] == "care"

    # two guides at once: what one takes back the other sees in the sheet already open
    other.locator(f".guide-zones [data-ticket={second}]").click()
    one.click(".toast__undo")
    expect(card(one, 1, second)).to_be_visible()
    expect(other.locator(".sheet [data-target=special]")).to_be_disabled()
    other.keyboard.press("Escape")

    # three picked without network: shown in their new place at once, sent once when it is back …
    one.click(".guide-filter--pick")
    for number in (first, third, fourth):
        one.click(f".guide-zones [data-ticket={number}]")
    expect(one.locator(".picked .effect >> nth=2")).to_contain_text("前面 0–2 人")
    one.context.set_offline(True)
    one.click(".picked [data-target=care]")
    expect(one.locator(".guide-says")).to_contain_text("您按的 3 步已经记下")
    expect(card(one, 2, third)).to_have_attribute("aria-busy", "true")
    officer = hall.member("zhao")
    officer.post("/counters/3/open")
    called = officer.post("/counters/3/call-next")["ticket"]["ticket"]
    assert called == first
    one.context.set_offline(False)

    # … except the one that a desk has called meanwhile: it stays there, and the guide is told
    expect(one.locator(".guide-says")).to_contain_text(f"{first} 刚被 3 号窗口叫到")
    expect(one.locator(".guide-says")).to_contain_text("其余 2 人已转走")
    assert [guide.get(f"/tickets/{number}")["zone"] for number in numbers] == ["special", "special", "care", "care"]
    assert guide.get(f"/tickets/{third}")["transfers"] == 1

    # somebody who wished for company is called: one goes along, the other sees who and where
    number = guide.post("/tickets", service="TQ01", care=True)["ticket"]
    guide.post(f"/tickets/{number}/place", place="窗边")
    carer = hall.member("zhou")
    carer.post("/counters/8/open")
    carer.post("/counters/8/call", ticket=number)
    other.get_by_role("button", name="我去陪").wait_for()
    one.get_by_role("button", name="我去陪").click()
    expect(other.locator(".guide-attention")).to_contain_text("窗边 · 马小兰 在陪")
    expect(other.get_by_role("button", name="换我去")).to_be_visible()
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # a number that somebody says
    one.click(".guide-pad")
    one.click("[data-key='4']")
    one.click(f"[data-found={fourth}]")
    expect(one.locator(".sheet__number")).to_have_text(fourth)
