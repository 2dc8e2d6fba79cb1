"""A new device shows a code and is let in; each says how it is; a supervisor asks something of it and is told."""

from __future__ import annotations

import base64
import hashlib
import logging
from datetime import timedelta
from typing import Any

import pytest

from queue_server.accounts import DeviceKind
from queue_server.accounts.audit import Asked
from queue_server.domain.alerts import alerts
from queue_server.web.alert_signs import signs_of
from queue_server.web.health import program_version
from tests.web.web_hall import Caller, WebHall

PAGE = "/supervisor/devices"
JPEG = b"\xff\xd8\xff a screen"


def report(web: WebHall, run: str = "a1", *, clock: float = 0, **more: Any) -> dict[str, Any]:
    """`clock`: seconds by which the device's is ahead."""
    return {
        "program": "kiosk",
        "version": program_version(),
        "run": run,
        "up_seconds": 3600,
        "machine_up_seconds": 7200,
        "clock": (web.real_now + timedelta(seconds=clock)).isoformat(),
        "disk_free_mb": 9000,
        "can": ["picture", "restart_program", "restart_screen"],
        "parts": {},
    } | more


def tell(web: WebHall, device: Caller, run: str = "a1", **more: Any) -> dict[str, Any]:
    answer = device.post("/api/v1/devices/own/report", report(web, run, **more))
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json
    return said


def seen(supervisor: Caller, device: str = "K1") -> dict[str, Any]:
    return next(one for one in supervisor.get("/devices").json["devices"] if one["device"] == device)


def codes(view: dict[str, Any]) -> list[str]:
    return [one["code"] for one in view["findings"]]


def ask_in(web: WebHall, token: str, kind: str = "kiosk") -> str:
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    answer = web.stranger().post("/api/v1/devices/asking", {"kind": kind, "token_hash": token_hash})
    code: str = answer.json["code"]
    return code


def test_a_new_device_is_let_in_by_the_code_on_its_screen(web: WebHall):
    device = Caller(web.app.test_client(), {"Authorization": "Bearer made-by-the-device"})
    code = ask_in(web, "made-by-the-device")
    assert ask_in(web, "made-by-the-device") == code  # however often it asks
    assert f"{code[:3]} {code[3:]}" in web.stranger().client.get(f"/devices/code/{code}").text
    assert device.get("/api/v1/devices/own").status_code == 401

    supervisor = web.signed_in("supervisor")
    form = {"code": f" {code[:3].lower()} {code[3:]}", "name": "K7"}
    page = supervisor.client.post(f"{PAGE}/let-in", data=form, headers=supervisor.headers).text
    assert "取号机 K7 已接入（来自 127.0.0.1）" in page
    assert device.get("/api/v1/devices/own").json == {"kind": "kiosk", "device": "K7"}

    again = supervisor.post("/api/v1/devices/let-in", {"code": code, "name": "K8"})
    assert again.json["code"] == "unknown_code"  # good once


def test_a_name_that_is_taken_is_replaced_only_on_purpose_and_a_code_grows_old(web: WebHall):
    old, supervisor = web.kiosk("K1"), web.signed_in("supervisor")
    code = ask_in(web, "the new machine")
    assert supervisor.post("/api/v1/devices/let-in", {"code": code, "name": "K1"}).json["code"] == "device_known"
    assert supervisor.post("/api/v1/devices/let-in", {"code": code, "name": "K 1"}).status_code == 422
    assert old.get("/api/v1/devices/own").status_code == 200
    assert supervisor.post("/api/v1/devices/let-in", {"code": code, "name": "K1", "replace": True}).status_code == 200
    assert old.get("/api/v1/devices/own").status_code == 401

    late = ask_in(web, "another machine")
    web.real_now += timedelta(minutes=16)
    assert web.stranger().client.get(f"/devices/code/{late}").status_code == 404
    assert ask_in(web, "another machine") != late


def test_a_flood_of_devices_that_ask_leaves_the_newest_waiting(web: WebHall):
    waiting = [ask_in(web, f"machine {n}") for n in range(60)]
    assert len(web.accounts.devices_asking.waiting()) == 40
    assert web.accounts.devices_asking.find(waiting[-1]) is not None


def test_what_is_wrong_with_a_device_stands_there_with_what_to_do(web: WebHall):
    kiosk, supervisor = web.kiosk("K1"), web.signed_in("supervisor")
    assert codes(seen(supervisor)) == ["never"]

    tell(web, kiosk)
    assert (codes(seen(supervisor)), seen(supervisor)["level"]) == ([], "fine")

    parts = {"screen": {"state": "hangs", "page": "127.0.0.1/kiosk", "falls": 0}, "printer": {"problem": "paper_out"}}
    tell(web, kiosk, clock=7200, disk_free_mb=50, version="0.0.1", parts=parts)
    wrong = seen(supervisor)
    assert set(codes(wrong)) == {"screen_hangs", "printer", "disk", "clock_ahead", "version"}
    assert wrong["clock_off_seconds"] == 7200
    assert wrong["level"] == "act"
    page = supervisor.client.get(PAGE).text
    assert "时钟快了 2 小时" in page
    assert "磁盘只剩 50 MB" in page
    assert "2 h fast" in supervisor.client.get(f"{PAGE}?lang=en").text

    tell(web, kiosk, parts={"screen": {"state": "shows", "page": "127.0.0.1/kiosk", "falls": 0}})
    assert codes(seen(supervisor)) == ["screen_deaf"]  # its page hears nothing of the hall

    web.real_now += timedelta(minutes=5)
    assert codes(seen(supervisor)) == ["silent"]


