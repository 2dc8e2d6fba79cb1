"""The hall foresees trouble, tries what would help, advises one thing, and says afterwards what came of it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain.ticket import Stage
from tests.web.test_staffing_api import HereAndNow, foreseeing, worker  # noqa: F401 (fixtures)
from tests.web.web_hall import Caller, WebHall


def loans_pile_up(web: WebHall, many: int = 12) -> WebHall:
    """Counter 3 serves alone; everybody came for a loan."""
    web.officer("3").post("/counters/3/open")
    kiosk = web.kiosk()
    for _ in range(many):
        kiosk.post("/tickets", {"service": "DK01"})
        web.clock.forward(seconds=20)
    web.officer("3").post("/counters/3/call-next")
    return web


def look(web: WebHall) -> dict[str, Any] | None:
    web.clock.forward(minutes=4)
    web.context.adviser.look()
    return advice(web)["open"]


def advice(web: WebHall) -> dict[str, Any]:
    answer = supervisor(web).get("/advice")
    assert answer.status_code == 200, answer.json
    return answer.json  # type: ignore[no-any-return]


@cache
def supervisor(web: WebHall) -> Caller:
    """Signed in once a hall: that is slow on purpose."""
    return web.signed_in("supervisor")


def test_when_waits_grow_too_long_one_act_is_advised_with_its_effect(foreseeing: WebHall) -> None:  # noqa: F811
    found = look(loans_pile_up(foreseeing))

    assert found is not None
    assert found["act"]["kind"] == "open"
    assert found["zone"] == "special"
    told = found["promised"]
    assert told["before"]["longest"] > 30
    assert told["after"]["longest"] < 0.85 * told["before"]["longest"]
    assert told["longest_low"] <= told["longest_high"] < 0
    assert told["hours_saved"] > 0


def test_a_calm_hall_is_left_alone(foreseeing: WebHall) -> None:  # noqa: F811
    assert look(loans_pile_up(foreseeing, many=1)) is None
    assert advice(foreseeing) == {"state": "watching", "open": None, "earlier": []}


def test_a_no_with_its_reason_is_kept_and_the_same_is_not_advised_again(foreseeing: WebHall) -> None:  # noqa: F811
    first = look(loans_pile_up(foreseeing))
    assert first is not None

    said = supervisor(foreseeing).post(f"/advice/{first['id']}/decline", {"reason": "nobody_free"})
    second = look(foreseeing)

    assert (said.json["state"], said.json["reason"]) == ("declined", "nobody_free")
    assert second is None or second["act"]["counter"] != first["act"]["counter"]
    assert advice(foreseeing)["earlier"][0]["id"] == first["id"]
    again = supervisor(foreseeing).post(f"/advice/{first['id']}/accept")
    assert (again.status_code, again.json["code"]) == (409, "advice_decided")


def test_afterwards_it_is_said_what_came_of_it(foreseeing: WebHall) -> None:  # noqa: F811
    web = loans_pile_up(foreseeing)
    found = look(web)
    assert found is not None
    counter = found["act"]["counter"]
    supervisor(web).post(f"/advice/{found['id']}/accept")
    web.hall.handle(c.OpenDesk(id="open", actor="officer:zhao", counter=counter, officer="zhao"))
    while web.hall.read(lambda day, _: list(day.waiting("special"))):
        serve_one(web, "3")
        serve_one(web, counter)
        web.clock.forward(minutes=11)
    web.clock.forward(hours=2)
    web.context.adviser.look()

    kept = advice(web)["earlier"][-1]
    assert kept["made"] is True
    assert kept["happened"]["people"] >= 11
    assert kept["happened"]["longest"] < kept["promised"]["before"]["longest"]
    assert kept["happened"]["not_called"] == 0


def serve_one(web: WebHall, counter: str) -> None:
    """Whoever sits there ends what they do and begins with the next."""

    def do(kind: type[c.Command], **about: str) -> None:
        web.hall.handle(kind(id=f"{kind.__name__}-{counter}-{web.clock.moment}", actor="officer:zhao", **about))

    serving = web.hall.read(lambda day, _: day.at_counter(counter))
    if serving is not None and serving.stage is Stage.CALLED:
        do(c.StartService, ticket=serving.number)
    if serving is not None:
        do(c.EndService, ticket=serving.number)
    if web.hall.read(lambda day, _: list(day.waiting("special"))):
        do(c.CallNext, counter=counter)


def test_a_reserve_counter_that_is_accepted_is_opened_at_once(foreseeing: WebHall) -> None:  # noqa: F811
    web = loans_pile_up(foreseeing)
    found = look(web)
    assert found is not None
    while found is not None and found["act"]["counter"] != "11":
        supervisor(web).post(f"/advice/{found['id']}/decline", {"reason": "nobody_free"})
        found = look(web)
    if found is None:
        pytest.skip("the reserve counter was not the best of what is left")

    assert found["deed"] == {"kind": "open_reserve", "counter": "11"}
    supervisor(web).post(f"/advice/{found['id']}/accept")

    assert web.hall.read(lambda day, _: day.open_reserves) == {"11"}


def test_unanswered_advice_lapses(foreseeing: WebHall) -> None:  # noqa: F811
    found = look(loans_pile_up(foreseeing))
    assert found is not None
    foreseeing.clock.forward(minutes=30)
    foreseeing.context.adviser.look()

    assert advice(foreseeing)["earlier"][-1]["state"] == "lapsed"


def test_when_the_simulation_is_away_nothing_is_invented(foreseeing: WebHall, worker: HereAndNow) -> None:  # noqa: F811
    worker.away = "forecast_away"

    assert look(loans_pile_up(foreseeing)) is None
    assert advice(foreseeing)["state"] == "away"


def test_a_hall_without_the_simulation_says_so(web: WebHall) -> None:
    assert look(loans_pile_up(web)) is None
    assert advice(web)["state"] == "without"


def test_advice_is_for_supervisors(foreseeing: WebHall) -> None:  # noqa: F811
    assert foreseeing.signed_in("guide").get("/advice").status_code == 403
    unknown = supervisor(foreseeing).post("/advice/nothing/accept")
    assert (unknown.status_code, unknown.json["code"]) == (404, "unknown_advice")
