"""What people do at the hall's screens, touch by touch, and what they look for on them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.chromium import picture_of
from tests.e2e.hall_process import HallProcess, wait_until


def tap(page: Page, *selectors: str) -> None:
    for selector in selectors:
        page.locator(selector).first.tap()


def type_on_glass(kiosk: Page, letters: str) -> None:
    """On the kiosk's own keyboard, letter by letter."""
    for letter in letters:
        kiosk.locator(".keyboard").get_by_role("button", name=letter, exact=True).tap()


def find_by_initials(kiosk: Page, initials: str, service: str) -> None:
    tap(kiosk, "[data-action=search]")
    type_on_glass(kiosk, initials)
    tap(kiosk, f"[data-screen=search] [data-service={service}]")
    kiosk.wait_for_selector("[data-screen=service] [data-answer=no-care]")


def number_on(kiosk: Page) -> str:
    shown = kiosk.locator("[data-screen=ticket] [data-ticket]")
    shown.wait_for()
    return shown.inner_text()


def press(desk: Page, *verbs: str) -> None:
    """Each of the desk's buttons as soon as it may be pressed."""
    for verb in verbs:
        desk.locator(f"[data-verb={verb}]:not([disabled])").click()


def end_service(desk: Page) -> None:
    press(desk, "end")
    desk.wait_for_selector(".desk-checklist, .desk-totell")
    desk.keyboard.press("k")  # what had to be told was told
    desk.locator("[data-choice=done]").click()
    expect(desk.locator("[data-verb=next]")).to_be_visible()


def says(page: Page, selector: str, *words: str) -> None:
    for each in words:
        expect(page.locator(selector).first).to_contain_text(each)


def card_of(guide: Page, ticket: str) -> Locator:
    """The ticket's card in the lists of the tablet."""
    return guide.locator(f".guide-zones [data-ticket={ticket}]")


def zone_of_card(guide: Page, ticket: str) -> Locator:
    return guide.locator(".guide-zone", has=guide.locator(f"[data-ticket={ticket}]"))


def next_paper(hall: HallProcess, already: int) -> Path:
    """The paper that comes out after so many others."""
    wait_until(lambda: len(hall.papers()) > already)
    return hall.papers()[0]


def shot_of(page: Page, selector: str) -> BytesIO:
    """The part of the screen as a phone's camera sees it."""
    return BytesIO(picture_of(page.locator(selector)))


def read_code(picture: Path | BytesIO) -> str:
    """What a phone's camera reads from it."""
    (code,) = zxingcpp.read_barcodes(Image.open(picture).convert("L"))
    return code.text
