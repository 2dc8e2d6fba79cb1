"""Every screen of the kiosk in every mode, measured: large, dark and low enough, nothing cut off, covered or unsaid."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.acts import find_by_initials, number_on, tap, type_on_glass
from tests.e2e.browsers import KIOSK, SCREEN, keep_picture, resize
from tests.e2e.hall_process import ROOT
from tests.e2e.test_accessibility import AXE, RUN_AXE
from tests.e2e.test_kiosk_by_keys import wait_for

pytestmark = pytest.mark.browser

MEASURES = ROOT / "tests" / "e2e" / "kiosk_measures.js"
# what is switched on, one after the other, and off again; each in both languages and both shapes of screen
Modes = tuple[tuple[str, ...], ...]
MODES: Modes = ((), ("large",), ("contrast",), ("low",), ("low", "large"), ("speech", "large", "contrast"))
MOST_CRAMPED: Modes = ((), ("low", "large"), ("speech", "large", "contrast"))


@pytest.fixture
def hall(shared_hall):
    return shared_hall


class Measured:
    """Looks at a screen in all its modes and leaves it as it was. Tells all faults together at the end."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def __call__(self, kiosk: Page, screen: str, state: str = "", modes_tried: Modes = MODES) -> None:
        expect(kiosk.locator(f"main[data-screen={screen}]")).to_be_visible()
        for size in (KIOSK, SCREEN):
            resize(kiosk, size)
            for language in ("zh", "en"):
                for modes in modes_tried:
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
            faults += kiosk.evaluate("unsaidAtKiosk()")
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


def test_a_paper_is_missing_or_the_account_elsewhere(hall, kiosk, measure):
    find_by_initials(kiosk, "zf", "TQ04")
    tap(kiosk, "[data-action=unsure-centre]")
    measure(kiosk, "unsure-centre", modes_tried=MOST_CRAMPED)
    tap(kiosk, "[data-answer=other-centre]")
    measure(kiosk, "other-centre", modes_tried=MOST_CRAMPED)
    tap(kiosk, "[data-answer=own-centre]", "[data-lack=M-CARD]")
    expect(kiosk.locator("[data-answer=list]")).to_be_visible()
    measure(kiosk, "service", "missing", MOST_CRAMPED)
    tap(kiosk, "[data-answer=list]")
    expect(kiosk.locator("[data-over=list-printed]")).to_be_visible()
    measure(kiosk, "service", "list", MOST_CRAMPED)
    tap(kiosk, "[data-action=close-slip]", "[data-answer=tomorrow]")
    expect(kiosk.locator("[data-over=promise-tomorrow] [data-paper=printed]")).to_be_visible()
    measure(kiosk, "service", "tomorrow", MOST_CRAMPED)


def test_the_number_does_not_come(hall, kiosk, measure):
    """A person can be asked for on each panel, however the number fares."""
    posts: list[Route] = []
    kiosk.route("**/api/v1/tickets", lambda route: posts.append(route))
    find_by_initials(kiosk, "zf", "TQ04")
    tap(kiosk, "[data-answer=no-care]", "[data-way=counter]")
    expect(kiosk.locator("[data-over=asking] [data-action=help]")).to_be_visible()
    measure(kiosk, "way", "asking", ((), ("low", "large")))
    wait_for(kiosk, lambda: posts)
    posts[0].abort()
    expect(kiosk.locator("[data-over=away] [data-action=help]")).to_be_visible()
    measure(kiosk, "way", "away", MOST_CRAMPED)
    before = len(posts)
    wait_for(kiosk, lambda: len(posts) > before)  # asked again by itself
    said = "这台机器刚发过同样的号 T0001。要是替别人取，请按下面的按钮；要是您自己的，请用那个号。"
    posts[-1].fulfill(status=409, json={"code": "took_one_just_now", "message": said})
    expect(kiosk.locator("[data-over=refused] [data-action=for-other]")).to_be_visible()
    measure(kiosk, "way", "refused", MOST_CRAMPED)
    tap(kiosk, "[data-over=refused] [data-action=help]")
    expect(kiosk.locator("[data-over=help-coming]")).to_be_visible()


