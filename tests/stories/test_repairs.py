"""A bad experience is mended within its clocks, which run on the hall's own working days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.refusals import RepairIsEnded, RepairStepTooEarly
from queue_server.domain.repairs import (
    STEPS,
    Repair,
    Step,
    after,
    due_times,
    end_of_working_day,
    in_time,
    is_late,
    repair_figures,
)
from queue_server.domain.rules import Hours, Limits

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = Hours(
    weekly={day: ((time(9), time(12)), (time(13), time(17))) for day in range(5)},
    closed_days={date(2026, 11, 27): "盘点"},
)
FRIDAY = date(2026, 11, 20)


def moment(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=SHANGHAI)


def repair(**more: object) -> Repair:
    due = due_times(FRIDAY, WEEK, SHANGHAI, Limits())
    fields = {"ticket": "T0001", "service": "TQ01", "level": 1, "origin": "mark", "opened_by": "visitor"}
    return Repair(id=1, day=FRIDAY, opened_at=moment(20), due=due, **{**fields, **more})  # type: ignore[arg-type]


def done(one: Repair, *steps: tuple[str, int]) -> Repair:
    for what, day in steps:
        why = "unreachable" if what == "closed" else ""
        one = after(one, Step(moment(day), "supervisor:ma", what, why=why))
    return one


def test_clocks_count_the_halls_working_days_and_end_when_it_closes() -> None:
    due = repair().due

    assert due["contact"] == moment(23, 17)  # the Monday after a Friday
    assert due["fix"] == datetime(2026, 11, 30, 17, tzinfo=SHANGHAI)  # the 27th is no working day
    assert due["follow_up"] == datetime(2026, 12, 14, 17, tzinfo=SHANGHAI)


def test_a_hall_that_never_opens_has_calendar_days() -> None:
    assert end_of_working_day(FRIDAY, 5, Hours(weekly={}), SHANGHAI).date() == date(2026, 11, 25)


@given(start=st.dates(date(2026, 1, 1), date(2026, 12, 1)), count=st.integers(1, 30))
def test_so_many_working_days_lie_between_start_and_due(start: date, count: int) -> None:
    due = end_of_working_day(start, count, WEEK, SHANGHAI)
    days = [start + timedelta(days=ahead) for ahead in range(1, (due.date() - start).days + 1)]

    assert sum(bool(WEEK.of(day)) for day in days) == count
    assert WEEK.of(due.date())


def test_contact_fix_and_follow_up_stop_their_clocks_one_after_the_other() -> None:
    one = repair()
    assert (one.state, one.next_clock) == ("open", "contact")
    one = done(one, ("taken", 20), ("tried", 20), ("contacted", 23))
    assert (one.state, one.next_clock) == ("contacted", "fix")
    one = done(one, ("promised", 23), ("fixed", 25), ("contacted", 26))
    assert (one.state, one.next_clock, one.done["contact"]) == ("fixed", "follow_up", moment(23))
    one = done(one, ("followed_up", 26))
    assert (one.state, one.next_due, one.ended_at) == ("done", None, moment(26))
    assert [in_time(one, clock, moment(30)) for clock in one.due] == [True, True, True]


def test_a_clock_that_ran_out_is_late_until_it_is_done_and_stays_broken() -> None:
    one = repair()
    assert not is_late(one, moment(23, 17))
    assert is_late(one, moment(23, 18))
    one = done(one, ("contacted", 24))
    assert not is_late(one, moment(24))
    assert in_time(one, "contact", moment(24)) is False
    assert in_time(one, "fix", moment(24)) is None


def test_what_was_mended_before_anybody_noted_a_contact_counts_as_contact() -> None:
    one = done(repair(), ("fixed", 20))

    assert (one.next_clock, in_time(one, "contact", moment(30))) == ("follow_up", True)


def test_asking_again_comes_after_mending_and_nothing_after_the_end_but_a_note() -> None:
    with pytest.raises(RepairStepTooEarly):
        done(repair(), ("followed_up", 20))
    ended = done(repair(), ("closed", 23))
    assert (ended.state, in_time(ended, "contact", moment(30))) == ("closed", None)
    with pytest.raises(RepairIsEnded):
        done(ended, ("fixed", 24))
    assert done(ended, ("noted", 24)) == ended
    assert done(ended, ("reopened", 24)).next_clock == "contact"


def test_figures_of_a_span_count_what_is_known() -> None:
    mended = done(repair(), ("contacted", 20), ("fixed", 23), ("followed_up", 24))
    figures = repair_figures([mended, repair(), done(repair(), ("closed", 20))], moment(24))

    assert (figures.opened, figures.standing, figures.late, figures.done, figures.closed) == (3, 1, 1, 1, 1)
    assert figures.in_time == {"contact": (1, 2), "fix": (1, 1), "follow_up": (1, 1)}


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(20, 30)), max_size=12))
def test_whatever_is_done_a_repair_that_stands_has_a_clock_that_runs(steps: list[tuple[str, int]]) -> None:
    one = repair()
    for what, day in steps:
        try:
            one = done(one, (what, day))
        except (RepairIsEnded, RepairStepTooEarly):
            continue
        assert (one.next_clock is None) == (one.ended_at is not None) == (one.state in {"done", "closed"})
