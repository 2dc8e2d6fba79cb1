"""The guide's tablet with 5,000 people: how evenly a list scrolls, and whether the page grows over 10,000 events."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import requests
from playwright.sync_api import CDPSession, sync_playwright

from queue_server.demo.password import DEMO_PASSWORD
from tests.bench.figures import Figure, median, percentile
from tests.bench.halls import fresh_hall
from tests.chromium import CHROMIUM

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
    with fresh_hall(folder / "guide-scroll") as (measured, _), sync_playwright() as playwright:
        address = f"http://127.0.0.1:{measured.port}"
        at_once(HANDS, lambda _: issue(address, WAITING // HANDS))
        browser = playwright.chromium.launch(**CHROMIUM)
        page = browser.new_context(viewport={"width": 1280, "height": 800}, has_touch=True).new_page()
        page.goto(f"{address}/sign-in?next=/guide")
        page.click("[data-person=ma]")
        page.wait_for_selector(".guide-row", timeout=60_000)
        drawn = page.locator(".guide-row").count()
        page.evaluate(SCROLL, 1)  # warmed up
        frames: list[float] = page.evaluate(SCROLL, SCROLL_SECONDS)
        cdp = page.context.new_cdp_session(page)
        before = heap_mb(cdp)
        at_once(HANDS, lambda hand: seat_again_and_again(address, f"T{hand + 1:04d}", EVENTS // HANDS))
        last = issue(address, 1, care=True)
        page.wait_for_selector(f"[data-ticket={last}]", timeout=120_000)  # the page has heard all of them
        after = heap_mb(cdp)
        browser.close()
    note = f"{WAITING} waiting, {drawn} rows drawn, {len(frames)} pictures; 16.7 is every picture of a 60 Hz screen"
    grown = f"after {EVENTS} events, both after collecting garbage; {before:.1f} before"
    return [
        Figure("guide_5000_scroll_p50_frame_ms", median(frames), "ms", note),
        Figure("guide_5000_scroll_p95_frame_ms", percentile(frames, 0.95), "ms", note),
        Figure("guide_10000_events_heap_growth_mb", after - before, "MB", grown),
    ]


def at_once(many: int, work: Callable[[int], object]) -> None:
    hands = [threading.Thread(target=work, args=(hand,)) for hand in range(many)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()


def issue(address: str, many: int, *, care: bool = False) -> str:
    """The number of the last one."""
    guide, number = signed_in(address), ""
    for _ in range(many):
        body = {"service": "TQ01", "care": care, "again": True}
        number = guide.post(f"{address}/api/v1/tickets", json=body, timeout=30).json()["ticket"]
    return number


def seat_again_and_again(address: str, ticket: str, times: int) -> None:
    """Each time elsewhere: an event that every tablet hears and draws."""
    guide = signed_in(address)
    for time in range(times):
        place = ("窗边", "门口")[time % 2]
        guide.post(f"{address}/api/v1/tickets/{ticket}/place", json={"place": place}, timeout=30).raise_for_status()


def signed_in(address: str) -> requests.Session:
    session = requests.Session()
    answer = session.post(f"{address}/api/v1/session", json={"person": "ma", "password": DEMO_PASSWORD}, timeout=10)
    session.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return session


def heap_mb(cdp: CDPSession) -> float:
    cdp.send("HeapProfiler.collectGarbage")
    cdp.send("Performance.enable")
    metrics = {each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]}
    return float(metrics["JSHeapUsedSize"]) / 1_000_000
