"""When to come: learnt from days that were lived by the hall's own rules, said only when known, and held against later
days.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from typing import Any

import pytest

from queue_server.demo.past.lived_day import lived_days
from queue_server.domain.rules import HallRules, Hours
from queue_server.foresight.best_time.coming_day import ComingDay, coming_day, next_open_days, outlooks_of
from queue_server.foresight.best_time.held import Published, held_times
from queue_server.foresight.best_time.keeper import BestTimes
from queue_server.foresight.best_time.outlook import (
    HalfHour,
    Outlook,
    best_time,
    is_emptier,
    is_worth_saying,
    still_to_come,
)
from queue_server.foresight.learn_habits import PastDay, learn_habits
from queue_server.foresight.worker_client import ForecastAway
from queue_server.reports.best_time_ledger import BestTimeLedger
from tests.web.web_hall import HALL_FILE

RULES = HALL_FILE.rules
FIRST, TODAY = date(2026, 11, 2), date(2026, 11, 16)  # Mondays, two weeks apart
PAST_DAYS = 10


@cache
def past() -> Sequence[PastDay]:
    return lived_days(RULES, FIRST, PAST_DAYS, seed=1)


class Lived:
    """Has every day lived at once, in this process; `away`: never."""

    def __init__(self, lives: Callable[[ComingDay], list[Outlook]] = lambda job: [outlook(job.day, 9, 4)]) -> None:
        self.lives = lives
        self.away = False
        self.asked: list[ComingDay] = []

    def __call__(self, job: ComingDay) -> list[Outlook]:
        self.asked.append(job)
        if self.away:
            raise ForecastAway("forecast_away")
        return self.lives(job)


def keeper(
    days: Sequence[PastDay], ledger: BestTimeLedger, work_out: Lived, today: list[date], rules: list[HallRules]
) -> BestTimes:
    return BestTimes(lambda: rules[0], lambda: today[0], lambda _: days, ledger, work_out)


def no_sleep(_: float) -> None:
    pass


def half(begins: int, mean: float, people: float = 5, too_late: float = 0.0) -> HalfHour:
    return HalfHour(begins, people, mean, mean + 8, too_late)


def outlook(day: date, *means: float, begins: int = 9 * 60) -> Outlook:
    halves = tuple(half(begins + 30 * place, mean) for place, mean in enumerate(means))
    return Outlook(day, "special", frozenset({"rent"}), halves)


# --- choosing


def test_the_emptiest_stretch_is_told_and_of_equals_the_soonest() -> None:
    found = best_time([outlook(TODAY, 20, 25, 30), outlook(TODAY + timedelta(days=1), 22, 7, 6, 15)])

    assert found is not None
    assert (found.day, found.begins, found.ends) == (TODAY + timedelta(days=1), 9 * 60 + 30, 10 * 60 + 30)
    assert not found.until_closing
    soonest = best_time([outlook(TODAY + timedelta(days=1), 20, 6), outlook(TODAY, 20, 6.5)])
    assert soonest is not None
    assert (soonest.day, soonest.until_closing) == (TODAY, True)


def test_nobody_is_sent_into_a_half_hour_in_which_the_hall_may_close_first() -> None:
    day = Outlook(TODAY, "special", frozenset({"rent"}), (half(900, 12), half(930, 3, too_late=0.2)))

    found = best_time([day])

    assert found is not None
    assert (found.begins, found.until_closing) == (900, False)


def test_it_is_said_only_where_it_saves_something() -> None:
    alike, busy = [outlook(TODAY, 8, 7, 6)], [outlook(TODAY, 30, 25, 6)]
    time = best_time(busy)
    assert time is not None

    assert not is_emptier(best_time(alike) or time, alike)
    assert is_emptier(time, busy)
    assert is_worth_saying(time, 16)
    assert not is_worth_saying(time, 12)
    assert best_time([]) is None


def test_what_has_begun_is_no_longer_offered() -> None:
    left = still_to_come([outlook(TODAY - timedelta(days=1), 1), outlook(TODAY, 5, 6, 7)], TODAY, 9 * 60 + 10)

    assert [one.begins for day in left for one in day.half_hours] == [570, 600]


# --- days to come


def test_holidays_and_weekends_are_known() -> None:
    closed = replace(RULES, hours=replace(RULES.hours, closed_days={date(2026, 11, 18): "整修"}))

    days = next_open_days(closed, TODAY)

    assert [day.day for day in days] == [16, 17, 19, 20, 23]


def test_a_busy_monday_is_told_from_a_calm_wednesday_and_nobody_comes_outside_the_hours() -> None:
    def mean_of(day: date) -> float:
        lived = outlooks_of(coming_day(RULES, day, learn_habits(RULES, past(), day)))
        waits = [(one.people, one.mean) for own in lived if own.zone == "special" for one in own.half_hours]
        return sum(people * mean for people, mean in waits) / sum(people for people, _ in waits)

    assert mean_of(TODAY) > 1.8 * mean_of(TODAY + timedelta(days=2))
    short = replace(RULES, hours=Hours(dict.fromkeys(range(5), ((time(9), time(12)),))))
    coming = coming_day(short, TODAY, learn_habits(short, past(), TODAY))
    assert coming.begins == (540, 570, 600, 630, 660, 690)
    assert coming.scenario.arrivals.per_minute[24:].sum() == 0


# --- keeping


def test_said_once_a_day_and_when_the_setup_changes_then_held_against_what_was() -> None:
    ledger, work_out = BestTimeLedger(None), Lived(outlooks_of)
    today, rules = [TODAY], [RULES]
    best_times = keeper(past(), ledger, work_out, today, rules)
    assert best_times.said() is None

    assert best_times.work(no_sleep)
    assert not best_times.work(no_sleep)
    assert len(work_out.asked) == 5
    rules[0] = replace(RULES, hours=replace(RULES.hours, closed_days={date(2026, 11, 18): "整修"}))
    work_out.lives = lambda job: []
    assert best_times.work(no_sleep)

    said = best_times.said()
    assert said is not None
    assert [day.day for day in said.days] == [16, 17, 19, 20, 23]
    week = lived_days(RULES, TODAY, 5, seed=2)
    held = held_times(ledger.between(TODAY, TODAY + timedelta(days=4)), week)
    assert held.half_hours > 100
    assert 2 < (held.error or 0) < 25
    assert (held.coverage or 0) > 0.75
    assert (held.advised or 99) < (held.otherwise or 0) - 4  # whoever followed the advice waited less


def test_what_was_said_on_the_day_itself_is_not_counted_and_too_little_has_no_error() -> None:
    week = lived_days(RULES, TODAY, 1, seed=2)
    said = outlook(TODAY, *[9.0] * 16)

    assert held_times([Published(TODAY, said)], week).half_hours == 0
    assert held_times([], []).error is None


@pytest.mark.parametrize("many", [0, 1, 4])
def test_with_too_little_history_nothing_is_said_and_nothing_is_simulated(many: int) -> None:
    work_out = Lived()
    best_times = keeper(past()[:many], BestTimeLedger(None), work_out, [TODAY], [RULES])

    best_times.work(no_sleep)

    said = best_times.said()
    assert said is not None
    assert (said.past_days, said.outlooks, work_out.asked) == (many, (), [])


def test_a_weekday_that_was_never_seen_is_not_guessed_at() -> None:
    no_fridays = [one for one in past() if one.state.day.weekday() != 4][:6]
    work_out = Lived()
    best_times = keeper(no_fridays, BestTimeLedger(None), work_out, [TODAY], [RULES])

    best_times.work(no_sleep)

    said = best_times.said()
    assert said is not None
    assert {day.weekday() for day in said.known} == {0, 1, 2, 3}


def test_when_the_process_dies_yesterdays_figures_stay_for_a_while_and_then_nothing_is_said() -> None:
    work_out, today = Lived(), [TODAY]
    best_times = keeper(past(), BestTimeLedger(None), work_out, today, [RULES])
    best_times.work(no_sleep)
    work_out.away = True

    today[0] = TODAY + timedelta(days=1)
    assert not best_times.work(no_sleep)
    said = best_times.said()
    assert said is not None
    assert said.made_on == TODAY
    today[0] = TODAY + timedelta(days=3)
    assert best_times.said() is None

    work_out.away = False
    assert best_times.work(no_sleep)


def test_what_was_said_is_there_after_a_restart(tmp_path: Any) -> None:
    said = outlook(TODAY, 5.0, 6.5)
    ledger = BestTimeLedger(tmp_path / "best_times.sqlite")
    ledger.publish(TODAY - timedelta(days=1), [said])
    ledger.publish(TODAY - timedelta(days=1), [said])
    ledger.close()

    again = BestTimeLedger(tmp_path / "best_times.sqlite").between(TODAY, TODAY)

    assert again == [Published(TODAY - timedelta(days=1), said)]
