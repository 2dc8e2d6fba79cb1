"""`make old-browser`: the kiosk in a real Chromium 90, from the first screen to the number, in its modes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.browsers import KIOSK, PATIENCE_MS, Browsers, keep_picture
from tests.e2e.hall_process import HallProcess
from tests.old_browser.chromium90 import running_chromium_90
from tests.soak.run import make_accounts

MODES = ("large", "contrast", "low", "calm", "speech")


def main() -> int:
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        hall = HallProcess(Path(folder), make_accounts(Path(folder) / "accounts"))
        try:
            hall.start()
            with running_chromium_90(playwright) as browser:
                print(f"Chromium {browser.version}")
                faults = journey(browser, hall)
        finally:
            hall.stop()
    print("\n".join(faults) or "no faults; pictures are in build/e2e/old-*.png")
    return 1 if faults else 0


def journey(browser: Browser, hall: HallProcess) -> list[str]:
    browsers = Browsers(browser, hall)
    kiosk = open_kiosk(browsers, hall)
    for mode in MODES:
        click(kiosk, f"[data-mode={mode}]")
        keep_picture(kiosk, f"old-home-{mode}")
        click(kiosk, f"[data-mode={mode}]")
    click(kiosk, "[data-action=search]")
    kiosk.keyboard.type("zf", delay=100)
    click(kiosk, "[data-screen=search] [data-service=TQ04]")
    expect(kiosk.locator("[data-answer=no-care]")).to_be_visible()
    keep_picture(kiosk, "old-service")
    click(kiosk, "[data-answer=no-care]", "[data-way=counter]")
    expect(kiosk.locator("[data-paper=printed]")).to_be_visible()
    keep_picture(kiosk, "old-ticket")
    click(kiosk, "[data-action=done]", "[data-action=hand]")
    kiosk.locator("input").fill("T0001")
    click(kiosk, "[data-action=look-up]")
    expect(kiosk.locator(".held")).to_be_visible()
    keep_picture(kiosk, "old-hand")
    click(kiosk, "[data-action=help]")
    expect(kiosk.locator("[data-over=help-coming]")).to_be_visible()
    return browsers.faults + browsers.console_errors


def open_kiosk(browsers: Browsers, hall: HallProcess) -> Page:
    kiosk = browsers.open(hall.enter("kiosk", "/kiosk"), KIOSK)
    kiosk.wait_for_selector("[data-screen=home]")
    return kiosk


def click(kiosk: Page, *selectors: str) -> None:
    """By mouse, with a person's pause: this browser's touches cannot be made over its protocol."""
    for selector in selectors:
        kiosk.locator(selector).first.click()
        kiosk.wait_for_timeout(300)


if __name__ == "__main__":
    sys.exit(main())
