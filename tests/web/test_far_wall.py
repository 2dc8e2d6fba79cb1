"""The far wall hangs where others pass: a screen let in as a wall reads it, and nothing personal is on it."""

from __future__ import annotations

import json

from queue_server.accounts import DeviceKind
from queue_server.domain.commands import RaiseAlert
from queue_server.web.wall_view import NOT_FOR_PASSERS_BY
from tests.web.web_hall import WebHall


def raise_alert(web: WebHall, kind: str, **fields: object) -> None:
    alert = {"level": "act", "value": 3, "limit": 2, **fields}
    web.hall.handle(RaiseAlert(id=f"raise-{kind}", actor="hall", alert=f"{kind}:x", kind=kind, **alert))


def test_a_screen_let_in_as_a_wall_reads_the_same_figures_as_a_supervisor_and_nothing_else(web: WebHall) -> None:
    wall = web.device(DeviceKind.WALL, "W1")
    web.a_visitor_takes_a_number()
    web.an_officer_calls(web.officer())

    shown = wall.get("/wall").json
    measures = web.signed_in("supervisor").get("/measures").json
    assert shown["all"] == measures["all"]
    assert [{name: zone[name] for name in measures["zones"][0]} for zone in shown["zones"]] == measures["zones"]
    for path in ("/measures", "/alerts", "/floor", "/repairs", "/events", "/tickets/T0001/story"):
        assert wall.get(path).status_code in (401, 403), path
    assert wall.client.get("/supervisor/wall", headers=wall.headers).status_code == 200
    assert wall.client.get("/supervisor", headers=wall.headers).status_code in (302, 401, 403)


def test_nobodys_number_name_or_mark_is_on_it(web: WebHall) -> None:
    number = web.a_visitor_takes_a_number()
    for kind in sorted(NOT_FOR_PASSERS_BY):
        raise_alert(web, kind, ticket=number, counter="3", zone="special", place=number)
    raise_alert(web, "help", ticket=number, place=number)
    raise_alert(web, "longest_wait", ticket=number, zone="special")

    shown = web.device(DeviceKind.WALL, "W1").get("/wall").json
    assert {one["kind"] for one in shown["alerts"]} == {"help", "longest_wait"}
    assert number not in json.dumps(shown)


def test_guides_officers_and_other_devices_do_not_read_it(web: WebHall) -> None:
    for someone in (web.officer(), web.signed_in("guide"), web.kiosk(), web.device_display(), web.stranger()):
        assert someone.get("/wall").status_code in (401, 403)
