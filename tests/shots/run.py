"""Takes a picture of every screen of a busy demo hall into docs/pictures. `python -m tests.shots.run`"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from queue_server.demo.profile import LEFT_FREE
from tests.chromium import CHROMIUM
from tests.e2e.acts import card_of, find_by_initials, number_on, press, says, tap, type_on_glass
from tests.e2e.browsers import DESK, PATIENCE_MS, SCREEN, Browsers
from tests.e2e.hall_process import ROOT
from tests.shots.demo_hall import DemoHall, running_demo
from tests.shots.staff_pages import take_staff_pages

PICTURES = ROOT / "docs" / "pictures"
LARGEST_BYTES = 300_000
COLOURS = 255
PHONE_LOOKS = {"large": "large=1", "contrast": "contrast=1", "english": "lang=en"}


def main(wanted: list[str]) -> None:
    (PICTURES / "staff").mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as hall, sync_playwright() as playwright:
        print("the hall becomes busy, which takes a minute or two", flush=True)
        hall.become_busy()
        browser = playwright.chromium.launch(**CHROMIUM)
        browsers = Browsers(browser, hall)
        if wanted != ["staff"]:
            take_all(browsers, hall)
        take_staff_pages(browsers, hall, take)
        browsers.close()
        assert browsers.faults == []
        browser.close()


def take_all(browsers: Browsers, hall: DemoHall) -> None:
    link = at_the_kiosk(browsers, hall)
    on_other_kiosk_screens(browsers)
    when_a_paper_is_missing(browsers, hall)
    at_the_tools(browsers)
    around_the_call(browsers, hall, link)
    of_the_staff(browsers, hall)
    of_the_setup(browsers)


def at_the_kiosk(browsers: Browsers, hall: DemoHall) -> str:
    """From the first screen to the number and its paper; gives the address of the phone's page."""
    kiosk = browsers.kiosk()
    take(kiosk, "kiosk_home")
    tap(kiosk, "[data-action=search]")
    type_on_glass(kiosk, "zf")
    kiosk.wait_for_selector("[data-screen=search] [data-service=TQ04]")
    take(kiosk, "kiosk_search")
    kiosk.reload()
    kiosk.wait_for_selector("[data-screen=home]")
    find_by_initials(kiosk, "zf", "TQ04")
    take(kiosk, "kiosk_service")
    tap(kiosk, "[data-answer=no-care]")
    kiosk.wait_for_selector("[data-screen=way]")
    take(kiosk, "kiosk_way")
    with kiosk.expect_response("**/api/v1/tickets") as answered:
        tap(kiosk, "[data-way=counter]")
    number_on(kiosk)
    expect(kiosk.locator("[data-paper=printed]")).to_be_visible()
    take(kiosk, "kiosk_ticket")
    keep(Image.open(hall.newest_paper()), "paper")
    link: str = answered.value.json()["link"]
    return link


def on_other_kiosk_screens(browsers: Browsers) -> None:
    kiosk = browsers.kiosk()
    tap(kiosk, "[data-tile=leaving]")
    kiosk.wait_for_selector("[data-screen=tile]")
    take(kiosk, "kiosk_list")
    kiosk.reload()
    kiosk.wait_for_selector("[data-screen=home]")
    tap(kiosk, "[data-action=language]")
    expect(kiosk.locator("html")).to_have_attribute("lang", "en")
    take(kiosk, "kiosk_home_en")
    kiosk.reload()
    kiosk.wait_for_selector("[data-screen=home]")
    tap(kiosk, "[data-mode=large]")
    take(kiosk, "kiosk_home_large")
    tap(kiosk, "[data-mode=large]", "[data-mode=contrast]")
    take(kiosk, "kiosk_home_contrast")
    tap(kiosk, "[data-mode=contrast]", "[data-mode=low]")
    take(kiosk, "kiosk_home_low")
    tap(kiosk, "[data-mode=low]", "[data-action=hand]")
    kiosk.wait_for_selector("[data-screen=hand]")
    take(kiosk, "kiosk_hand")
    tap(kiosk, "[data-action=help]")
    kiosk.wait_for_selector("[data-over=help-coming]")
    take(kiosk, "kiosk_help")


def when_a_paper_is_missing(browsers: Browsers, hall: DemoHall) -> None:
    kiosk = browsers.kiosk()
    find_by_initials(kiosk, "zf", "TQ04")
    tap(kiosk, "[data-action=unsure-centre]")
    kiosk.wait_for_selector("[data-screen=unsure-centre]")
    take(kiosk, "kiosk_unsure_centre")
    tap(kiosk, "[data-answer=own-centre]", "[data-lack=M-CARD]")
    kiosk.wait_for_selector("[data-answer=list]")
    take(kiosk, "kiosk_missing")
    tap(kiosk, "[data-answer=list]")
    kiosk.wait_for_selector("[data-over=list-printed]")
    keep(Image.open(hall.newest_paper()), "paper_list")
    tap(kiosk, "[data-action=close-slip]", "[data-answer=tomorrow]")
    kiosk.wait_for_selector("[data-over=promise-tomorrow] [data-paper=printed]")
    take(kiosk, "kiosk_tomorrow")
    keep(Image.open(hall.newest_paper()), "paper_tomorrow")


