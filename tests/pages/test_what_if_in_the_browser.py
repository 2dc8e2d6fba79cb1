"""A supervisor tries “what if” on the wall before anybody moves, and does it by a button."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.pages.staff_hall import StaffHall, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.simulates, pytest.mark.timeout(300)]
ANSWERS_WITHIN_MS = 240_000  # where nothing is compiled yet, and somebody else wants the processor


def test_a_counter_for_loans_is_tried_and_the_reserve_opened(hall: StaffHall, open_page: Callable[..., Page]) -> None:
    hall.member("zhao").post("/counters/3/open")
    hall.visitors_come(2, "TQ01")
    hall.visitors_come(5, "DK01")
    page = open_page("/sign-in?next=/supervisor")
    sign_in(page, "sun")
    page.click(".wall__more summary")
    page.click("[data-panel=what_if]")
    says = page.locator(".what-if__says")

    page.click(".what-if__kinds .chip:has-text('开窗口')")
    page.click(".what-if__row .chip:has-text('6')")
    expect(says.locator("[data-verdict=helps]")).to_be_visible(timeout=ANSWERS_WITHIN_MS)
    loans = says.locator(".what-if__table tr", has_text="贷款")
    before, after = re.findall(r"\d+", loans.locator("td").last.inner_text())  # the longest wait, in minutes
    assert int(after) < 0.75 * int(before)
    expect(says.locator(".what-if__deed .button--main")).to_have_count(0)  # its officer is asked by a person

    page.click(".what-if__row .chip:has-text('11')")
    expect(says.locator("[data-deed='11']")).to_be_visible(timeout=ANSWERS_WITHIN_MS)
    page.click(".what-if__row .chip:has-text('贷款')")
    expect(says.locator("[data-verdict=helps]")).to_be_visible(timeout=ANSWERS_WITHIN_MS)
    expect(says.locator("[data-deed]")).to_have_count(0)  # kept to loans it needs an officer who is told so
    page.click(".what-if__row .chip:has-text('全部')")
    page.click("[data-deed='11']", timeout=ANSWERS_WITHIN_MS)
    expect(says.locator(".what-if__deed")).to_contain_text("已启用")
    assert "11" in hall.member("sun").get("/floor")["reserves"]
