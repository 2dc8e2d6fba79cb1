"""A printer says how it is: heard at once by guides and its own kiosk, in both languages, with the one thing to do."""

from __future__ import annotations

from typing import Any

from queue_server.accounts import DeviceKind
from tests.web.web_hall import Caller, WebHall


def printer_of(caller: Caller, name: str = "K1") -> dict[str, Any]:
    return next(one for one in caller.get("/floor").json["printers"] if one["printer"] == name)


def test_paper_that_ends_while_nobody_prints_is_told_to_the_guide_and_at_the_kiosk(web: WebHall):
    guide = web.signed_in("guide")
    token = web.accounts.devices.enrol(DeviceKind.KIOSK, "K1")
    screen = web.socketio.test_client(web.app, namespace="/feed", auth={"audience": "kiosk", "token": token})
    kiosk = web.kiosk()  # the screen listens on

    kiosk.post("/printers/K1/state", {"state": "paper_out"})

    shown = printer_of(guide)
    assert (shown["state"], shown["problem"]) == ("failing", "paper_out")
    assert "没纸" in shown["advices"]["zh"]
    assert "Paper is out" in shown["advices"]["en"]
    heard = [one["args"][0] for one in screen.get_received("/feed") if one["name"] == "printers"]
    assert heard[-1][0]["advices"] == shown["advices"]
    assert kiosk.get("/printers/K1").json["state"] == "failing"
    assert web.names() == []


def test_what_it_says_goes_before_what_became_of_its_last_paper(web: WebHall):
    guide = web.signed_in("guide")
    number = web.a_visitor_takes_a_number(printer="K1")
    kiosk = web.kiosk()
    kiosk.post(f"/print-jobs/2026-11-23.{number}.1", {"state": "failed", "problem": "cover_open"})
    assert printer_of(guide)["problem"] == "cover_open"

    said = {}
    for state in ("ready", "paper_near_end", "cutter", "unknown"):
        kiosk.post("/printers/K1/state", {"state": state})
        said[state] = printer_of(guide)["state"]

    # one that says nothing of itself may have been mended since its last paper: then nothing is known
    assert said == {"ready": "ok", "paper_near_end": "low", "cutter": "failing", "unknown": "unknown"}


def test_a_printer_speaks_for_itself_alone_and_in_known_form(web: WebHall):
    other = web.device(DeviceKind.PRINTER, "K2")

    assert other.post("/printers/K1/state", {"state": "ready"}).status_code == 403
    assert web.signed_in("guide").post("/printers/K1/state", {"state": "ready"}).status_code in (401, 403)
    assert web.kiosk().post("/printers/K1/state", {"state": "<b>"}).status_code == 422
    assert printer_of(web.signed_in("guide"))["state"] == "unknown"
