"""A new colleague: invited by the administrator, own password, code of the phone, signed in twice, ended once."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import DESK, PHONE, keep_picture
from tests.e2e.test_accessibility import Checked

pytestmark = pytest.mark.browser
PASSWORD = "a kettle sings at dusk"


@pytest.fixture
def hall(shared_hall):
    return shared_hall


def give_password(page: Page, password: str = PASSWORD) -> None:
    page.fill("#person", "lin")
    page.fill("#password", password)
    page.click(".sign-in__go")


def test_a_colleague_is_invited_comes_in_and_ends_a_forgotten_session(browsers) -> None:
    checked = Checked()

    def check(page: Page, state: str, *sizes: dict[str, int]) -> None:
        keep_picture(page, f"people_{state.replace(' ', '_')}")
        checked(page, state, *sizes)

    admin = browsers.member("admin", "/setup/people", DESK, bypass_csp=True)
    admin.click(".invite summary")
    admin.fill("#id", "lin")
    admin.fill("#name", "林静")
    admin.check("[name=role][value=guide]")
    check(admin, "inviting", PHONE)
    admin.click(".setting-form__foot button")
    link = admin.locator(".invitation code").inner_text()
    check(admin, "a link shown once", PHONE)

    phone = browsers.open(link.removeprefix(browsers.hall.url), PHONE, bypass_csp=True)
    phone.fill("#password", "1234567890")
    phone.click(".sign-in__go")
    expect(phone.locator("#wrong")).to_be_visible()
    check(phone, "a password too common")
    phone.fill("#password", PASSWORD)
    phone.click(".sign-in__go")
    phone.click(".sign-in__foot a")
    give_password(phone)
    phone.wait_for_url("**/guide*")

    phone.goto(browsers.hall.url + "/account?lang=en")
    phone.get_by_role("button", name="Set up a code").click()
    check(phone, "a code for the phone", DESK)
    secret = phone.locator("main code").inner_text().replace(" ", "")
    phone.fill("#code", pyotp.TOTP(secret).now())
    phone.keyboard.press("Enter")
    recovery = phone.locator(".account__codes li").first.inner_text()
    check(phone, "recovery codes", DESK)
    phone.goto(browsers.hall.url + "/guide")
    phone.wait_for_selector(".guide-zone")

    desk = browsers.open("/sign-in?next=/account", DESK, bypass_csp=True)
    give_password(desk)
    check(desk, "asked for the code", PHONE)
    desk.fill("#code", recovery)
    desk.keyboard.press("Enter")
    expect(desk.locator(".session-row")).to_have_count(2)
    check(desk, "signed in twice", PHONE)
    desk.locator(".account > section").first.locator(":scope > form button").click()
    expect(desk.locator(".session-row")).to_have_count(1)
    phone.wait_for_url("**/sign-in?next=%2Fguide*")  # its screen shows nothing of the hall any more

    for path in ("/setup/people/lin", "/audit", "/setup/accounts"):
        for language in ("zh", "en"):
            admin.goto(f"{browsers.hall.url}{path}?lang={language}")
            check(admin, f"{path[1:].replace('/', ' ')} {language}", PHONE)
    expect(admin.locator("main")).to_be_visible()

    assert checked.faults == []
    assert [error for error in browsers.console_errors if "422" not in error and "401" not in error] == []
