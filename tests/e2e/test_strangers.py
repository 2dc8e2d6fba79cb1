"""Who may not come in, or not any more, or with a wrong address: led on, or told so calmly."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import press, says
from tests.e2e.browsers import DESK, keep_picture

pytestmark = pytest.mark.browser


@pytest.fixture
def hall(shared_hall):
    """Strangers leave nothing behind, so one hall will do for all."""
    return shared_hall


@pytest.mark.parametrize("path", ["/desk", "/guide", "/supervisor"])
def test_a_stranger_is_led_to_the_sign_in_page(hall, browsers, path):
    page = browsers.open(path, DESK)

    expect(page.locator("#password")).to_be_visible()
    assert f"next={path}" in page.url.replace("%2F", "/")


def test_a_page_of_another_role_is_a_calm_sentence_with_a_way_out(hall, browsers):
    page = browsers.guide()
    page.goto(f"{hall.url}/supervisor")

    says(page, "main", "您的身份不能做这个操作")
    expect(page.locator("main a").first).to_be_visible()
    keep_picture(page, "24-wrong-role")


@pytest.mark.parametrize("path", ["/kiosk", "/displays/hall"])
def test_a_browser_that_is_no_device_of_the_hall_gets_a_calm_page(hall, browsers, path):
    page = browsers.open(path, DESK)

    says(page, "main", "登记")


def test_an_officer_whose_session_has_ended_is_led_to_sign_in_and_back_to_the_desk(hall, browsers):
    desk = browsers.desk("zhao")
    press(desk, "open")
    expect(desk.locator("[data-verb=next]")).to_be_visible()

    desk.context.clear_cookies(name="xinting_session")
    desk.get_by_role("button", name="关台").click()

    expect(desk.locator("#password")).to_be_visible()
    assert "/desk" in desk.url.replace("%2F", "/")


def test_an_unknown_link_gives_a_calm_page_that_says_what_to_do(hall, browsers):
    page = browsers.phone("/p/2026-nobody")

    says(page, "main", "没有找到这个号", "导办台")
    keep_picture(page, "25-phone-unknown")
