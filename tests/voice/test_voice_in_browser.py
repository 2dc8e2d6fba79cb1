"""A real browser says the calls, and tells when it wants a touch before it does."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright
from werkzeug.serving import make_server

from displays.voice.pages import voice_blueprint
from displays.voice.phrase import Call

pytestmark = pytest.mark.browser

DAY = "2026-11-23"
PAGE = """<!doctype html><meta charset="utf-8"><title>voice</title><button>点一下打开声音</button>
<script type="module" src="/page.js"></script>"""
SCRIPT = """
import { createVoicePlayer } from "/displays/voice/static/voice_player.js";
window.states = [];
window.blocked = 0;
window.audio = new Audio();
window.player = createVoicePlayer({
  audio,
  now: () => Date.parse("2026-11-23T01:00:00Z"),
  onBlocked: () => (window.blocked += 1),
  onState: ({ state, call }) => window.states.push(call ? `${state} ${call.ticket}` : state),
});
window.call = (seq) => player.hear({
  seq, day: "2026-11-23", name: "ticket_called", at: "2026-11-23T01:00:00Z", ticket: `T000${seq}`, counter: "3",
});
document.querySelector("button").addEventListener("click", () => player.unlock());
await player.start();
"""


@pytest.fixture
def hall_url(make_sounds) -> Iterator[str]:
    app = Flask("hall_display")
    pages = voice_blueprint(lambda day, seq: Call(f"T000{seq}", "3") if seq < 9 else None, make_sounds(repeats=1))
    app.register_blueprint(pages)
    app.add_url_rule("/", "page", lambda: PAGE)
    app.add_url_rule("/page.js", "script", lambda: (SCRIPT, {"Content-Type": "text/javascript"}))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(hall_url: str, playwright: Playwright):
    browsers = []

    def open_with(policy: str) -> Page:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", f"--autoplay-policy={policy}"]
        )
        browsers.append(browser)
        page = browser.new_page()
        page.goto(hall_url)
        page.wait_for_function("window.states?.length > 0")
        return page

    yield open_with
    for browser in browsers:
        browser.close()


def test_a_display_set_up_for_sound_says_the_calls_without_any_touch(open_page):
    page = open_page("no-user-gesture-required")

    page.evaluate("call(1)")

    page.wait_for_function("audio.currentTime > 0.3 && audio.src.endsWith('/2026-11-23/1.wav')")
    assert page.evaluate("[states.at(-1), blocked]") == ["saying T0001", 0]
    assert 3 < page.evaluate("audio.duration") < 8


def test_a_call_that_the_server_cannot_serve_is_skipped_for_the_next_one(open_page):
    page = open_page("no-user-gesture-required")

    page.evaluate("[9, 2].map(call)")

    page.wait_for_function("audio.currentTime > 0.3 && audio.src.endsWith('/2.wav')")
    assert page.evaluate("states").count("failed T0009") == 1


def test_a_browser_that_blocks_sound_says_so_at_once_and_speaks_after_one_touch(open_page):
    page = open_page("document-user-activation-required")
    assert page.evaluate("[states, blocked]") == [["blocked"], 1]
    page.evaluate("call(1)")

    page.click("button")

    page.wait_for_function("audio.src.endsWith('/chime.wav')")
    page.wait_for_function("audio.currentTime > 0.3 && audio.src.endsWith('/2026-11-23/1.wav')")
    assert page.evaluate("states") == ["blocked", "ready", "saying T0001"]
