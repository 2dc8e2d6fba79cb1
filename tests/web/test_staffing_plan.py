"""The plan for the days to come, from a history that the hall has lived."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from queue_server.domain import events as e
from queue_server.domain.apply import replay
from queue_server.domain.rules import HallRules
from queue_server.foresight.learn_habits import PastDay
from queue_server.foresight.monte_carlo import MonteCarlo
from tests.web.test_staffing_api import HereAndNow
from tests.web.web_hall import HALL_FILE, MONDAY_NINE, Caller, WebHall

MONDAY = MONDAY_NINE.date()
TUESDAY = (MONDAY + timedelta(days=1)).isoformat()


def lived_day(rules: HallRules, day: date) -> PastDay:
    """Counter 3 open from nine to five; somebody for a withdrawal every four minutes, more than it can serve."""
    opens = rules.hours.spans_of(day, rules.timezone)[0][0].replace(hour=9, minute=0)
    stamp = {"actor": "hall"}
    events: list[e.Event] = [e.DeskOpened(at=opens, **stamp, command="o", counter="3", officer="zhao")]
    for n in range(90):
        at = opens + timedelta(minutes=4 * n)
        events.append(e.TicketIssued(at=at, **stamp, command=f"t{n}", **issued(n)))
    events.append(e.DayClosed(at=opens + timedelta(hours=8), **stamp, command="c"))
    return PastDay(replay(rules, day, events), events)


def issued(n: int) -> dict[str, object]:
    return {
        "ticket": f"Q{n + 1:04}",
        "service": "TQ01",
        "zone": "special",
        "way": "counter",
        "care": False,
        "language": "zh",
        "printer": None,
    }


@pytest.fixture
def past() -> list[PastDay]:
    days = (MONDAY - timedelta(days=back) for back in range(14, 0, -1))
    return [lived_day(HALL_FILE.rules, day) for day in days if day.weekday() < 5]


@pytest.fixture
def planning(prepared_accounts: Path, tmp_path: Path, past: list[PastDay]) -> Iterator[WebHall]:
    hall = WebHall(prepared_accounts, tmp_path, forecaster=MonteCarlo(HereAndNow(), lambda _: past))
    yield hall
    hall.close()


@pytest.fixture
def supervisor(planning: WebHall) -> Caller:
    return planning.signed_in("supervisor")


def test_tomorrow_needs_more_than_the_one_counter_that_is_usual(supervisor: Caller) -> None:
    plan = supervisor.get("/staffing-plan").json

    special = next(zone for zone in plan["zones"] if zone["zone"] == "special")
    busy = [row for row in special["rows"] if row["arrivals"] > 5]
    assert plan["day"] == TUESDAY
    assert (plan["enough"], plan["learnt_days"], plan["learnt_of_weekday"]) == (True, 10, 2)
    assert plan["wait_minutes"] == 10
    assert all(row["usual"] == 1 and row["needed"] > 1 for row in busy)
    assert any(row["short"] for row in busy)
    assert plan["left_over"]["planned"] < plan["left_over"]["usual"]
    assert {row["from"] for row in special["rows"]} >= {"09:00", "16:30"}
    assert [(kind["title"], kind["counters"]) for kind in special["desk_kinds"]] == [("综合", 5), ("贷款", 2)]
    for row in special["rows"]:
        assert [desk["needed"] for desk in row["desks"]] == [row["needed"], 0]  # nobody comes for a loan


def test_the_same_as_a_file_for_spreadsheets(supervisor: Caller) -> None:
    answer = supervisor.get(f"/staffing-plan.csv?day={TUESDAY}")

    assert answer.mimetype == "text/csv"
    assert f"staffing-{TUESDAY}.csv" in answer.headers["Content-Disposition"]
    head, *rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert head[:4] == ["区", "时段", "预计来人", "要开窗口"]
    assert {row[0] for row in rows} == {"智慧网办区", "特殊业务受理区", "爱心服务区"}
    assert all(len(row) == len(head) for row in rows)
    by_kind = [row[head.index("各要开几个")] for row in rows if row[0] == "特殊业务受理区"]
    assert any(told.startswith("综合 ") and told.endswith("; 贷款 0") for told in by_kind)


def test_with_too_little_history_it_says_so(planning: WebHall, supervisor: Caller, past: list[PastDay]) -> None:
    del past[3:]

    plan = supervisor.get("/staffing-plan").json

    assert (plan["enough"], plan["learnt_days"], plan["least_days"]) == (False, 3, 5)
    assert plan["zones"] == []


def test_a_looser_target_needs_fewer_and_a_day_off_is_refused(supervisor: Caller) -> None:
    strict = supervisor.get("/staffing-plan?wait=5&late=5").json
    loose = supervisor.get("/staffing-plan?wait=40&late=30").json
    sunday = supervisor.get(f"/staffing-plan?day={MONDAY - timedelta(days=1)}")

    def desks(plan: dict) -> int:
        return sum(row["needed"] for zone in plan["zones"] for row in zone["rows"])

    assert desks(strict) > desks(loose)
    assert (sunday.status_code, sunday.json["code"]) == (404, "plan_no_such_day")


def test_the_plan_is_for_supervisors(planning: WebHall) -> None:
    assert planning.signed_in("guide").get("/staffing-plan").status_code == 403
    assert planning.stranger().get("/staffing-plan.csv").status_code == 401