def test_a_clock_beyond_the_halls_own_limit_is_an_alert_and_a_second_is_none(web: WebHall):
    kiosk = web.kiosk("K1")
    tell(web, kiosk, clock=1.5)
    assert signs_of(web.context).clocks_off == {}
    tell(web, kiosk, clock=-300)
    alerts = web.signed_in("supervisor").get("/alerts").json["alerts"]
    (off,) = [one for one in alerts if one["kind"] == "clock_off"]
    assert (off["place"], off["value"], off["limit"]) == ("K1", 5.0, 1.0)


def test_a_loudspeaker_that_is_there_and_not_heard_is_an_alert_after_a_minute_and_none_once_it_speaks(web: WebHall):
    voice, supervisor = web.device(DeviceKind.VOICE, "V1"), web.signed_in("supervisor")

    def told(state: str, seconds: int) -> list[tuple[str, str]]:
        tell(web, voice, program="voice", parts={"voice": {"state": state, "for_seconds": seconds}})
        alerts = supervisor.get("/alerts").json["alerts"]
        return [(one["kind"], one["place"]) for one in alerts if one["kind"] == "voice_mute"]

    assert told("stuck", 30) == []
    assert told("stuck", 90) == [("voice_mute", "V1")]
    assert told("speaks", 0) == []


def test_three_clocks_off_alike_point_at_the_server(web: WebHall):
    devices = [web.kiosk("K1"), web.device(DeviceKind.DISPLAY, "D1"), web.device(DeviceKind.VOICE, "V1")]
    supervisor = web.signed_in("supervisor")
    for device in devices:
        tell(web, device, clock=600)
    assert supervisor.get("/devices").json["clock_of_server"] is True
    assert "多半是服务器自己的时间不对" in supervisor.client.get(PAGE).text
    tell(web, devices[0])
    assert supervisor.get("/devices").json["clock_of_server"] is False


def test_a_restart_asked_for_is_taken_once_and_done_when_the_program_is_back(web: WebHall):
    kiosk, supervisor = web.kiosk("K1"), web.signed_in("supervisor")
    tell(web, kiosk, run="a1")
    asked = supervisor.post("/api/v1/devices/kiosk/K1/wishes", {"what": "restart_program"}).json
    assert supervisor.post("/api/v1/devices/kiosk/K1/wishes", {"what": "restart_program"}).json["wish"] == asked["wish"]

    (wish,) = tell(web, kiosk, run="a1")["wishes"]
    assert wish == {"id": asked["wish"], "what": "restart_program"}
    kiosk.post(f"/api/v1/devices/own/wishes/{wish['id']}", {"outcome": "taken"})
    assert tell(web, kiosk, run="a1")["wishes"] == []
    assert seen(supervisor)["wishes"][0]["state"] == "taken"

    tell(web, kiosk, run="b2")
    assert seen(supervisor)["wishes"][0]["state"] == "done"
    assert "重启程序" in supervisor.client.get(PAGE).text


