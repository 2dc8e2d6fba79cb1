"""A page in a browser that is measured from outside: signed in, and its heap after collecting garbage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from queue_server.demo.password import DEMO_PASSWORD
from tests.chromium import CHROMIUM


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


def page_of(browser: Browser, address: str, person: str, path: str, width: int, height: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}, has_touch=True).new_page()
    page.set_default_timeout(60_000)
    page.request.post(f"{address}/api/v1/session", data={"person": person, "password": DEMO_PASSWORD})
    page.goto(f"{address}{path}")
    return page


def heap_kb(cdp: CDPSession) -> float:
    """Twice, since what a finaliser lets go is collected by the second only."""
    cdp.send("HeapProfiler.collectGarbage")
    cdp.send("HeapProfiler.collectGarbage")
    cdp.send("Performance.enable")
    metrics = {each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]}
    return float(metrics["JSHeapUsedSize"]) / 1000


def signed_in(address: str, person: str, counter: str | None = None) -> requests.Session:
    session = requests.Session()
    body = {"person": person, "password": DEMO_PASSWORD} | ({"counter": counter} if counter else {})
    answer = session.post(f"{address}/api/v1/session", json=body, timeout=20)
    session.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return session