def test_the_hall_is_closed_the_printer_in_trouble_and_the_number_uncertain(hall, kiosk, measure):
    """States that a test cannot wait for are put into the hall's own answers, with all that can be said at once."""
    closed = {
        "zh": "6 月 12 日下午 3 点以后系统维护，只收材料，第二天办",
        "en": "From 3 pm on 12 June papers are taken only",
    }

    def as_closed(route: Route) -> None:
        said = route.fetch().json()
        hours = said["hours"] | {"open_now": False, "opens_at": "2031-01-02T09:00:00+08:00"}
        route.fulfill(json=said | {"hours": hours, "notices": [closed] * 3})

    def as_uncertain(route: Route) -> None:
        said = route.fetch().json()
        route.fulfill(json=said | {"paper": "failed", "promise": "unlikely", "statutory": True}, status=201)

    hall.stop_printer()
    kiosk.route("**/api/v1/tickets", as_uncertain)
    find_by_initials(kiosk, "zf", "TQ04")
    tap(kiosk, "[data-answer=no-care]", "[data-way=coaching]")
    number_on(kiosk)
    expect(kiosk.locator("[data-action=print-again]")).to_be_visible()
    tap(kiosk, "nav .key:nth-of-type(2)")  # a little longer
    measure(kiosk, "ticket", "uncertain", MOST_CRAMPED)

    kiosk.route("**/api/v1/hall", as_closed)
    kiosk.reload()
    kiosk.add_script_tag(path=MEASURES)
    kiosk.add_script_tag(path=AXE)
    kiosk.wait_for_selector("[data-screen=home] .notices li:nth-child(3)")
    measure(kiosk, "home", "closed", MOST_CRAMPED)


def test_working_it_out(hall, kiosk, measure):
    tap(kiosk, "[data-action=tools]")
    kiosk.wait_for_selector("[data-tool=repayment]")
    measure(kiosk, "tools", modes_tried=MOST_CRAMPED)
    tap(kiosk, "[data-tool=repayment]")
    kiosk.wait_for_selector(".pad")
    tap(kiosk, ".pad .letter", "[data-action=tool-next]")
    expect(kiosk.locator(".toolproblem")).to_be_visible()
    measure(kiosk, "tool", "amount", MOST_CRAMPED)
    tap(kiosk, "[data-preset='700000']", "[data-preset='360']", "[data-value=first]")
    kiosk.wait_for_selector("[data-screen=sheet]")
    measure(kiosk, "sheet", modes_tried=MOST_CRAMPED)
    tap(kiosk, "[data-action=home]", "[data-action=tools]", "[data-tool=withdrawal]", "[data-value=city]")
    tap(kiosk, "[data-value=rent]", "[data-value=fund]", "[data-value=working]")
    expect(kiosk.locator("[data-value=lift]")).to_be_visible()
    measure(kiosk, "tool", "several", MOST_CRAMPED)


def test_nobody_has_touched_for_a_while(hall, browsers):
    """The next touch anywhere ends the warning; the keys of the bar and the one for a person do more than that."""
    kiosk = browsers.open("/sign-in", KIOSK, has_touch=True, bypass_csp=True)
    kiosk.clock.install()
    kiosk.goto(hall.enter("kiosk", "/kiosk"))
    kiosk.wait_for_selector("[data-screen=home]")
    kiosk.add_script_tag(path=MEASURES)
    warning = kiosk.locator("[data-over=idle]")
    faults: list[str] = []
    for key in ("[data-mode=large]", "[data-action=language]", "[data-mode=contrast]", "[data-mode=low]"):
        tap(kiosk, key)
        kiosk.clock.run_for(61_000)
        expect(warning.locator("[data-action=help]")).to_be_visible()
        faults += [f"{key}: {fault}" for fault in kiosk.evaluate("measureKiosk()")]
    tap(kiosk, "[data-over=idle] [data-action=help]")
    expect(kiosk.locator("[data-over=help-coming]")).to_be_visible()
    assert faults == []


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


def test_saying_how_it_was(hall, kiosk, measure):
    ticket = hall.take_number("TQ02")["ticket"]
    officer = hall.member("chen")
    officer.post("/counters/4/open")
    officer.post("/counters/4/call", ticket=ticket)
    officer.post(f"/tickets/{ticket}/start")
    officer.post(f"/tickets/{ticket}/end")
    tap(kiosk, "[data-action=hand]")
    kiosk.locator("input").fill(ticket)
    tap(kiosk, "[data-action=look-up]", "[data-action=rate]")
    expect(kiosk.locator("[data-level]")).to_have_count(5)
    tap(kiosk, "[data-level='1']", "[data-reason='113']")
    measure(kiosk, "rating")
    tap(kiosk, "[data-action=send-rating]")
    expect(kiosk.locator("#question")).to_have_text("现在需要有人来吗？")
    measure(kiosk, "rating-talk", modes_tried=MOST_CRAMPED)
    tap(kiosk, "[data-action=talk]")
    expect(kiosk.locator("main")).to_contain_text("已经叫主管了")
    measure(kiosk, "rating-thanks", modes_tried=MOST_CRAMPED)
    keep_picture(kiosk, "kiosk-rating-thanks")
    about = {event["name"]: event for event in hall.events() if event.get("ticket") == ticket}
    assert (about["feedback_given"]["level"], about["feedback_given"]["reasons"]) == (1, ["113"])
    assert "supervisor_asked" in about
    officer.post("/counters/4/close")
