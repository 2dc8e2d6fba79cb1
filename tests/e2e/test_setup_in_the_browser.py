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


def keep(page: Page) -> None:
    page.locator(".setting-form__foot button").click()
    expect(page.locator(".note--good")).to_be_visible()


def test_an_administrator_changes_the_hall_and_takes_it_back(browsers, hall) -> None:
    checked = Checked()

    def check(page: Page, state: str, *sizes: dict[str, int]) -> None:
        keep_picture(page, f"setup_{state.replace('/', '_').replace(' ', '_')}")
        checked(page, state, *sizes)

    display, kiosk = browsers.display("zone/special"), browsers.kiosk()
    page = browsers.member("admin", "/setup", DESK, bypass_csp=True)
    page.wait_for_selector(".setup__main")
    check(page, "never published", PHONE)

    page.goto(browsers.hall.url + "/setup/zones/1")
    page.locator("textarea[name='name.zh']").fill("特殊业务与咨询受理区")
    check(page, "a zone's form", PHONE)
    keep(page)
    check(page, "rows with a draft", PHONE)

    page.get_by_role("link", name="时限和次数").click()
    page.locator("[name=calls_before_missed]").fill("99")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong-calls_before_missed")).to_contain_text("不能大于 10")
    check(page, "a number that cannot be", PHONE)
    page.locator("[name=calls_before_missed]").fill("4")
    keep(page)

    page.get_by_role("link", name="窗口", exact=True).click()
    page.get_by_role("link", name="6 号窗口").click()
    check(page, "a counter's services", PHONE)

    page.goto(browsers.hall.url + "/setup/alert_rules/1")  # a long wait that wants a hand
    page.locator("[name=tells][value=supervisor]").uncheck()
    page.locator("[name=tells][value=guide]").check()
    page.locator("[name=above]").fill("0")
    check(page, "whom a rule tells", PHONE)
    keep(page)

    page.get_by_role("link", name="会改什么", exact=False).first.click()
    expect(page.locator(".change")).to_have_count(4)
    check(page, "what would change", PHONE)
    page.fill("#note", "区名写清楚")
    page.get_by_role("button", name="发布").click()
    expect(page.locator(".version[data-state=holds]")).to_contain_text("区名写清楚")
    check(page, "history", PHONE)
    expect(display.locator("body")).to_contain_text("特殊业务与咨询受理区")
    expect(kiosk.locator("[data-screen=home]")).to_be_visible()

    hall.take_number("TQ01")
    guide = browsers.guide(bypass_csp=True)
    told = guide.locator(".attention[data-kind=alert]", has_text="特殊业务与咨询受理区")
    told.locator(".button").click()
    expect(told).to_contain_text("您在处理")
    check(guide, "what a rule tells a guide")
    told.locator("select").select_option("nothing_needed")
    expect(told).to_have_count(0)

    page.get_by_role("button", name="回到这一版").click()
    expect(page.locator(".note--good")).to_be_visible()
    expect(display.locator("body")).not_to_contain_text("特殊业务与咨询受理区")

    for path in (
        *("/setup/wording", "/setup/phrases", "/setup/services/TQ04", "/setup/plan", "/setup/alert_rules"),
        *("/setup/hours", "/setup/figures", "/setup/fund_uplifts/0", "/setup/devices", "/setup/files/hall-file"),
    ):
        page.goto(browsers.hall.url + path + "?lang=en")
        check(page, path, PHONE)
    page.fill("#text", "[hall]\nid = = 1\n")
    page.locator(".setting-form__foot button").click()
    expect(page.locator("[role=alert]")).to_contain_text("Line 2, column 6")

    assert checked.faults == []
    assert [error for error in browsers.console_errors if "422" not in error] == []
