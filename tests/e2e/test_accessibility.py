"""Every page in its main states: axe-core finds nothing serious, nothing is too wide, no script complains."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import card_of, end_service, find_by_initials, number_on, press, says, tap, type_on_glass
from tests.e2e.browsers import DESK, PHONE, SCREEN, TABLET, resize
from tests.e2e.hall_process import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  const some = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id} (${help}): ${some(nodes)}`);
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def hall(shared_hall):
    """Nobody minds what the others left in the queues here."""
    return shared_hall


class Checked:
    """Looks at a page in one state after the other, and tells all faults together at the end."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def __call__(self, page: Page, state: str, *sizes: dict[str, int]) -> None:
        if not page.evaluate("typeof axe === 'object'"):
            page.add_script_tag(path=AXE)
        self.faults += [f"{state}: {fault}" for fault in page.evaluate(RUN_AXE)]
        before = page.viewport_size
        for size in sizes:
            resize(page, size)
            self._look_at_edge(page, f"{state} at {size['width']} × {size['height']}")
        resize(page, before)
        self._look_at_edge(page, state)

    def _look_at_edge(self, page: Page, state: str) -> None:
        if (too_wide := page.evaluate(TOO_WIDE)) > 0:
            self.faults.append(f"{state}: {too_wide} px too wide")


@pytest.fixture
def check(browsers):
    checked = Checked()
    yield checked
    assert checked.faults == []
    assert browsers.console_errors == []


def size(width, height):
    return {"width": width, "height": height}


OTHER_KIOSK = size(1366, 768)
OTHER_PHONE = size(320, 568)
OTHER_DESK = size(1920, 1080)
UPRIGHT = size(768, 1024)
OTHER_SCREEN = size(1280, 720)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_kiosk_on_the_way_to_a_number(browsers, check, language):
    kiosk = browsers.kiosk(bypass_csp=True)
    if language == "en":
        tap(kiosk, "[data-action=language]")
        expect(kiosk.locator("html")).to_have_attribute("lang", "en")
    check(kiosk, "home", OTHER_KIOSK)
    tap(kiosk, "[data-tile=leaving]")
    check(kiosk, "one tile's services", OTHER_KIOSK)
    tap(kiosk, "nav .key:has-text('首页'), nav .key:has-text('Start'), nav .key:has-text('Home')", "[data-tile=all]")
    expect(kiosk.locator("[data-screen=categories]")).to_be_visible()
    check(kiosk, "categories", OTHER_KIOSK)
    tap(kiosk, "[data-action=help]")
    expect(kiosk.locator("[data-over=help-coming]")).to_be_visible()
    check(kiosk, "help is coming", OTHER_KIOSK)
    tap(kiosk, "[data-action=close]", "nav .key:nth-of-type(2)", "[data-action=search]")
    check(kiosk, "search, nothing typed", OTHER_KIOSK)
    type_on_glass(kiosk, "qqq")
    expect(kiosk.locator(".wayout")).to_be_visible()
    check(kiosk, "search, nothing found", OTHER_KIOSK)
    tap(kiosk, "nav .key:nth-of-type(2)")
    find_by_initials(kiosk, "zf" if language == "zh" else "rent", "TQ04")
    check(kiosk, "service", OTHER_KIOSK)
    tap(kiosk, "[data-answer=no-care]")
    expect(kiosk.locator("[data-screen=way]")).to_be_visible()
    check(kiosk, "way", OTHER_KIOSK)
    tap(kiosk, "[data-way=coaching]")
    number_on(kiosk)
    check(kiosk, "ticket", OTHER_KIOSK)


def test_the_kiosk_in_large_print(browsers, check):
    kiosk = browsers.kiosk(bypass_csp=True)
    tap(kiosk, "[data-mode=large]")
    check(kiosk, "home")
    find_by_initials(kiosk, "esf", "TQ02")
    check(kiosk, "service")
    tap(kiosk, "[data-answer=care]")
    number_on(kiosk)
    check(kiosk, "ticket")


def test_the_displays_quiet_and_busy(hall, browsers, check):
    officer = hall.member("he")
    screens = {path: browsers.display(path, bypass_csp=True) for path in ("hall", "zone/special", "counter/10")}
    for path, screen in screens.items():
        check(screen, f"{path} quiet", OTHER_SCREEN)
    for _ in range(3):
        ticket = hall.take_number("QT02")["ticket"]
    officer.post("/counters/10/open")
    called = officer.post("/counters/10/call-next")["ticket"]["ticket"]
    assert called <= ticket

    for path, screen in screens.items():
        says(screen, "main", called)
        check(screen, f"{path} with a call", OTHER_SCREEN)
    officer.post(f"/tickets/{called}/start")
    says(screens["counter/10"], "#word", "正在办理")
    check(screens["counter/10"], "counter serving", OTHER_SCREEN)


