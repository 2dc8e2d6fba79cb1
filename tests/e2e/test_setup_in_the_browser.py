"""An administrator changes the hall at a PC: draft, changes, publish, return. Screens follow by themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import DESK, PHONE, keep_picture
from tests.e2e.test_accessibility import Checked

pytestmark = pytest.mark.browser


@pytest.fixture
def hall(shared_hall):
    return shared_hall


NEW_NAME = "特殊业务与咨询受理区"
PAGES = (
    *("/setup/wording", "/setup/phrases", "/setup/services/TQ04", "/setup/plan", "/setup/alert_rules"),
    *("/setup/hours", "/setup/figures", "/setup/fund_uplifts/0", "/setup/devices", "/setup/files/hall-file"),
)


class Checks(Checked):
    """Keeps a picture of each state, too."""

    def __call__(self, page: Page, state: str, *sizes: dict[str, int]) -> None:
        keep_picture(page, f"setup_{state.replace('/', '_').replace(' ', '_')}")
        super().__call__(page, state, *sizes)


def keep(page: Page) -> None:
    page.locator(".setting-form__foot button").click()
    expect(page.locator(".note--good")).to_be_visible()


def test_an_administrator_changes_the_hall_and_takes_it_back(browsers, hall) -> None:
    check, display, kiosk = Checks(), browsers.display("zone/special"), browsers.kiosk()
    page = browsers.member("admin", "/setup", DESK, bypass_csp=True)
    page.wait_for_selector(".setup__main")
    check(page, "never published", PHONE)

    renames_a_zone(page, browsers.hall.url, check)
    is_told_of_a_number_that_cannot_be(page, check)
    looks_at_a_counter(page, check)
    lets_a_rule_tell_guides(page, browsers.hall.url, check)
    publishes(page, check)
    expect(display.locator("body")).to_contain_text(NEW_NAME)
    expect(kiosk.locator("[data-screen=home]")).to_be_visible()

    a_guide_is_told_and_sees_to_it(browsers, hall, check)

    page.get_by_role("button", name="回到这一版").click()
    expect(page.locator(".note--good")).to_be_visible()
    expect(display.locator("body")).not_to_contain_text(NEW_NAME)

    every_page_reads_well_in_english(page, browsers.hall.url, check)
    assert check.faults == []
    assert [error for error in browsers.console_errors if "422" not in error] == []


def renames_a_zone(page: Page, url: str, check: Checks) -> None:
    page.goto(url + "/setup/zones/1")
    page.locator("textarea[name='name.zh']").fill(NEW_NAME)
    check(page, "a zone's form", PHONE)
    keep(page)
    check(page, "rows with a draft", PHONE)


def is_told_of_a_number_that_cannot_be(page: Page, check: Checks) -> None:
    page.get_by_role("link", name="时限和次数").click()
    page.locator("[name=calls_before_missed]").fill("99")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong-calls_before_missed")).to_contain_text("不能大于 10")
    check(page, "a number that cannot be", PHONE)
    page.locator("[name=calls_before_missed]").fill("4")
    keep(page)


def looks_at_a_counter(page: Page, check: Checks) -> None:
    page.get_by_role("link", name="窗口", exact=True).click()
    page.get_by_role("link", name="6 号窗口").click()
    check(page, "a counter's services", PHONE)


def lets_a_rule_tell_guides(page: Page, url: str, check: Checks) -> None:
    page.goto(url + "/setup/alert_rules/1")  # a long wait that wants a hand
    page.locator("[name=tells][value=supervisor]").uncheck()
    page.locator("[name=tells][value=guide]").check()
    page.locator("[name=above]").fill("0")
    check(page, "whom a rule tells", PHONE)
    keep(page)


def publishes(page: Page, check: Checks) -> None:
    page.get_by_role("link", name="会改什么", exact=False).first.click()
    expect(page.locator(".change")).to_have_count(4)
    check(page, "what would change", PHONE)
    page.fill("#note", "区名写清楚")
    page.get_by_role("button", name="发布").click()
    expect(page.locator(".version[data-state=holds]")).to_contain_text("区名写清楚")
    check(page, "history", PHONE)


def a_guide_is_told_and_sees_to_it(browsers, hall, check: Checks) -> None:
    hall.take_number("TQ01")
    guide = browsers.guide(bypass_csp=True)
    told = guide.locator(".attention[data-kind=alert]", has_text=NEW_NAME)
    told.locator(".button").click()
    expect(told).to_contain_text("您在处理")
    check(guide, "what a rule tells a guide")
    told.locator("select").select_option("nothing_needed")
    expect(told).to_have_count(0)


def every_page_reads_well_in_english(page: Page, url: str, check: Checks) -> None:
    """The last of them also names the line that is wrong."""
    for path in PAGES:
        page.goto(url + path + "?lang=en")
        check(page, path, PHONE)
    page.fill("#text", "[hall]\nid = = 1\n")
    page.locator(".setting-form__foot button").click()
    expect(page.locator("[role=alert]")).to_contain_text("Line 2, column 6")
