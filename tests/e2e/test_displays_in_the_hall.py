"""A display with settings of its own: large enough for the furthest seat, silent, and truthful after it was killed."""

import math
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from queue_server.demo.hall_client import HallClient
from tests.e2e.browsers import keep_picture
from tests.e2e.hall_process import wait_until

pytestmark = pytest.mark.browser

CALLS, KILLED_AFTER, BACK_AFTER = 50, 20, 35
DISTANCE_M, HEIGHT_MM = 7, 685
OWN_SETTINGS = f"""
[[displays]]
id = "D1"
distance_m = {DISTANCE_M}
height_mm = {HEIGHT_MM}
evening_from = "00:00"
evening_until = "23:59"
silent = true
"""
LONGEST_NOTICE = "系统检修，请大家稍坐，号不会丢，叫到谁我们会再念一遍。" * 4  # 108 of the 120 signs allowed
SIZES = [(800, 480), (3840, 2160), (1920, 1080)]
NOTHING_STANDS_OUT = """() => [...document.querySelectorAll('main *, footer *, header *')].every((one) => {
    const box = one.getBoundingClientRect();
    return !box.width || one.closest('.lines') || (box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1);
})"""
DIGITS_PX = "one => parseFloat(getComputedStyle(one).fontSize) * 0.73"
FLASH_SECONDS = """() => { const card = document.querySelector('.call'); card.toggleAttribute('data-just-called', true);
    return parseFloat(getComputedStyle(card).animationDuration); }"""
# In danger: how long one flash of the edge takes, and whether every word stands inside the screen.
EDGE_FLASH_SECONDS = """() =>
    parseFloat(getComputedStyle(document.querySelector('.emergency'), '::after').animationDuration)"""
WORDS_FIT = """() => [...document.querySelectorAll(".emergency__head, .emergency__words > *")].every((each) => {
    const { top, bottom, right } = each.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && right <= innerWidth && each.scrollWidth <= each.clientWidth + 1;
})"""


def serve_next(officer, count):
    """One after another comes, is served and goes; the last of them is left called."""
    called = ""
    for _ in range(count):
        if called:
            go_and_end(officer, called)
        called = officer.post("/counters/3/call-next")["ticket"]["ticket"]
    return called


def go_and_end(officer, ticket):
    officer.post(f"/tickets/{ticket}/start")
    officer.post(f"/tickets/{ticket}/end")


def test_a_display_killed_in_a_burst_of_calls_shows_the_truth_again_as_large_as_the_last_row_needs(
    make_hall, browsers_at
):
    hall = make_hall()
    with hall.hall_file.open("a", encoding="utf-8") as file:
        file.write(OWN_SETTINGS)
    kiosks = [hall.kiosk(), HallClient(hall.url, hall.enrol_kiosk("K2"))]  # one alone may not ask so often
    hall.start_server()
    browsers = browsers_at(hall)
    officer = hall.member("zhao", "3")
    officer.post("/counters/3/open")
    for number in range(CALLS):
        kiosks[number % 2].post("/tickets", service="TQ01", way="counter")
    screen = browsers.display("hall")

    last = serve_next(officer, KILLED_AFTER)
    expect(screen.locator(f"[data-ticket={last}]")).to_be_visible()
    screen.context.close()
    go_and_end(officer, last)
    last = serve_next(officer, BACK_AFTER - KILLED_AFTER)
    screen = browsers.display("hall")
    expect(screen.locator(f".call:not([data-earlier])[data-ticket={last}]")).to_be_visible()
    go_and_end(officer, last)
    last = serve_next(officer, CALLS - BACK_AFTER)

    board = officer.get("/board")
    assert [call["ticket"] for call in board["calls"]] == [last]
    expect(screen.locator(f".call:not([data-earlier])[data-ticket={last}]")).to_be_visible(timeout=60_000)
    expect(screen.locator(".call:not([data-earlier])")).to_have_count(1, timeout=60_000)
    for call in board["recent"][:2]:
        expect(screen.get_by_text(call["ticket"])).to_be_visible()
    expect(screen.locator("#silent")).to_contain_text("不念号")
    whole_page = screen.locator("html")
    expect(whole_page).to_have_attribute("data-evening", "yes")
    assert screen.evaluate(FLASH_SECONDS) >= 1 / 3  # WCAG 2.3.1: at most three flashes a second

    until = datetime.fromisoformat(board["clock"]["now"]) + timedelta(minutes=20)
    hall.member("sun").post("/notices", text_zh=LONGEST_NOTICE, text_en="Please wait.", until=until.isoformat())
    expect(screen.locator("#notice")).to_contain_text(LONGEST_NOTICE)
    expect(screen.locator("#silent")).to_have_count(0)  # the notice takes the foot's place

    for width, height in SIZES:
        screen.set_viewport_size({"width": width, "height": height})
        expect(screen.locator(f"[data-ticket={last}]")).to_be_in_viewport()
        # drawn anew for this size: no smaller than what 0.7 degrees from the furthest seat need
        least = 2 * DISTANCE_M * 1000 * math.tan(math.radians(0.35)) / HEIGHT_MM * height
        wait_until(lambda: screen.evaluate(NOTHING_STANDS_OUT))
        for digits in (".call__ticket", ".call__counter b"):
            wait_until(lambda: screen.locator(digits).first.evaluate(DIGITS_PX) >= least)  # noqa: B023
        expect(whole_page).to_have_attribute("data-digits", "enough")

    danger = {"text_zh": LONGEST_NOTICE, "text_en": "Leave by the east door at once, please." * 4, "emergency": True}
    hall.member("sun").post("/notices", until=until.isoformat(), **danger)
    expect(screen.locator("#emergency")).to_contain_text("紧急")
    assert screen.evaluate(EDGE_FLASH_SECONDS) >= 1 / 3
    for width, height in (*SIZES, (1080, 1920)):
        screen.set_viewport_size({"width": width, "height": height})
        wait_until(lambda: screen.evaluate(WORDS_FIT))
    keep_picture(screen, "61-display-emergency")
    hall.member("sun").post("/notices/2/take-down")
    expect(screen.locator(f"[data-ticket={last}]")).to_be_in_viewport()

    screen.set_viewport_size({"width": 1080, "height": 1920})  # as high as before but narrower: too far away for it
    expect(whole_page).to_have_attribute("data-digits", "too_small")
    wait_until(lambda: screen.evaluate(NOTHING_STANDS_OUT))
    keep_picture(screen, "60-display-evening-silent")
