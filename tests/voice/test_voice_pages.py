"""Calls as sound files for the hall display's browser."""

import io
import wave

import pytest
from flask import Flask

from displays.voice.pages import voice_blueprint
from displays.voice.phrase import Call
from displays.voice.trouble import VoiceTrouble

LOG = {("2026-11-23", 17): Call("T0023", "3")}


@pytest.fixture
def sounds(make_sounds):
    return make_sounds()


@pytest.fixture
def browser(sounds):
    app = Flask(__name__)
    app.register_blueprint(voice_blueprint(lambda day, seq: LOG.get((day, seq)), sounds))
    return app.test_client()


def test_a_call_of_the_log_is_served_as_a_sound_that_plays_for_as_long_as_told(browser, sounds):
    with browser.get("/displays/voice/2026-11-23/17.wav") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "audio/wav"
        with wave.open(io.BytesIO(answer.data)) as file:
            seconds = file.getnframes() / file.getframerate()

    assert seconds == pytest.approx(sounds.announcement(LOG["2026-11-23", 17]).seconds)


@pytest.mark.parametrize(
    "path", ["2026-11-23/18.wav", "2026-11-24/17.wav", "today/17.wav", "2026-11-23/-1.wav", "2026-11-23/x.wav"]
)
def test_nobody_can_make_the_hall_say_what_was_not_called(browser, path):
    assert browser.get(f"/displays/voice/{path}").status_code == 404


def test_a_sound_that_the_browser_has_is_not_sent_again(browser):
    with browser.get("/displays/voice/2026-11-23/17.wav") as first:
        name = first.headers["ETag"]

    with browser.get("/displays/voice/2026-11-23/17.wav", headers={"If-None-Match": name}) as again:
        assert again.status_code == 304
        assert again.data == b""


def test_after_the_log_was_replaced_the_browser_does_not_play_the_old_call_from_its_memory(browser, monkeypatch):
    with browser.get("/displays/voice/2026-11-23/17.wav") as first:
        name, rule = first.headers["ETag"], first.headers["Cache-Control"]
    monkeypatch.setitem(LOG, ("2026-11-23", 17), Call("S0001", "1"))

    with browser.get("/displays/voice/2026-11-23/17.wav", headers={"If-None-Match": name}) as again:
        assert again.status_code == 200
    assert rule == "no-cache"


@pytest.mark.parametrize("signal", ["chime", "silence"])
def test_the_chime_and_a_moment_of_silence_are_there_to_try_out_the_sound(browser, signal):
    with browser.get(f"/displays/voice/{signal}.wav") as answer:
        assert answer.mimetype == "audio/wav"


def test_without_an_engine_the_browser_is_told_in_plain_words(browser, sounds):
    class NoEngine:
        name = "mute"

        def speak(self, *_):
            raise VoiceTrouble("No engine.", "Install it.")

    sounds.engine = NoEngine()

    answer = browser.get("/displays/voice/2026-11-23/17.wav")

    assert answer.status_code == 503
    assert answer.mimetype == "text/plain"
    assert "请看屏幕" in answer.text


@pytest.mark.parametrize("script", ["voice_queue.js", "voice_player.js"])
def test_the_scripts_are_served(browser, script):
    with browser.get(f"/displays/voice/static/{script}") as answer:
        assert answer.mimetype == "text/javascript"
