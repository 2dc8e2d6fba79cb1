"""Several people's browsers at one hall: what each opened, what their scripts complained of, and pictures of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from queue_server.demo.password import DEMO_PASSWORD
from tests.chromium import picture_of
from tests.e2e.hall_process import ROOT

KIOSK = {"width": 1080, "height": 1920}
SCREEN = {"width": 1920, "height": 1080}
DESK = {"width": 1366, "height": 768}
TABLET = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000


class Hall(Protocol):
    """What a browser needs to know of a hall."""

    url: str

    def enter(self, kind: str, page: str) -> str: ...


@dataclass
class Browsers:
    """Every page is a browser of its own: nobody shares cookies with anybody."""

    browser: Browser
    hall: Hall
    faults: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, address: str, size: dict[str, int], before: Callable[[Page], object] | None = None, **more: Any
    ) -> Page:
        """`before`: what is done to the page before it loads."""
        context = self.browser.new_context(viewport=size, locale=more.pop("locale", "zh-CN"), **more)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._listen(page, message))
        if before:
            before(page)
        page.goto(address if address.startswith("http") else self.hall.url + address)
        return page

    def _listen(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(f"{page.url}: {message.text}")

    def kiosk(self, **more: Any) -> Page:
        page = self.open(self.hall.enter("kiosk", "/kiosk"), KIOSK, has_touch=True, **more)
        page.wait_for_selector("[data-screen=home]")
        return page

    def display(self, path: str, **more: Any) -> Page:
        page = self.open(self.hall.enter("display", f"/displays/{path}"), SCREEN, **more)
        page.wait_for_selector("main:not(.message)")
        return page

    def phone(self, link: str, **more: Any) -> Page:
        return self.open(link, PHONE, has_touch=True, is_mobile=True, **more)

    def member(self, person: str, page_path: str, size: dict[str, int], **more: Any) -> Page:
        """Somebody of the staff, signed in at the sign-in page; an officer takes the usual counter."""
        page = self.open(f"/sign-in?next={page_path}", size, **more)
        page.fill("#person", person)
        page.fill("#password", DEMO_PASSWORD)
        page.click(".sign-in__go")
        if page_path.startswith("/desk"):
            page.click(".sign-in__foot .button--main")
        page.wait_for_url(f"**{page_path}*")
        return page

    def desk(self, person: str, **more: Any) -> Page:
        page = self.member(person, "/desk", DESK, **more)
        page.wait_for_selector(".desk-verbs")
        return page

    def guide(self, **more: Any) -> Page:
        page = self.member("ma", "/guide", TABLET, has_touch=True, **more)
        page.wait_for_selector(".guide-zone")
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()


# A window that changes its size is laid out anew; a touch before that would fall where nothing is any more.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def resize(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.evaluate(DRAWN)


def keep_picture(page: Page, name: str) -> Path:
    """A picture of the page as it is, kept in build/e2e for whoever wants to look."""
    path = ROOT / "build" / "e2e" / f"{name}.png"
    picture_of(page, path=path)
    return path
