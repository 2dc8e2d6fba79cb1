"""Arranged for today by the API: everybody's screens know it, and it is the supervisor's alone."""

from __future__ import annotations

from queue_server.web.feed_messages import setup_mark
from tests.web.web_hall import WebHall

LONGER = {"closes": "2026-11-23T18:30:00+08:00", "reason": "人多"}
SIX = {"zone": "special", "services": ["TQ04"], "reason": "人多"}


def test_the_hall_says_its_hours_and_counters_of_today(web: WebHall):
    supervisor = web.signed_in("supervisor")
    assert supervisor.post("/day/extend", LONGER).status_code == 200
    assert supervisor.post("/counters/42/add", SIX).status_code == 200

    hall = web.stranger().get("/hall").json
    assert hall["hours"]["today"][-1][1] == "18:30"
    assert {"id": "42", "zone": "special", "services": ["TQ04"], "reserve": True} in hall["counters"]
    today = supervisor.get("/day/arrangement").json
    assert (today["closes"], today["usually"] < "18:30") == ("18:30", True)
    assert [one["id"] for one in today["counters"] if one["added"]] == ["42"]


def test_an_officer_sits_down_at_the_counter_of_today(web: WebHall):
    web.signed_in("supervisor").post("/counters/42/add", SIX)
    web.a_visitor_takes_a_number("TQ04")

    assert web.an_officer_calls(web.officer("42"), "42")


def test_it_is_the_supervisors_alone(web: WebHall):
    guide = web.signed_in("guide")
    wishes = {
        "/day/extend": LONGER,
        "/counters/42/add": SIX,
        "/counters/3/change": SIX,
        "/counters/3/restore": {},
        "/tickets/T0001/call-back": {"counter": "3", "reason": "x"},
    }

    assert {guide.post(path, body).status_code for path, body in wishes.items()} == {403}
    assert guide.get("/day/arrangement").status_code == 403


def test_screens_read_the_hall_anew(web: WebHall):
    before = web.hall.read(lambda day, at: setup_mark(1, day))
    web.signed_in("supervisor").post("/day/extend", LONGER)

    assert web.hall.read(lambda day, at: setup_mark(1, day)) != before
