"""Desks for a day to come: theory first, then lived through, and honest where the usual roster falls short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Counter
from queue_server.foresight.desk_kinds import Skill, skills_of
from queue_server.foresight.habits import Habits, Stream, first_day
from queue_server.foresight.judge.simulated_halls import arrival_profile
from queue_server.foresight.plan import PlanFound, plan, waits_with, with_desks
from queue_server.foresight.roster import SLOTS
from queue_server.foresight.staffing import Target, counters_by_theory
from queue_server.web.staffing_desk import days_to_plan, plan_job
from tests.story import RULES

TUESDAY = date(2026, 11, 24)
SPECIAL = list(RULES.zones).index("special")
NINE, NOON = 18, 24  # half hours


def habits(visits: float, open_counters: tuple[str, ...] = ("3",)) -> Habits:
    """So many come to the special zone for an errand of ten minutes; a few counters are usually open, nine to five."""
    per_minute = np.concatenate([np.zeros(18), np.array(arrival_profile()) * visits / 30, np.zeros(14)])
    shares = np.zeros(SLOTS)
    shares[9 * 12 : 17 * 12] = 1.0
    known = first_day(RULES)
    return replace(
        known,
        days=20,
        per_minute={Stream("rent", "special", "ordinary"): per_minute},
        open_share={id: shares if id in open_counters else np.zeros(SLOTS) for id in RULES.counters},
    )


def planned(visits: float, *open_counters: str) -> PlanFound:
    return plan(plan_job(HallDay(RULES, TUESDAY), habits(visits, open_counters), Target(), 1))


def test_a_busy_day_gets_desks_that_hold_the_target_when_it_is_lived_through() -> None:
    found = planned(150, "3")

    somebody = found.arrivals[SPECIAL] >= 0.5
    assert found.holds
    assert (found.planned.late[SPECIAL][somebody] <= 0.16).all()
    assert found.needed[SPECIAL].max() > 2
    assert found.needed[SPECIAL][:NINE].sum() == 0


def test_one_counter_for_a_busy_day_falls_short_and_people_are_sent_home() -> None:
    found = planned(150, "3")

    assert (found.usual[SPECIAL][NINE : NINE + 16] == 1).all()
    assert np.nanmax(found.as_usual.late[SPECIAL]) > 0.5
    assert found.left_over[1] > found.left_over[0] + 10


def test_where_the_usual_roster_is_enough_its_waits_are_as_short() -> None:
    found = planned(15, "3", "4")

    assert np.nanmax(found.as_usual.late[SPECIAL]) < 0.25
    assert found.needed[SPECIAL].max() <= 2


def test_theory_is_where_the_plan_begins_and_only_more_is_added() -> None:
    job = plan_job(HallDay(RULES, TUESDAY), habits(120), Target(), 1)

    theory = np.array(counters_by_theory(*job.demand[SPECIAL], job.target))
    found = plan(job)

    assert (found.needed[SPECIAL][NINE : NINE + 16] >= theory[NINE : NINE + 16]).all()


def test_more_desks_than_the_zone_has_counters_are_still_lived_through() -> None:
    job = plan_job(HallDay(RULES, TUESDAY), habits(100), Target(), 1)
    needed = np.zeros((len(job.desks), 48), np.int64)
    needed[int(np.flatnonzero(job.zone_of_desks == SPECIAL)[0]), NINE:NOON] = 9

    counters = with_desks(job, needed).counters

    at_ten = ((counters.opens <= 600) & (counters.closes > 600)).any(axis=1)
    assert at_ten.sum() == (counters.zone[at_ten] == SPECIAL).sum() == 9
    assert counters.opens.min() == 9 * 60


def test_desks_for_loans_alone_are_planned_beside_those_for_everything() -> None:
    counters = {**RULES.counters, "20": Counter("20", "special", frozenset({"loan"}))}
    rules = replace(RULES, counters=counters)
    known = habits(90)
    rent = known.per_minute[Stream("rent", "special", "ordinary")]
    loans = {Stream("rent", "special", "ordinary"): rent, Stream("loan", "special", "ordinary"): rent / 2}
    job = plan_job(HallDay(rules, TUESDAY), replace(known, per_minute=loans), Target(), 1)
    everything, for_loans = np.flatnonzero(job.zone_of_desks == SPECIAL)

    found = plan(job)

    assert skills_of(rules)[for_loans] == Skill("special", frozenset({"loan"}))
    assert found.holds
    assert found.needed_of[for_loans].max() >= 1
    assert (found.needed_of.sum(axis=0) == found.needed.sum(axis=0)).all()
    without = found.needed_of.copy()
    without[for_loans] += without[everything]
    without[everything] = 0  # as many desks, all for loans: nobody calls the others
    lived = waits_with(without, job)
    assert np.nanmax(lived.of_desks.late[everything]) == 1.0


def test_nobody_expected_needs_nobody() -> None:
    found = planned(0, "3")

    assert found.needed.sum() == 0
    assert found.holds
    assert found.left_over == (0, 0)


def test_a_hall_of_one_service_and_one_zone_is_planned_too() -> None:
    rules = replace(
        RULES,
        zones={"special": RULES.zones["special"]},
        services={"rent": RULES.services["rent"]},
        counters={"3": Counter("3", "special")},
    )
    known = replace(habits(40), open_share={"99": np.ones(SLOTS)})  # a counter that has vanished since

    found = plan(plan_job(HallDay(rules, TUESDAY), known, Target(), 1))

    assert found.needed.shape == (1, 48)
    assert found.needed.max() >= 1


def test_only_working_days_are_planned() -> None:
    days = days_to_plan(RULES, date(2026, 11, 27))

    assert days[0] == date(2026, 11, 30)
    assert all(day.weekday() < 5 for day in days)


@pytest.mark.parametrize(("stricter", "looser"), [(Target(5, 0.05), Target(20, 0.2))])
def test_a_stricter_target_needs_no_fewer(stricter: Target, looser: Target) -> None:
    many, few = (plan(plan_job(HallDay(RULES, TUESDAY), habits(120), each, 1)) for each in (stricter, looser))

    assert many.needed.sum() > few.needed.sum()
