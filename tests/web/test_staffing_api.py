"""A supervisor asks “what if”, on a real hall day, with a simulation that answers in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.foresight.monte_carlo import MonteCarlo
from queue_server.foresight.what_if import CompareJob
from queue_server.foresight.worker import done
from queue_server.foresight.worker_client import ForecastAway
from tests.web.web_hall import WebHall

LOANS = [f"DK{n:02}" for n in range(1, 12)]


class HereAndNow:
    """The simulating process without a process; few lives, so that tests are quick."""

    is_free = True
    away = ""

    def ask(self, job: Any, then: Callable[[Any], None]) -> None:
        then(done(job._replace(repetitions=20)))

    def work_out(self, job: Any, within_seconds: float) -> Any:
        if self.away:
            raise ForecastAway(self.away)
        return done(job._replace(repetitions=40) if isinstance(job, CompareJob) else job)


@pytest.fixture
def worker() -> HereAndNow:
    return HereAndNow()


@pytest.fixture
def foreseeing(prepared_accounts: Path, tmp_path: Path, worker: HereAndNow) -> Iterator[WebHall]:
    hall = WebHall(prepared_accounts, tmp_path, forecaster=MonteCarlo(worker))
    yield hall
    hall.close()


@pytest.fixture
def busy(foreseeing: WebHall) -> WebHall:
    """One counter serves, and twelve people wait for loans."""
    web = foreseeing
    officer = web.officer("3")
    officer.post("/counters/3/open")
    kiosk = web.kiosk()
    for _ in range(12):
        kiosk.post("/tickets", {"service": "DK01"})
        web.clock.forward(seconds=40)
    officer.post("/counters/3/call-next")
    return web


def what_if(web: WebHall, *acts: dict[str, Any]) -> dict[str, Any]:
    answer = web.signed_in("supervisor").post("/what-if", {"acts": list(acts)})
    assert answer.status_code == 200, answer.json
    return answer.json  # type: ignore[no-any-return]


def test_another_counter_for_loans_halves_the_waits_and_it_is_said_for_whom(busy: WebHall) -> None:
    found = what_if(busy, {"kind": "open", "counter": "6", "services": LOANS})

    loans = next(row for row in found["groups"] if (row["zone"], row["category"]) == ("special", "loan"))
    assert found["verdict"] == "helps"
    assert loans["people"] == 11
    assert loans["after"]["longest"] < 0.75 * loans["before"]["longest"]
    assert loans["longest_change"]["beyond_chance"]
    assert loans["longest_change"]["low"] <= loans["longest_change"]["mean"] <= loans["longest_change"]["high"] < 0
    assert found["hours_saved"]["mean"] > 0
    assert found["called_today"]["after"]["mean"] >= found["called_today"]["before"]["mean"]
    assert found["repetitions"] == 40
    assert found["rough"]
    assert found["deed"] is None


def test_a_reserve_counter_can_be_opened_at_once(busy: WebHall) -> None:
    assert what_if(busy, {"kind": "open", "counter": "11"})["deed"] == {"kind": "open_reserve", "counter": "11"}

    busy.signed_in("supervisor").post("/counters/11/open-reserve")
    assert what_if(busy, {"kind": "open", "counter": "11"})["deed"] is None


def test_a_coach_more_does_nothing_for_those_who_wait_for_loans(busy: WebHall) -> None:
    found = what_if(busy, {"kind": "add_people", "zone": "care", "people": 2})

    assert found["verdict"] == "no_difference"
    assert found["hours_saved"] == {"mean": 0, "low": 0, "high": 0, "beyond_chance": False}


def test_closing_the_only_counter_leaves_people_who_are_not_called(busy: WebHall) -> None:
    found = what_if(busy, {"kind": "close", "counter": "3"})

    everybody = found["groups"][0]
    assert found["verdict"] == "harms"
    assert everybody["after"]["longest"] is None
    assert found["left_over"]["after"]["mean"] == 11


def test_several_acts_are_done_together(busy: WebHall) -> None:
    moved = what_if(busy, {"kind": "close", "counter": "3"}, {"kind": "open", "counter": "4"})

    assert moved["left_over"]["after"]["mean"] <= 2  # of eleven; alone, nobody would be called


@pytest.mark.parametrize(
    ("act", "status", "code"),
    [
        ({"kind": "open", "counter": "3"}, 409, "what_if_is_open"),
        ({"kind": "serve", "counter": "6", "services": LOANS}, 409, "what_if_is_shut"),
        ({"kind": "move_break", "counter": "3", "minutes": 30}, 409, "what_if_no_break"),
        ({"kind": "open", "counter": "77"}, 404, "unknown_counter"),
        ({"kind": "dance", "counter": "3"}, 422, "fields_wrong"),
        ({"kind": "add_people", "zone": "smart", "people": 500}, 422, "fields_wrong"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(busy: WebHall, act: dict[str, Any], status: int, code: str):
    answer = busy.signed_in("supervisor").post("/what-if", {"acts": [act]})

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert len(answer.json["message"]) > 10


@pytest.mark.parametrize("code", ["forecast_away", "forecast_slow", "forecast_busy"])
def test_when_the_process_is_away_the_page_says_so_and_the_hall_goes_on(busy: WebHall, worker: HereAndNow, code: str):
    worker.away = code

    answer = busy.signed_in("supervisor").post("/what-if", {"acts": [{"kind": "open", "counter": "6"}]})

    assert (answer.status_code, answer.json["code"]) == (503, code)
    assert busy.kiosk().post("/tickets", {"service": "DK01"}).status_code == 201


def test_a_hall_without_the_simulation_says_how_to_get_it(web: WebHall) -> None:
    answer = web.signed_in("supervisor").get("/what-if")

    assert (answer.status_code, answer.json["code"]) == (503, "forecast_without")


def test_what_could_be_changed_is_listed(busy: WebHall) -> None:
    found = {one["counter"]: one for one in busy.signed_in("supervisor").get("/what-if").json["counters"]}

    assert found["3"]["open"]
    assert not found["6"]["open"]
    assert found["6"]["services"] == LOANS
    assert found["11"]["reserve"]
    assert found["3"]["break"] is None  # nothing was learnt yet


@pytest.mark.parametrize("role", ["officer", "guide"])
def test_only_supervisors_ask(busy: WebHall, role: str) -> None:
    asks = busy.officer("5") if role == "officer" else busy.signed_in("guide")

    assert asks.get("/what-if").status_code == 403
    assert asks.post("/what-if", {"acts": [{"kind": "open", "counter": "6"}]}).status_code == 403
