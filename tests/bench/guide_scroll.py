"""The guide's tablet with 5,000 people: how evenly a list scrolls, and whether the page grows over 10,000 events."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from tests.bench.big_day import write_a_day
from tests.bench.browser_pages import a_browser, heap_kb, page_of, signed_in
from tests.bench.figures import Figure, median, percentile
from tests.bench.halls import fresh_hall

WAITING = 5000
SCROLL_SECONDS = 6
EVENTS = 10_000
HANDS = 8  # who make the events
# Flings the middle list up and down as a thumb does, a step each picture, and keeps the time between two pictures.
SCROLL = """async (seconds) => {
  const list = document.querySelectorAll(".guide-zone__list")[1];
  const frames = [];
  const until = performance.now() + seconds * 1000;
  let last = null;
  let step = 90;
  await new Promise((done) => {
    const next = (now) => {
      if (last !== null) frames.push(now - last);
      last = now;
      if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) step = -step;
      if (list.scrollTop <= 0) step = Math.abs(step);
      list.scrollTop += step;
      if (performance.now() < until) requestAnimationFrame(next);
      else done();
    };
    requestAnimationFrame(next);
  });
  return frames;
}"""


def guide_scroll_figures(folder: Path) -> list[Figure]:
    data = folder / "guide-scroll"
    write_a_day(data, WAITING, leaving=False)
    with fresh_hall(data) as (measured, _), a_browser() as browser:
        address = f"http://127.0.0.1:{measured.port}"
        page = page_of(browser, address, "ma", "/guide", 1280, 800)
        page.wait_for_selector(".guide-row")
        drawn = page.locator(".guide-row").count()
        page.evaluate(SCROLL, 1)  # warmed up
        frames: list[float] = page.evaluate(SCROLL, SCROLL_SECONDS)
        cdp = page.context.new_cdp_session(page)
        before = heap_kb(cdp)
        at_once(HANDS, lambda hand: seat_again_and_again(address, f"T{hand + 1:04d}", EVENTS // HANDS))
        last = issue_with_care(address)
        page.wait_for_selector(f"[data-ticket={last}]", timeout=120_000)  # the page has heard all of them
        after = heap_kb(cdp)
    note = f"{WAITING} waiting, {drawn} rows drawn, {len(frames)} pictures; 16.7 is every picture of a 60 Hz screen"
    grown = f"{before:.0f} KB before, {after:.0f} after {EVENTS} events, garbage collected"
    return [
        Figure("guide_5000_scroll_p50_frame_ms", median(frames), "ms", note),
        Figure("guide_5000_scroll_p95_frame_ms", percentile(frames, 0.95), "ms", note),
        Figure("guide_heap_growth_kb_per_1000_events", (after - before) / EVENTS * 1000, "KB", grown),
    ]


def at_once(many: int, work: Callable[[int], object]) -> None:
    hands = [threading.Thread(target=work, args=(hand,)) for hand in range(many)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()


def issue_with_care(address: str) -> str:
    body = {"service": "TQ01", "care": True, "again": True}
    number = signed_in(address, "ma").post(f"{address}/api/v1/tickets", json=body, timeout=30).json()["ticket"]
    return str(number)


def seat_again_and_again(address: str, ticket: str, times: int) -> None:
    """Each time elsewhere: an event that every tablet hears and draws."""
    guide = signed_in(address, "ma")
    for time in range(times):
        place = ("窗边", "门口")[time % 2]
        guide.post(f"{address}/api/v1/tickets/{ticket}/place", json={"place": place}, timeout=30).raise_for_status()