def at_the_tools(browsers: Browsers) -> None:
    kiosk = browsers.kiosk()
    tap(kiosk, "[data-action=tools]", "[data-tool=repayment]")
    kiosk.wait_for_selector(".pad")
    take(kiosk, "kiosk_tools_question")
    tap(kiosk, "[data-preset='700000']", "[data-preset='360']", "[data-value=first]")
    kiosk.wait_for_selector("[data-screen=sheet]")
    take(kiosk, "kiosk_tools_result")
    take(browsers.phone("/tools/loan-limit?family=single&price=1500000&balance=30000&uplifts=group"), "tools_phone")


def around_the_call(browsers: Browsers, hall: DemoHall, link: str) -> None:
    """One ticket, called to the counter that is ours: what everybody sees of it."""
    phone, display = browsers.phone(link), browsers.display("hall")
    zone, counter = browsers.display("zone/special"), browsers.display(f"counter/{LEFT_FREE}")
    desk = browsers.desk("liu")
    ticket = phone.locator(".now__ticket").inner_text()
    take(phone, "progress_waiting")
    for look, query in PHONE_LOOKS.items():
        other = browsers.phone(f"{link}?{query}")
        take(other, f"progress_{look}")
        other.close()
    press(desk, "open")
    expect(desk.locator("[data-verb=next]:not([disabled])")).to_be_visible()
    take(desk, "desk_free")
    hall.member("liu").post(f"/counters/{LEFT_FREE}/call", ticket=ticket)
    says(counter, "#ticket", ticket)
    expect(phone.locator("#now[data-stage=called]")).to_be_visible()
    display.wait_for_selector(f".call[data-ticket={ticket}][data-just-called]")
    take(display, "hall_display")
    take(zone, "zone_display")
    take(counter, "counter_display")
    take(phone, "progress_called")
    press(desk, "start")
    expect(desk.locator("main[data-stage=serving]")).to_be_visible()
    desk.wait_for_selector(".desk-checklist")
    take(desk, "desk")
    press(desk, "end")
    desk.keyboard.press("k")
    desk.locator("[data-choice=done]").click()
    phone.locator("label[for=level-5]").tap()
    take(phone, "progress_feedback")
    rating = browsers.display("hall")
    rating.goto(rating.url.split("/displays")[0] + "/rate")
    rating.set_viewport_size({"width": 800, "height": 1000})
    rating.fill("[name=code]", ticket)
    rating.locator("button[type=submit]").click()
    rating.locator("label[for=level-4]").click()
    take(rating, "rating")


def of_the_staff(browsers: Browsers, hall: DemoHall) -> None:
    guide = browsers.guide()
    take(guide, "guide")
    card = guide.locator(".guide-zone[data-tone=special] .ticket-card").last
    card_of(guide, card.get_attribute("data-ticket") or "").tap()
    guide.wait_for_selector(".sheet")
    take(guide, "guide_ticket")
    hall.foresee()
    supervisor = browsers.member("sun", "/supervisor", SCREEN)
    supervisor.wait_for_selector("main [data-zone], main [data-tone]")
    supervisor.wait_for_selector("svg, canvas")
    take(supervisor, "supervisor")
    sign_in = browsers.open("/sign-in", DESK)
    sign_in.wait_for_selector("[data-person]")
    take(sign_in, "sign_in")
    start = browsers.open("/", {"width": 1366, "height": 1000})
    start.wait_for_selector(".papers__newest img")
    take(start, "start")


def of_the_setup(browsers: Browsers) -> None:
    """An administrator prepares the coming month, looks at what would change, publishes and looks back."""
    admin = browsers.member("admin", "/setup", {"width": 1366, "height": 1000})
    admin.wait_for_selector(".setup__main")
    address = admin.url.partition("/setup")[0]
    changes = {
        "zones/0": {"[name='way.zh']": "进门左手边，有人教您一步一步办"},
        "closed/new": {
            "[name=date]": "2027-01-01",
            "[name='reason.zh']": "元旦放假一天，1 月 4 日照常办理",
            "[name='reason.en']": "New Year's Day; open again on 4 January",
        },
        "services/TQ04": {"[name=quota]": "60"},
        "alerts": {"[name=wait_act_minutes]": "25"},
        "hours": {"[name=wednesday]": "09:00–12:00，13:30–17:30"},
    }
    for path, typed in changes.items():
        admin.goto(f"{address}/setup/{path}")
        for field, text in typed.items():
            admin.fill(field, text)
        if path == "alerts":
            take(admin, "setup_alerts")
        admin.locator(".setting-form__foot button").click()
        admin.wait_for_selector(".note--good")
    admin.goto(f"{address}/setup/counters/5?lang=en")
    take(admin, "setup_counter_en")
    admin.goto(f"{address}/setup/changes")
    admin.fill("#note", "元旦安排，周三延时")
    take(admin, "setup_changes")
    admin.locator(".publish .button--main").click()
    admin.wait_for_selector(".version[data-state=holds]")
    take(admin, "setup_history")


def take(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    keep(Image.open(BytesIO(page.screenshot(animations="disabled"))), name)


def keep(picture: Image.Image, name: str) -> None:
    """Few colours are enough for plain screens, and keep the repository small."""
    path = PICTURES / f"{name}.png"
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    assert size <= LARGEST_BYTES, f"{path.name} has {size} bytes"
    print(f"{path.relative_to(ROOT)} {size // 1000} kB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
