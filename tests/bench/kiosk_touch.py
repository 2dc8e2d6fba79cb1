"""How long a touch on the kiosk waits for its picture when the processor is four times slower, and whether it jumps."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.figures import Figure, median, percentile
from tests.bench.halls import fresh_hall
from tests.chromium import CHROMIUM

SLOWER = 4
ROUNDS = 12
# touches that lead through the screens and back, each named as the kiosk's page names what is touched
WAY = (
    "[data-tile=leaving]",
    "[data-action=back]",
    "[data-mode=large]",
    "[data-mode=contrast]",
    "[data-action=language]",
    "[data-mode=large]",
    "[data-mode=contrast]",
    "[data-action=language]",
    "[data-action=search]",
    ".keyboard .letter >> nth=0",
    ".keyboard .letter >> nth=4",
    "[data-action=home]",
    "[data-action=hand]",
    ".keyboard .letter >> nth=10",
    "[data-action=home]",
    "[data-tile=all]",
    "[data-category]",
    "[data-action=home]",
)
# the browser's own measure: from the finger's event to the next picture; what took less than 16 ms is not listed
LISTEN = """() => {
  window.touches = [];
  window.jumps = 0;
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "click") touches.push(duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) jumps += value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
BETWEEN_TOUCHES_MS = 550  # a person's pace; the kiosk takes faster ones for a child's


def kiosk_touch_figures(folder: Path) -> list[Figure]:
    with fresh_hall(folder / "kiosk-touch") as (measured, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        page = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True).new_page()
        page.goto(f"http://127.0.0.1:{measured.port}/devices/enter/{measured.kiosk}?next=/kiosk")
        page.wait_for_selector("[data-screen=home]")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        touches, jumps = touch_and_listen(page)
        browser.close()
    made = ROUNDS * len(WAY)
    waited = [*touches, *[16.0] * max(0, made - len(touches))]
    note = f"{made} touches, processor {SLOWER} times slower, to the next picture; asked: at most 100"
    return [
        Figure("kiosk_touch_p50_ms", median(waited), "ms", note),
        Figure("kiosk_touch_p99_ms", percentile(waited, 0.99), "ms", note),
        Figure("kiosk_layout_shift", jumps, "", "sum over the same touches and the feed between them; asked: 0"),
    ]


def touch_and_listen(page: Page) -> tuple[list[float], float]:
    page.evaluate(LISTEN)
    for _ in range(ROUNDS):
        for touched in WAY:
            page.locator(touched).first.tap()
            page.wait_for_timeout(BETWEEN_TOUCHES_MS)
    touches: list[float] = page.evaluate("touches")
    jumps: float = page.evaluate("jumps")
    return touches, jumps
