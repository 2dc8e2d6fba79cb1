"""`make old-browser`: the kiosk in a real Chromium 90, from the first screen to the number, in its modes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.browsers import KIOSK, PATIENCE_MS, keep_picture
from tests.e2e.hall_process import HallProcess
from tests.old_browser.chromium90 import running_chromium_90
from tests.soak.run import make_accounts

MODES = ("large", "contrast", "low", "calm", "speech")


def main() -> int:
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
    """Faults of the page's scripts on the way."""
    kiosk, faults = open_kiosk(browser, hall)
    for mode in MODES:
        press(kiosk, f"[data-mode={mode}]")
        keep_picture(kiosk, f"old-home-{mode}")
        press(kiosk, f"[data-mode={mode}]")
    press(kiosk, "[data-action=search]")
    kiosk.keyboard.type("zf", delay=100)
    press(kiosk, "[data-screen=search] [data-service=TQ04]", "[data-answer=no-care]")
    keep_picture(kiosk, "old-way")
    press(kiosk, "[data-way=counter]")
    there_is(kiosk, "[data-paper=printed]")
    keep_picture(kiosk, "old-ticket")
    press(kiosk, "[data-action=done]", "[data-action=hand]")
    kiosk.keyboard.type("T0001", delay=100)
    press(kiosk, "[data-action=look-up]:not([disabled])")
    there_is(kiosk, ".held")
    keep_picture(kiosk, "old-hand")
    press(kiosk, "[data-action=help]")
    there_is(kiosk, "[data-over=help-coming]")
    return faults


def open_kiosk(browser: Browser, hall: HallProcess) -> tuple[Page, list[str]]:
    """In the browser's own first context: those that are added over the protocol lose their cookies."""
    faults: list[str] = []
    kiosk = browser.contexts[0].new_page()
    kiosk.set_default_timeout(PATIENCE_MS)
    kiosk.set_viewport_size(KIOSK)
    kiosk.on("pageerror", lambda error: faults.append(str(error)))
    kiosk.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    kiosk.goto(hall.enter("kiosk", "/kiosk"))
    there_is(kiosk, "[data-screen=home]")
    return kiosk, faults


def press(kiosk: Page, *selectors: str) -> None:
    """By script: what Playwright itself brings into a page for its touches is too new for this browser."""
    for selector in selectors:
        there_is(kiosk, selector)
        kiosk.evaluate("selector => document.querySelector(selector).click()", selector)
        kiosk.wait_for_timeout(300)


def there_is(kiosk: Page, selector: str) -> None:
    kiosk.wait_for_function("selector => document.querySelector(selector)?.getClientRects().length > 0", arg=selector)


if __name__ == "__main__":
    sys.exit(main())
