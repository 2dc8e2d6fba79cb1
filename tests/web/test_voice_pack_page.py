"""An administrator records the centre's own voice; loudspeakers' machines fetch it; nobody else hears the clips."""

from __future__ import annotations

import logging
import re
from array import array
from pathlib import Path
from urllib.parse import quote

import pytest

from displays.voice.engine_client import EngineClient
from displays.voice.pack_fetch import fetch_pack
from displays.voice.sounds import Sounds
from displays.voice.voice_pack import VoicePack
from displays.voice.waves import read_wav, silence, write_wav
from queue_server.accounts import DeviceKind
from queue_server.compose import make_pack_page, make_voice
from tests.web.web_hall import Caller, WebHall

PAGE = "/setup/voice-pack"


@pytest.fixture
def sounds(web: WebHall, tmp_path: Path):
    engine = EngineClient(timeout_seconds=30)
    sounds = Sounds(tmp_path / "sounds", engine, repeats=1, pack=VoicePack(tmp_path / "voice-pack"))
    web.app.register_blueprint(make_voice(sounds, web.hall))
    web.app.register_blueprint(make_pack_page(sounds, web.context))
    yield sounds
    engine.close()


@pytest.fixture
def spoken(sounds: Sounds, tmp_path: Path) -> bytes:
    sounds.engine.speak("请", "zh", 165, tmp_path / "spoken.wav")
    loud = array("h", [one // 2 for one in read_wav(tmp_path / "spoken.wav")])
    write_wav(tmp_path / "recorded.wav", silence(0.5) + loud + silence(0.5))
    return (tmp_path / "recorded.wav").read_bytes()


def record(caller: Caller, text: str, sound: bytes):
    path = f"{PAGE}/clip?language=zh&text={quote(text)}"
    return caller.client.post(path, data=sound, content_type="audio/wav", headers=caller.headers)


def keep(caller: Caller, **fields: str):
    page = caller.client.get(PAGE).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    return caller.client.post(PAGE, data={"csrf_token": token[1], **fields})


def test_a_centre_records_its_voice_and_the_hall_hears_it_once_the_speaker_agrees(web, sounds, spoken) -> None:
    admin = web.signed_in("administrator")
    page = admin.client.get(PAGE)
    assert page.headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=(self)"
    assert "microphone=()" in admin.client.get("/setup").headers["Permissions-Policy"]  # there only
    assert 'data-text="幺" data-name=""' in page.text

    told = record(admin, "请", spoken).json

    assert told["seconds"] < 1.0  # the silence around it is cut off
    clip = admin.client.get(f"{PAGE}/clips/{told['name']}", buffered=True)
    assert clip.data[:4] == b"RIFF"
    plain, own = admin.client.get(f"{PAGE}/try.wav", buffered=True), sounds.pack.manifest()
    assert plain.status_code == 200
    assert not own.in_use

    assert keep(admin, speaker="王老师", in_use="yes").status_code == 422  # nobody agreed
    assert keep(admin, speaker="王老师", agreed="yes", in_use="yes").status_code == 303
    assert sounds.pack.manifest().in_use
    assert "2026-11-23" in admin.client.get(PAGE).text

    token = re.search(r'name="csrf_token" value="([^"]+)"', admin.client.get(PAGE).text)
    assert admin.client.post(f"{PAGE}/drop", data={"csrf_token": token[1]}).status_code == 303
    assert list(sounds.pack.folder.glob("*.wav")) == []
    assert admin.client.get(f"{PAGE}/clips/{told['name']}", buffered=True).status_code == 404


def test_a_recording_that_will_not_do_is_refused_in_the_readers_words(web, sounds, spoken) -> None:
    admin = web.signed_in("administrator")

    assert record(admin, "请", b"no sound at all").json["message"] == "这段录音读不出来，请再录一遍。"
    assert record(admin, "您好", spoken).status_code == 404  # no such clip
    assert record(admin, "请", b"x" * 2_000_001).status_code == 413
    assert record(Caller(admin.client), "请", spoken).status_code == 403  # another site's page
    assert sounds.pack.manifest().clips == {}


@pytest.mark.parametrize("role", ["officer", "guide", "supervisor"])
def test_only_administrators_record_and_hear_the_clips(web, sounds, spoken, role) -> None:
    name = record(web.signed_in("administrator"), "请", spoken).json["name"]
    other = web.signed_in(role)

    paths = [PAGE, f"{PAGE}/try.wav", f"{PAGE}/clips/{name}", f"{PAGE}/manifest.json"]
    assert [other.client.get(path).status_code for path in paths] == [403] * 4
    assert record(other, "请", spoken).status_code == 403
    assert web.stranger().client.get(f"{PAGE}/clips/{name}").status_code in (302, 401)
    assert web.kiosk().client.get(f"{PAGE}/clips/{name}", headers=web.kiosk().headers).status_code == 403


def test_a_loudspeakers_machine_fetches_what_is_new_and_goes_on_with_it_without_the_hall(
    web, sounds, spoken, tmp_path, monkeypatch, caplog
) -> None:
    admin, voice = web.signed_in("administrator"), web.device(DeviceKind.VOICE, "V1")
    record(admin, "请", spoken)
    keep(admin, speaker="王老师", agreed="yes", in_use="yes")
    asked = []

    class Answer:
        def __init__(self, told):
            self.status_code, self.content, self.json = told.status_code, told.data, lambda: told.json

        def raise_for_status(self):
            assert self.status_code == 200

    def get(url, headers, timeout):
        asked.append(url.rpartition("/")[2])
        return Answer(voice.client.get(url.removeprefix("http://hall.test"), headers=headers, buffered=True))

    monkeypatch.setattr("displays.voice.pack_fetch.requests.get", get)
    theirs = VoicePack(tmp_path / "theirs")
    token = voice.headers["Authorization"].removeprefix("Bearer ")
    for _ in range(2):
        fetch_pack(theirs, "http://hall.test", token)

    assert theirs.manifest() == sounds.pack.manifest()
    [name] = theirs.manifest().clips["zh"].values()
    assert theirs.clip(name) == sounds.pack.clip(name)
    assert asked == ["manifest.json", name, "manifest.json"]
    monkeypatch.undo()
    caplog.set_level(logging.WARNING)
    fetch_pack(theirs, "http://127.0.0.1:1", token)
    assert "was not fetched" in caplog.text
    assert theirs.manifest().in_use