def test_the_audit_and_the_log_name_the_device_that_was_let_in_or_asked_something(
    web: WebHall, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    supervisor = web.signed_in("supervisor")
    code = ask_in(web, "a-new-kiosk")
    supervisor.post("/api/v1/devices/let-in", {"code": "ABC234", "name": "K7"})
    supervisor.post("/api/v1/devices/let-in", {"code": code, "name": "K7"})
    form = {"csrf_token": supervisor.headers["X-CSRF-Token"], "kind": "kiosk", "device": "K7", "what": "picture"}
    supervisor.client.post(f"{PAGE}/ask", data=form)

    acts = [one.what for one in reversed(web.context.audit.entries(Asked(kind="act"), 3))]
    assert acts == [
        "/api/v1/devices/let-in K7",  # a code that nobody shows
        "/api/v1/devices/let-in kiosk K7 (127.0.0.1)",
        f"{PAGE}/ask kiosk K7 picture",
    ]
    said = [one.getMessage() for one in caplog.records if getattr(one, "action", "").startswith("device_")]
    assert said == ["kiosk K7 was let in by sun from 127.0.0.1", "kiosk K7: sun asks for picture"]


def test_a_picture_is_seen_once_and_not_at_all_five_minutes_later(web: WebHall):
    kiosk, supervisor = web.kiosk("K1"), web.signed_in("supervisor")
    other = web.kiosk("K2")

    def taken() -> str:
        wish: str = supervisor.post("/api/v1/devices/kiosk/K1/wishes", {"what": "picture"}).json["wish"]
        picture = {"outcome": "done", "picture": base64.b64encode(JPEG).decode()}
        assert other.post(f"/api/v1/devices/own/wishes/{wish}", picture).status_code == 404  # of somebody else
        assert kiosk.post(f"/api/v1/devices/own/wishes/{wish}", picture).status_code == 200
        return f"{PAGE}/picture/{wish}"

    tell(web, kiosk)
    path = taken()
    assert path in supervisor.client.get(PAGE).text
    assert supervisor.client.get(path, buffered=True).data == JPEG
    assert supervisor.client.get(path).status_code == 404
    audited = web.signed_in("supervisor").client.get("/audit").text
    assert "一台设备的屏幕" in audited  # who looked, and who asked, is written down
    assert "请设备重开、重启或拍屏幕" in audited
    assert path not in supervisor.client.get(PAGE).text

    path = taken()
    web.real_now += timedelta(minutes=6)
    assert supervisor.client.get(path).status_code == 404
    folder = web.context.settings.data
    assert all(JPEG not in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_what_is_no_picture_is_refused_and_a_device_that_does_not_come_is_said_so(web: WebHall):
    kiosk, supervisor = web.kiosk("K1"), web.signed_in("supervisor")
    tell(web, kiosk)
    wish = supervisor.post("/api/v1/devices/kiosk/K1/wishes", {"what": "picture"}).json["wish"]
    script = {"outcome": "done", "picture": base64.b64encode(b"<script>").decode()}
    assert kiosk.post(f"/api/v1/devices/own/wishes/{wish}", script).status_code == 422
    assert supervisor.post("/api/v1/devices/kiosk/K9/wishes", {"what": "picture"}).status_code == 404
    assert supervisor.post("/api/v1/devices/kiosk/K1/wishes", {"what": "format_disk"}).status_code == 422

    web.real_now += timedelta(minutes=3)
    assert seen(supervisor)["wishes"][0]["state"] == "late"
    assert tell(web, kiosk)["wishes"] == []


@pytest.mark.parametrize("role", ["guide", "officer"])
def test_only_supervisors_see_and_ask(web: WebHall, role: str):
    caller = web.officer() if role == "officer" else web.signed_in(role)
    assert caller.client.get(PAGE).status_code == 403
    assert caller.post("/api/v1/devices/let-in", {"code": "ABC234", "name": "K9"}).status_code == 403
    assert caller.post("/api/v1/devices/kiosk/K1/wishes", {"what": "picture"}).status_code == 403
    assert web.kiosk().get("/devices").status_code == 403


def test_the_page_has_all_its_words(web: WebHall):
    supervisor = web.signed_in("supervisor")
    display = web.device(DeviceKind.DISPLAY, "D1")
    panels = {"screen": {"state": "lost", "page": "", "falls": 7}, "panels": {"unreachable": ["3"]}}
    tell(web, display, program="led", parts=panels)
    tell(web, web.device(DeviceKind.VOICE, "V1"), program="voice", parts={"voice": {"state": "mute"}})
    said = {
        "state": "stuck",
        "problem": "aplay: no such device",
        "said": "Ticket T0023",
        "said_at": web.real_now.isoformat(),
    }
    tell(web, web.device(DeviceKind.VOICE, "V2"), program="voice", parts={"voice": said})
    tell(web, web.device(DeviceKind.VOICE, "V3"), program="voice", parts={"voice": {"state": "engine"}})
    tell(web, web.kiosk("K1"), parts={"alone": {"kept": 30, "untold": 2}})
    supervisor.post("/api/v1/devices/display/D1/wishes", {"what": "restart_screen"})
    for language in ("zh", "en"):
        page = supervisor.client.get(f"{PAGE}?lang={language}").text
        assert "⟦" not in page
        assert "Ticket T0023" in page
        assert "devices." not in page.replace("/devices/devices.", "")


def test_a_report_of_the_wrong_kind_is_as_if_it_had_not_been_said(web: WebHall):
    kiosk = web.kiosk()
    strange = {
        "screen": {"state": ["hangs"], "falls": "many"},
        "printer": {"problem": 7},
        "panels": {"unreachable": "3"},
        "voice": {"state": {}, "for_seconds": "long"},
    }
    tell(web, kiosk, parts=strange)
    assert codes(seen(web.signed_in("supervisor"))) == []
    signs_of(web.context)

    tell(web, kiosk, parts={"screen": {"state": "hangs", "falls": 9}, "panels": {"unreachable": [3]}})
    assert sorted(codes(seen(web.signed_in("supervisor")))) == ["panel", "screen_falls", "screen_hangs"]


def test_two_devices_of_one_name_have_each_their_clock(web: WebHall):
    for device in (web.kiosk("A"), web.device(DeviceKind.DISPLAY, "A")):
        tell(web, device, clock=600)
    signs = signs_of(web.context)
    found = web.hall.read(lambda day, at: alerts(day, at, signs))
    places = [str(one.place) for one in found if one.kind == "clock_off"]
    assert sorted(places) == ["A (display)", "A (kiosk)"]
