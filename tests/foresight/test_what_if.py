"""What a change of the counters would do on the hall as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.hall_day import HallDay
from queue_server.foresight.acts import Act, ActImpossible, break_of, scenario_with, spans_at
from queue_server.foresight.habits import Habits, Stream, first_day
from queue_server.foresight.scenario_of_day import Asked, scenario_of
from queue_server.foresight.simulation.run import live
from queue_server.foresight.what_if import Compared, CompareJob, Difference, compare, difference, quantile
from tests.judge.big_hall import A_MINUTE, full_day, rules_with
from tests.story import MONDAY

EVERYBODY, SPECIAL = 0, 1  # of the groups
HORIZON = 600.0


def crowded(waiting: int = 40, counters: int = 8, shut: Sequence[str] = ()) -> tuple[HallDay, Asked]:
    day = full_day(waiting, counters)
    for counter in shut:
        day.desks.pop(counter)
        day.at_counter_now.pop(counter, None)
    return day, scenario_of(day, at(day), habits(day))


def habits(day: HallDay) -> Habits:
    streams = [Stream(service, "special", name) for service in day.rules.services for name in ("ordinary", "care")]
    return replace(first_day(day.rules), per_minute={stream: np.full(48, A_MINUTE) for stream in streams})


def at(day: HallDay):  # type: ignore[no-untyped-def]
    assert day.last_at is not None
    return day.last_at


def compared(day: HallDay, asked: Asked, *acts: Act, repetitions: int = 40, **job: float) -> Compared:
    scenarios = (asked.scenario, *(scenario_with(asked, [act], day, at(day)) for act in acts))
    zones = np.array([[True] * len(asked.kinds), [zone == "special" for zone, _ in asked.kinds]], bool)
    known = {"closes_in": 480.0, "horizon": HORIZON, "seconds": 60.0} | job
    return compare(CompareJob(1, scenarios, asked.waited, zones, repetitions=repetitions, **known))


def test_another_counter_shortens_the_waits_of_its_zone_beyond_chance() -> None:
    day, asked = crowded(shut=["1", "2"])

    found = compared(day, asked, Act("open", "1"))
    (opened,) = found.variants

    assert opened.longest[SPECIAL].mean < -5
    assert opened.longest[SPECIAL].beyond_chance
    assert opened.outlook.groups[SPECIAL].p90 < found.before.groups[SPECIAL].p90
    assert opened.hours_saved.mean > 1
    assert opened.outlook.called_today.mean >= found.before.called_today.mean


def test_nothing_changed_is_nothing_saved_in_any_life() -> None:
    _, asked = crowded()

    found = compare_same(asked)

    assert all(each == Difference(0.0, 0.0, 0.0, False) for each in found.variants[0].longest)
    assert found.variants[0].outlook == found.before


def compare_same(asked: Asked) -> Compared:
    groups = np.ones((1, len(asked.kinds)), bool)
    job = CompareJob(3, (asked.scenario, asked.scenario), asked.waited, groups, 480.0, HORIZON, 60.0, 20)
    return compare(job)


def test_a_coach_more_where_nobody_waits_has_no_effect_that_could_be_told() -> None:
    day, asked = crowded(waiting=20, counters=8)

    (coach,) = compared(day, asked, Act("add_people", zone="care", people=1)).variants

    assert not coach.longest[SPECIAL].beyond_chance


def test_two_people_more_do_more_than_one() -> None:
    day, asked = crowded(counters=4)

    one, two = compared(
        day, asked, Act("add_people", zone="special", people=1), Act("add_people", zone="special", people=2)
    ).variants

    assert two.average[SPECIAL].mean < one.average[SPECIAL].mean < 0


def test_a_counter_that_goes_over_to_one_service_calls_nothing_else() -> None:
    day, asked = crowded()

    changed = scenario_with(asked, [Act("serve", "1", services=("loan",))], day, at(day))

    may = changed.kinds.may[:, asked.counters.index("1")]
    assert {kind.service for (_, kind), can in zip(asked.kinds, may, strict=True) if can} == {"loan"}


def test_a_counter_lent_to_another_zone_calls_there_and_no_longer_at_home() -> None:
    day, asked = crowded()
    care = scenario_with(asked, [Act("serve", "1", zone="care")], day, at(day))

    assert {zone for (zone, _), can in zip(asked.kinds, care.kinds.may[:, 1], strict=True) if can} <= {"care"}
    assert care.counters.zone[1] == list(day.rules.zones).index("care")


def test_a_break_moves_by_half_an_hour_and_the_evening_stays() -> None:
    day, asked = crowded()
    shares = np.zeros(288)
    shares[9 * 12 : 12 * 12] = shares[13 * 12 : 17 * 12] = 1.0
    asked = scenario_of(day, at(day), replace(habits(day), open_share={"1": shares}))
    before = spans_at(asked.scenario, 1)

    moved = spans_at(scenario_with(asked, [Act("move_break", "1", minutes=30)], day, at(day)), 1)

    begins, ends = break_of(before)[1]  # type: ignore[index]
    assert break_of(moved) == (0, (begins + 30, ends + 30))
    assert moved[-1][1] == before[-1][1]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (Act("open", "1"), "what_if_is_open"),
        (Act("open", "99"), "unknown_counter"),
        (Act("move_break", "1", minutes=30), "what_if_no_break"),
        (Act("serve", "1", services=("dancing",)), "unknown_service"),
        (Act("add_people", zone="moon", people=1), "unknown_zone"),
        (Act("add_people", zone="care"), "what_if_how_many"),
    ],
)
def test_what_cannot_be_is_said(act: Act, code: str) -> None:
    day, asked = crowded()

    with pytest.raises(ActImpossible) as found:
        scenario_with(asked, [act], day, at(day))

    assert found.value.code == code


def test_closing_a_counter_for_half_an_hour_is_less_than_for_the_day() -> None:
    day, asked = crowded()

    half, whole = compared(day, asked, Act("close", "1", minutes=30), Act("close", "1")).variants

    assert 0 < half.average[SPECIAL].mean < whole.average[SPECIAL].mean


def test_the_same_people_come_with_the_same_luck_however_many_counters_there_are() -> None:
    day, asked = crowded()
    more = scenario_with(asked, [Act("add_people", zone="special", people=3)], day, at(day))

    one, other = live(asked.scenario, 5, 7, HORIZON), live(more, 5, 7, HORIZON)

    assert np.array_equal(one.came, other.came)
    assert np.array_equal(one.kinds, other.kinds)
    assert not np.array_equal(one.called, other.called)


def test_whoever_is_not_called_before_closing_is_left_over() -> None:
    day, asked = crowded()

    found = compared(day, asked, closes_in=30.0, horizon=30.0, repetitions=20)

    assert found.before.left_over.mean > 0
    # 40 wait; 9 usually come within half an hour, and today's level is .39 of the usual so far
    assert found.before.called_today.mean + found.before.left_over.mean == pytest.approx(43.5, abs=2)


def test_when_time_is_up_fewer_lives_are_lived_and_it_is_said_how_many() -> None:
    _, asked = crowded()
    moments = iter([0.0, 1.0, 99.0, 99.0])
    groups = np.ones((1, len(asked.kinds)), bool)
    job = CompareJob(1, (asked.scenario,), asked.waited, groups, 480.0, HORIZON, 10.0, 200)

    assert compare(job, now=lambda: next(moments)).repetitions == 40


def test_a_hall_with_nobody_and_nothing_answers_too() -> None:
    day = HallDay(rules_with(4), MONDAY.date(), last_at=MONDAY)
    asked = scenario_of(day, at(day), first_day(day.rules))

    (found,) = compared(day, asked, Act("open", "1"), repetitions=20).variants

    assert found.outlook.groups[EVERYBODY].people == 0
    assert not found.longest[EVERYBODY].beyond_chance


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 300), min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.9]))
def test_a_quantile_is_one_of_the_values_with_that_share_at_or_below(values: list[float], share: float) -> None:
    found = quantile(np.array(values), share)

    assert found in values
    assert np.mean(np.array(values) <= found) >= share


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 300), min_size=2, max_size=40), st.floats(-50, 50))
def test_a_shift_in_every_life_is_beyond_chance_and_none_is_not(before: list[float], shift: float) -> None:
    found = difference(np.array(before), np.array(before) + shift)

    assert found.mean == pytest.approx(shift, abs=1e-6)
    assert not difference(np.array(before), np.array(before)).beyond_chance


def test_more_people_than_a_hall_holds_are_answered_in_bounded_time() -> None:
    day, asked = crowded(waiting=2000, counters=12)

    found = compared(day, asked, Act("add_people", zone="special", people=2), seconds=0.0)

    assert found.repetitions == 20
    assert found.before.groups[EVERYBODY].people > 2000


def test_waits_count_what_has_been_waited_already() -> None:
    day, asked = crowded(waiting=10)
    later = scenario_of(day, at(day) + timedelta(minutes=30), habits(day))

    assert later.waited - asked.waited == pytest.approx(np.full(10, 30.0))