def test_the_desk_free_calling_serving_and_asking(hall, browsers, check):
    hall.take_number("TQ02")
    hall.take_number("TQ02", care=False, language="en")
    desk = browsers.desk("zhao", bypass_csp=True)
    check(desk, "closed", OTHER_DESK)
    press(desk, "open")
    expect(desk.locator("[data-verb=next]:not([disabled])")).to_be_visible()
    check(desk, "free", OTHER_DESK)
    press(desk, "next")
    expect(desk.locator("[data-verb=start]")).to_be_visible()
    check(desk, "called", OTHER_DESK)
    press(desk, "start", "transfer")
    expect(desk.locator(".desk-panel")).to_be_visible()
    check(desk, "where to", OTHER_DESK)
    desk.keyboard.press("Escape")
    end_service(desk)
    check(desk, "ended", OTHER_DESK)


def test_the_guides_tablet_with_its_sheets(hall, browsers, check):
    ticket = hall.take_number("TQ11", care=True)["ticket"]
    guide = browsers.guide(bypass_csp=True)
    card_of(guide, ticket).wait_for()
    check(guide, "everybody", UPRIGHT)
    card_of(guide, ticket).tap()
    expect(guide.locator(".sheet")).to_be_visible()
    check(guide, "one ticket", UPRIGHT)
    guide.locator(".sheet__close").tap()
    guide.locator(".guide-issue").tap()
    check(guide, "which service", UPRIGHT)
    tap(guide, ".sheet [data-service=TQ11]")
    check(guide, "how", UPRIGHT)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_around_signing_in(browsers, check, language):
    page = browsers.open(f"/sign-in?next=/desk&lang={language}", DESK, bypass_csp=True)
    page.locator("#password").wait_for()
    check(page, "sign in", PHONE, TABLET)
    page.locator("[data-person=liu]").click()
    page.locator(".sign-in__counters").wait_for()
    check(page, "which counter", TABLET)
    page = browsers.open(f"/?lang={language}", DESK, bypass_csp=True)
    check(page, "start", PHONE, TABLET, OTHER_DESK)


def test_the_supervisors_page(hall, browsers, check):
    hall.take_number("TQ01")
    page = browsers.member("sun", "/supervisor", SCREEN, bypass_csp=True)
    page.wait_for_selector("main [data-zone], main [data-tone]")
    check(page, "supervisor", DESK, TABLET)


def stages_of_a_visit(hall, officer, ticket):
    """What the officer of counter 4 does, and the stage that the phone is in after it."""
    yield "waiting", lambda: None
    yield "called", lambda: officer.post("/counters/4/call", ticket=ticket)
    for verb, stage in (("start", "serving"), ("hold", "held"), ("resume", "serving"), ("park", "parked")):
        yield stage, lambda verb=verb: officer.post(f"/tickets/{ticket}/{verb}")
    yield "waiting", lambda: officer.post(f"/tickets/{ticket}/return")
    yield "called", lambda: officer.post("/counters/4/call", ticket=ticket)
    yield "missed", lambda: officer.post(f"/tickets/{ticket}/missed")
    yield "waiting", lambda: hall.member("ma").post(f"/tickets/{ticket}/return")
    yield "called", lambda: officer.post("/counters/4/call", ticket=ticket)
    yield "serving", lambda: officer.post(f"/tickets/{ticket}/start")
    yield "served", lambda: officer.post(f"/tickets/{ticket}/end")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_phone_in_every_stage(hall, browsers, check, language):
    taken = hall.take_number("TQ02", language=language)
    officer = hall.member("chen")
    officer.post("/counters/4/open")
    phone = browsers.phone(taken["link"], bypass_csp=True)
    for stage, happens in stages_of_a_visit(hall, officer, taken["ticket"]):
        happens()
        expect(phone.locator(f"#now[data-stage={stage}]")).to_be_visible()
        check(phone, stage, OTHER_PHONE)
    phone.locator("label[for=level-1]").tap()
    check(phone, "low mark", OTHER_PHONE)
    phone.locator("#feedback button[type=submit]").tap()
    expect(phone.locator(".thanks")).to_be_visible()
    check(phone, "thanks", OTHER_PHONE)

    other = hall.take_number("TQ02", language=language)["link"]
    for page in (browsers.phone(f"{other}/leave", bypass_csp=True), browsers.phone("/p/nobody", bypass_csp=True)):
        check(page, page.url, OTHER_PHONE)
    browsers.console_errors[:] = [error for error in browsers.console_errors if "404" not in error]
    officer.post("/counters/4/close")


def test_the_check_itself_finds_what_is_wrong(browsers):
    page = browsers.open("/sign-in", DESK, bypass_csp=True)
    page.locator("#password").wait_for()
    page.evaluate("""() => {
      const wide = new Image();
      wide.width = 3000;
      document.body.append(wide);
    }""")
    checked = Checked()

    checked(page, "spoilt")

    assert any(fault.startswith("spoilt: image-alt") for fault in checked.faults)
    assert any(fault.endswith("px too wide") for fault in checked.faults)
