"""Screens that stay on for weeks: whether the far wall and the hall's screen grow over 10,000 events."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page

from tests.bench.browser_pages import a_browser, heap_kb, page_of, signed_in
from tests.bench.figures import Figure
from tests.bench.halls import Measured, fresh_hall

EVENTS = 10_000
WARMING_UP = 1000  # what a page keeps once and for all is kept by then
OFFICERS = {"zhao": "3", "zhou": "4"}
READING_RHYTHM_MS = 6000
OF_A_VISIT = 4  # number, call, beginning, end


def wall_week_figures(folder: Path) -> list[Figure]:
    with fresh_hall(folder / "wall-week") as (measured, _), a_browser() as browser:
        address = f"http://127.0.0.1:{measured.port}"
        wall = page_of(browser, address, "sun", "/supervisor/wall", 1920, 1080)
        wall.wait_for_selector("[data-zone]")
        hall = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
        hall.goto(f"{address}/devices/enter/{measured.display}?next=/displays/hall")
        hall.wait_for_selector("main")
        pages = {"wall": wall, "hall_display": hall}
        lines = {name: page.context.new_cdp_session(page) for name, page in pages.items()}
        live(measured, WARMING_UP)
        caught_up(pages.values())
        before = {name: heap_kb(line) for name, line in lines.items()}
        live(measured, EVENTS)
        caught_up(pages.values())
        after = {name: heap_kb(line) for name, line in lines.items()}
    return [
        Figure(
            f"{name}_heap_growth_kb_per_1000_events",
            (after[name] - before[name]) / EVENTS * 1000,
            "KB",
            f"{before[name]:.0f} KB before, {after[name]:.0f} after {EVENTS} events, garbage collected",
        )
        for name in pages
    ]


def live(measured: Measured, events: int) -> None:
    """Visitors come, are called and served, at two counters side by side."""
    visits = events // OF_A_VISIT // len(OFFICERS)
    hands = [Thread(target=serve, args=(measured, person, counter, visits)) for person, counter in OFFICERS.items()]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def serve(measured: Measured, person: str, counter: str, visits: int) -> None:
    server = f"http://127.0.0.1:{measured.port}"
    address, officer, guide = f"{server}/api/v1", signed_in(server, person, counter), signed_in(server, "ma")
    officer.post(f"{address}/counters/{counter}/open", json={}, timeout=20)
    for _ in range(visits):
        guide.post(f"{address}/tickets", json={"service": "TQ04", "again": True}, timeout=20).raise_for_status()
        called = officer.post(f"{address}/counters/{counter}/call-next", json={}, timeout=20)
        called.raise_for_status()
        ticket = called.json()["ticket"]["ticket"]
        for act in ("start", "end"):
            officer.post(f"{address}/tickets/{ticket}/{act}", json={}, timeout=20).raise_for_status()


def caught_up(pages: Iterable[Page]) -> None:
    """Time for the pages' own rhythm of reading, and until each has nothing left to do."""
    for page in pages:
        page.wait_for_timeout(READING_RHYTHM_MS)
        page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
