"""Alerts over HTTP: who may see them, taking and closing, and the centre's own system."""

from __future__ import annotations

import hmac
import json
from dataclasses import replace

import pytest

from queue_server.domain.alert_rules import AlertRule
from queue_server.domain.commands import RaiseAlert
from queue_server.notices.webhook import Webhook
from queue_server.web.alert_signs import silent_devices
from queue_server.web.alert_teller import MOST_AT_ONCE, AlertTeller
from tests.notices.gateway import gateway
from tests.web.web_hall import PEOPLE, WebHall


@pytest.fixture
def crowded(web: WebHall) -> WebHall:
    """Somebody has waited for seventeen minutes, and no desk is open."""
    web.kiosk().post("/tickets", {"service": "TQ01"})
    web.clock.forward(minutes=17)
    return web


def test_an_alert_is_taken_given_to_a_colleague_and_closed_once(crowded: WebHall) -> None:
    supervisor = crowded.signed_in("supervisor")
    alerts = supervisor.get("/alerts").json["alerts"]
    assert [one["kind"] for one in alerts] == ["nobody_serves", "longest_wait"]
    path = f"/alerts/{alerts[1]['id']}"

    assert supervisor.post(f"{path}/take").status_code == 200
    assert supervisor.post(f"{path}/take", {"person": "nobody"}).status_code == 422
    assert supervisor.post(f"{path}/take", {"person": "ma"}).status_code == 200
    assert [one["taken_by"] != "" for one in supervisor.get("/measures").json["alerts"]] == [False, True]
    assert supervisor.post(f"{path}/close", {"done": " "}).status_code == 422
    assert supervisor.post(f"{path}/close", {"done": "people_moved"}).status_code == 200
    refused = supervisor.post(f"{path}/close", {"done": "people_moved"})
    assert (refused.status_code, refused.json["code"]) == (409, "alert_is_over")

    over = supervisor.get("/alerts").json["over"]
    assert [(one["id"], one["done"]) for one in over] == [("longest_wait:special", "people_moved")]


def test_officers_and_guides_see_only_what_the_rules_tell_them(crowded: WebHall) -> None:
    for someone in (crowded.officer(), crowded.signed_in("guide")):
        assert someone.get("/alerts").status_code == 403
        assert someone.get("/alerts/mine").json["alerts"] == []
        assert someone.post("/alerts/longest_wait:special/take").status_code == 403
        assert someone.post("/alerts/longest_wait:special/close", {"done": "people_moved"}).status_code == 403


def test_whoever_is_given_an_alert_is_told_of_it(crowded: WebHall) -> None:
    guide, supervisor = crowded.signed_in("guide"), crowded.signed_in("supervisor")
    path = "/alerts/longest_wait:special"
    assert supervisor.post(f"{path}/take", {"person": PEOPLE["guide"]}).status_code == 200

    assert [one["taken_by_id"] for one in guide.get("/alerts/mine").json["alerts"]] == [PEOPLE["guide"]]
    assert guide.post(f"{path}/close", {"done": "people_moved"}).status_code == 200


def test_a_guide_is_told_sees_to_it_and_the_supervisor_knows_who(crowded: WebHall) -> None:
    rule = AlertRule("longest_wait", "act", above=5, sound=True, tells=("guide", "officer"))
    crowded.hall.take_rules(replace(crowded.hall.rules, alert_rules=(rule,)), lambda day, rules: [])
    guide, supervisor = crowded.signed_in("guide"), crowded.signed_in("supervisor")

    (mine,) = guide.get("/alerts/mine").json["alerts"]
    assert (mine["id"], mine["level"], mine["sound"]) == ("longest_wait:special", "act", True)
    assert "17" in mine["text"]["zh"]
    assert [one["id"] for one in crowded.officer("3").get("/alerts/mine").json["alerts"]] == [mine["id"]]
    assert crowded.officer("1").get("/alerts/mine").json["alerts"] == []  # sits in another zone

    assert guide.post(f"/alerts/{mine['id']}/take", {"person": "li"}).status_code == 403  # giving is a supervisor's
    assert guide.post(f"/alerts/{mine['id']}/take").status_code == 200
    measures = supervisor.get("/measures").json
    assert (measures["alerts"], measures["alerts_of_others"]) == ([], 1)
    (seen,) = supervisor.get("/alerts").json["alerts"]
    assert (seen["tells"], seen["taken_by_id"]) == (["guide", "officer"], PEOPLE["guide"])
    assert guide.post(f"/alerts/{mine['id']}/close", {"done": "people_moved"}).status_code == 200
    assert guide.get("/alerts/mine").json["alerts"] == []


def test_a_kiosk_that_was_here_and_is_silent_is_missed_while_the_hall_is_open(web: WebHall) -> None:
    web.kiosk()
    context = web.context
    seen, here = context.accounts.devices_seen, {("kiosk", "K1"), ("display", "D-gone")}
    context.hall.read(lambda day, at: seen.look(here, at))

    web.clock.forward(minutes=4)
    silent = context.hall.read(lambda day, at: silent_devices(context, day, at))
    assert list(silent) == [("kiosk", "K1")]  # D-gone was never let in, or was shut out
    web.clock.forward(hours=12)
    assert context.hall.read(lambda day, at: silent_devices(context, day, at)) == {}


def alert(number: int) -> RaiseAlert:
    fields = {"kind": "help", "level": "act", "ticket": "T0001", "place": "T0001", "value": 3, "webhook": True}
    return RaiseAlert(id=f"raise-{number}", actor="hall", alert=f"help:T{number:04}", **fields)


def test_the_centre_s_system_hears_an_alert_once_signed_and_without_any_number(web: WebHall) -> None:
    web.context.hall.handle(alert(1))
    pauses: list[float] = []
    with gateway(503) as centre:
        teller = AlertTeller(web.context, Webhook(centre.address, "s3cret"))
        for _ in range(2):
            teller.look(lambda task, *args: task(*args), pauses.append)

    assert (len(centre.heard), pauses) == (2, [1.0])  # refused once, tried again; the second look tells nothing new
    headers, body = centre.heard[1]
    stamp, proof = (part.split("=")[1] for part in headers["x-xinting-signature"].split(","))
    assert proof == hmac.digest(b"s3cret", f"{stamp}.".encode() + body, "sha256").hex()
    assert json.loads(body)["kind"] == "help"
    assert "T0001" not in body.decode()


def test_no_more_than_ten_are_under_way_and_what_is_over_is_not_told(web: WebHall) -> None:
    for number in range(MOST_AT_ONCE + 5):
        web.context.hall.handle(alert(number))
    begun: list[object] = []
    teller = AlertTeller(web.context, Webhook("http://127.0.0.1:9", "s"))

    for _ in range(3):
        teller.look(lambda task, *args: begun.append(args), lambda _: None)

    assert len(begun) == MOST_AT_ONCE
