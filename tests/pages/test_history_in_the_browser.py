"""The hall's past in a real browser: from the supervisor's page to a span and two days, without a fault of access."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from queue_server.stores.opening import open_log
from tests.pages.staff_hall import sign_in
from tests.pages.test_visitor_and_wall_in_the_browser import faults_of
from tests.recorded_past import record_past
from tests.web.web_hall import HALL_FILE

pytestmark = pytest.mark.browser


def test_a_supervisor_compares_days_of_the_past_and_nothing_is_in_the_way(hall, open_page, tmp_path):
    log = open_log(tmp_path, "")
    record_past(tmp_path, HALL_FILE.rules, date(2026, 11, 9), 6, visits=30, log=log)
    log.close()
    page = open_page("/sign-in?next=/supervisor", 1366, 768)
    sign_in(page, "sun")
    page.click(".wall__more summary")
    page.click("[href^='/history']")
    expect(page.locator("h1")).to_be_visible()
    page.fill("#first", "2026-11-09")
    page.fill("#last", "2026-11-14")
    page.keyboard.press("Enter")
    expect(page.locator("#days")).to_be_visible()
    expect(page.locator("section[aria-labelledby=repairs]")).to_contain_text("差评")
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) <= 0
    found = {"span": faults_of(page)}

    page.check("[name=kind][value=two]")
    page.click(".history__ask [type=submit]")
    expect(page.locator("#whole")).to_contain_text("2026-11-14")
    expect(page.locator("#days")).to_have_count(0)
    found["two days"] = faults_of(page)
    page.goto(page.url + "&lang=en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate(width) <= 0
    found["english"] = faults_of(page)

    page.goto(f"{hall.address}/supervisor/film?day=2026-11-10&lang=zh")
    moment = page.locator("[data-film-time]")
    expect(page.frame_locator("iframe").locator(".zones")).to_be_visible()
    before = moment.inner_text()
    page.click("[data-act=play]")
    expect(moment).not_to_have_text(before)
    expect(page.frame_locator("iframe").locator("#hall-clock")).not_to_have_text(before)
    expect(page.locator("h1")).to_contain_text("回放")
    page.select_option("[name=screen]", "wall")
    expect(page.frame_locator("iframe").locator(".far-zone").first).to_be_visible()
    page.select_option("[name=screen]", "zone/special")
    expect(page.frame_locator("iframe").locator("h1")).to_contain_text("特殊业务受理区")
    page.select_option("[name=screen]", "counter/3")
    expect(page.frame_locator("iframe").locator("#page")).to_contain_text("3")
    found["film"] = faults_of(page)
    assert found == {"span": [], "two days": [], "english": [], "film": []}
