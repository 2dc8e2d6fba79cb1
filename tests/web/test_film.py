"""A day as a film: each picture is what the screen itself showed at that moment, and nothing live is touched."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from tests.web.web_hall import Caller, WebHall

DAY = "2026-11-23"


def picture(supervisor: Caller, screen: str, web: WebHall, moment: Any) -> dict[str, Any]:
    answer = supervisor.get(f"/film/{DAY}/{screen}?at={quote(moment.isoformat())}")
    assert answer.status_code == 200, answer.json
    seen: dict[str, Any] = answer.json
    return seen


def live_board(web: WebHall, display: Caller) -> dict[str, Any]:
    web.context.waits.refresh()  # the picture for all screens may be a moment old
    board = display.get("/board").json
    zones = [{**zone, "wait": None} for zone in board["zones"]]
    left_out = ("clock", "error_minutes", "error_of")
    return {**{name: value for name, value in board.items() if name not in left_out}, "zones": zones}


def test_every_moment_of_the_film_is_what_the_screens_showed_then(web: WebHall) -> None:
    display, officer = web.device_display(), web.officer()
    kept = []
    for _ in range(3):
        web.a_visitor_takes_a_number()
        web.clock.forward(minutes=1)
        number = web.an_officer_calls(officer)
        kept.append((web.clock.now(), live_board(web, display), web.signed_in("supervisor").get("/wall").json))
        web.clock.forward(minutes=2)
        officer.post(f"/tickets/{number}/start")
        web.clock.forward(minutes=4)
        officer.post(f"/tickets/{number}/end")
        kept.append((web.clock.now(), live_board(web, display), web.signed_in("supervisor").get("/wall").json))
        web.clock.forward(minutes=1)

    supervisor = web.signed_in("supervisor")
    before = web.hall.events()
    for moment, board, wall in [*kept, *reversed(kept)]:  # forwards, then backwards
        seen = picture(supervisor, "hall", web, moment)
        assert {name: seen[name] for name in board} == board
        seen = picture(supervisor, "wall", web, moment)
        for figures in (*wall["zones"], wall["all"]):
            figures["p90_forecast_minutes"] = None  # foreseen then, unknown now
        assert (seen["all"], seen["zones"]) == (wall["all"], wall["zones"])
    assert web.hall.events() == before


def test_a_day_that_is_past_and_the_day_that_goes_on_can_both_be_watched(web: WebHall) -> None:
    web.a_visitor_takes_a_number()
    first = web.clock.now()
    web.clock.forward(days=1)
    supervisor = web.signed_in("supervisor")
    assert supervisor.get("/film").json["days"] == [DAY]
    assert picture(supervisor, "hall", web, first)["seq"] == 1

    web.a_visitor_takes_a_number()
    today = supervisor.get("/film").json["days"][0]
    ends = supervisor.get(f"/film/{today}").json["ends"]
    web.clock.forward(minutes=3)
    web.a_visitor_takes_a_number()
    assert supervisor.get(f"/film/{today}").json["ends"] > ends
    at = quote((web.clock.now() + timedelta(seconds=1)).isoformat())
    waiting = supervisor.get(f"/film/{today}/hall?at={at}").json["zones"]
    assert sum(zone["waiting"] for zone in waiting) == 2


def test_a_day_without_a_record_and_a_moment_that_is_none_are_refused_in_words(web: WebHall) -> None:
    supervisor = web.signed_in("supervisor")
    refused = supervisor.get("/film/2020-01-01")
    assert (refused.status_code, refused.json["code"]) == (409, "no_film_of_day")
    assert supervisor.get(f"/film/{DAY}/hall?at=noon").status_code == 422
    assert supervisor.get("/film/yesterday").status_code == 422


def test_films_are_for_supervisors(web: WebHall) -> None:
    for someone in (web.officer(), web.signed_in("guide"), web.device_display(), web.stranger()):
        for path in ("/film", "/film/2026-11-23", "/film/2026-11-23/hall", "/film/2026-11-23/wall"):
            assert someone.get(path).status_code in (401, 403)


def test_why_one_went_before_another_is_told_of_a_day_that_is_past_too(web: WebHall) -> None:
    officer = web.officer()
    first = web.a_visitor_takes_a_number()
    web.clock.forward(minutes=3)
    second = web.a_visitor_takes_a_number()
    web.clock.forward(minutes=4)
    assert web.an_officer_calls(officer) == first
    called_at = web.clock.now()
    web.clock.forward(days=1)
    supervisor = web.signed_in("supervisor")
    question = f"/order?first={second}&second={first}&day={DAY}"

    told = supervisor.get(question).json
    assert (told["first"], told["second"]) == (first, second)
    assert told["reasons"][0]["code"] == "came_earlier"
    assert "called_first" in [reason["code"] for reason in told["reasons"]]
    assert datetime.fromisoformat(told["as_of"]) == called_at - timedelta(microseconds=1)
    unknown = supervisor.get(f"/order?first=T0999&second={first}&day={DAY}")
    assert (unknown.status_code, unknown.json["code"]) == (404, "no_ticket_that_day")
    assert unknown.json["message"] == f"{DAY} 没有 T0999 这个号。请核对日期和号码。"
    assert supervisor.get(f"/order?first=T0999&second={first}").json["message"].startswith("今天没有 T0999 这个号")
    assert supervisor.get(f"/order?first={first}&second={second}&day=2026-11-20").status_code in (404, 409)
    assert web.signed_in("guide").get(question).status_code == 403  # the past is the supervisors'
    assert supervisor.get(f"/tickets/{first}/story?day={DAY}").json["steps"]


def test_whoever_was_chosen_by_hand_went_first_by_that_and_not_by_the_rules(web: WebHall) -> None:
    officer = web.officer()
    first = web.a_visitor_takes_a_number()
    web.clock.forward(minutes=3)
    second = web.a_visitor_takes_a_number()
    web.clock.forward(minutes=1)
    officer.post("/counters/3/open")
    assert officer.post("/counters/3/call", {"ticket": second}).status_code == 200
    web.clock.forward(days=1)

    told = web.signed_in("supervisor").get(f"/order?first={first}&second={second}&day={DAY}").json
    assert told["first"] == second
    assert told["reasons"][0]["code"] == "called_first"
    assert "点名" in told["reasons"][0]["words"]
