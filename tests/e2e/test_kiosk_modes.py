"""Every screen of the kiosk in every mode, measured: large, dark and low enough, nothing cut off or covered."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import find_by_initials, number_on, tap, type_on_glass
from tests.e2e.browsers import KIOSK, SCREEN, keep_picture, resize
from tests.e2e.hall_process import ROOT
from tests.e2e.test_accessibility import AXE, RUN_AXE

pytestmark = pytest.mark.browser

MEASURES = ROOT / "tests" / "e2e" / "kiosk_measures.js"
# what is switched on, one after the other, and off again; each in both languages and both shapes of screen
MODES = ((), ("large",), ("contrast",), ("low",), ("low", "large"), ("speech", "large", "contrast"))


@pytest.fixture
def hall(shared_hall):
    return shared_hall


class Measured:
    """Looks at a screen in all its modes and leaves it as it was. Tells all faults together at the end."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def __call__(self, kiosk: Page, screen: str, state: str = "") -> None:
        expect(kiosk.locator(f"main[data-screen={screen}]")).to_be_visible()
        for size in (KIOSK, SCREEN):
            resize(kiosk, size)
            for language in ("zh", "en"):
                for modes in MODES:
                    if "low" in modes and size == SCREEN:
                        continue  # lying, all of this screen is within reach, and the kiosk offers nothing lower
                    self._in(kiosk, state or screen, language, modes)
                press(kiosk, "[data-action=language]")
        resize(kiosk, KIOSK)

    def _in(self, kiosk: Page, screen: str, language: str, modes: tuple[str, ...]) -> None:
        switch(kiosk, *modes)
        kiosk.wait_for_function("document.fonts.status === 'loaded'")
        where = "-".join([screen, "wide" if kiosk.viewport_size == SCREEN else "tall", language, *modes])
        faults = kiosk.evaluate("measureKiosk()")
        if modes == () and language == "zh" and kiosk.viewport_size == KIOSK:
            faults += kiosk.evaluate(RUN_AXE)
        if faults:
            keep_picture(kiosk, f"kiosk-{where}")
        self.faults += [f"{where}: {fault}" for fault in faults]
        switch(kiosk, *modes)


def switch(kiosk: Page, *modes: str) -> None:
    for mode in modes:
        press(kiosk, f"[data-mode={mode}]")


def press(kiosk: Page, selector: str) -> None:
    """By no finger: so many touches in so short a time would be taken for a child's."""
    kiosk.evaluate("selector => document.querySelector(selector).click()", selector)


@pytest.fixture
def measure(browsers):
    measured = Measured()
    yield measured
    if measured.faults:
        pytest.fail("\n".join(measured.faults))


@pytest.fixture
def kiosk(browsers) -> Page:
    kiosk = browsers.kiosk(bypass_csp=True)
    kiosk.add_script_tag(path=MEASURES)
    kiosk.add_script_tag(path=AXE)
    return kiosk


def test_finding_a_service(hall, kiosk, measure):
    for _ in range(2):
        hall.take_number("TQ04")
    measure(kiosk, "home")
    tap(kiosk, "[data-tile=leaving]")
    measure(kiosk, "tile")
    tap(kiosk, "[data-action=home]", "[data-tile=all]")
    measure(kiosk, "categories")
    tap(kiosk, "[data-category]")
    measure(kiosk, "category")
    tap(kiosk, "[data-action=home]", "[data-action=search]")
    measure(kiosk, "search")
    type_on_glass(kiosk, "zf")
    expect(kiosk.locator("[data-screen=search] [data-service]").first).to_be_visible()
    measure(kiosk, "search", "found")


def test_taking_a_number(hall, kiosk, measure):
    find_by_initials(kiosk, "zf", "TQ04")
    measure(kiosk, "service")
    tap(kiosk, "[data-answer=no-care]")
    measure(kiosk, "way")
    tap(kiosk, "[data-way=counter]")
    number_on(kiosk)
    tap(kiosk, "nav .key:nth-of-type(2)")  # a little longer
    measure(kiosk, "ticket")


def test_coming_back_and_asking_for_help(hall, kiosk, measure):
    ticket = hall.take_number("TQ04", care=True)["ticket"]
    tap(kiosk, "[data-action=hand]")
    measure(kiosk, "hand")
    kiosk.locator("input").fill(ticket)
    tap(kiosk, "[data-action=look-up]")
    expect(kiosk.locator(".held")).to_be_visible()
    measure(kiosk, "hand", "held")
    tap(kiosk, "[data-action=help]")
    expect(kiosk.locator("[data-over=help-coming]")).to_be_visible()
    measure(kiosk, "hand", "help")
