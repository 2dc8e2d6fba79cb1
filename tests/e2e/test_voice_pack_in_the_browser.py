"""An administrator records a clip by the microphone and one from a file, hears the call, and puts the voice to use."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from displays.voice.chime import tone
from displays.voice.waves import silence, write_wav
from tests.e2e.browsers import DESK, PHONE, keep_picture
from tests.e2e.test_accessibility import Checked

pytestmark = pytest.mark.browser

PLAYED = "url => performance.getEntriesByType('resource').some(({ name }) => name.includes(url))"


@pytest.fixture
def hall(shared_hall):
    return shared_hall


def clip(page: Page, text: str):
    return page.locator(f'.clip[data-text="{text}"]')


def test_a_centre_records_its_own_voice(browsers, tmp_path: Path) -> None:
    checked = Checked()
    page = browsers.member("admin", "/setup/voice-pack", DESK, bypass_csp=True, permissions=["microphone"])
    page.wait_for_selector(".clip")
    keep_picture(page, "voice_pack_empty")
    checked(page, "nothing recorded", PHONE)

    please = clip(page, "请")
    please.locator(".clip__record").click()  # the test's microphone beeps each second
    expect(please).to_have_attribute("data-state", "recording")
    page.wait_for_function("since => performance.now() - since > 2500", arg=page.evaluate("performance.now()"))
    please.locator(".clip__record").click()
    expect(please.locator(".clip__state")).to_contain_text("✓")

    write_wav(tmp_path / "one.wav", silence(0.3) + array("h", tone(440.0)) + silence(0.3))
    clip(page, "幺").locator("input").set_input_files(tmp_path / "one.wav")
    expect(clip(page, "幺").locator(".clip__state")).to_contain_text("✓")
    write_wav(tmp_path / "silent.wav", silence(1.0))
    clip(page, "七").locator("input").set_input_files(tmp_path / "silent.wav")
    expect(clip(page, "七").locator(".clip__state")).to_contain_text("没有听到声音")
    expect(page.locator("#recorded")).to_have_text("2")
    keep_picture(page, "voice_pack_some")
    checked(page, "some recorded, one refused", PHONE)

    page.get_by_role("button", name="听一听").click()
    page.wait_for_function(PLAYED, arg="try.wav")

    page.fill("#speaker", "王老师")
    page.check("[name=agreed]")
    page.check("[name=in_use]")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".note--good")).to_be_visible()
    expect(page.locator("[name=in_use]")).to_be_checked()
    page.goto(browsers.hall.url + "/setup/voice-pack?lang=en")
    keep_picture(page, "voice_pack_english")
    checked(page, "in English", PHONE)
    page.get_by_role("button", name="Delete all").click()
    expect(page.locator("#recorded")).to_have_text("0")
    assert checked.faults == []
