"""How fast services go today is learnt from today, by as much as the past leaves open."""

from __future__ import annotations

import math

import numpy as np
import pytest

from queue_server.foresight.habits import usual_times
from queue_server.foresight.pace import DAY_ERROR, day_error, paces_of
from queue_server.foresight.simulation.scenario import Floats, Pace, Services, known_pace

TEN = usual_times(10.0)  # minutes, as the catalogue has them


def services(many: int = 4) -> Services:
    return Services(np.tile(TEN, (many, 1)), np.full(many, len(TEN)), np.full(many, 10.0))


def seen(
    minutes: list[float], *, over: bool = True, of: list[int] | None = None, measured: int = 0, days: float = 0.1
) -> Pace:
    places = of or [place % 3 for place in range(len(minutes))]  # nobody comes for the fourth
    return Pace(
        False, np.full(4, measured), days, np.array(places, np.int64), np.array(minutes), np.full(len(minutes), over)
    )


def middle(pace: Pace) -> Floats:
    return np.asarray(np.median(paces_of(services(), pace), axis=0))


def spread(pace: Pace, service: int = 0) -> float:
    low, high = np.percentile(paces_of(services(), pace)[:, service], [10, 90])
    return float(high / low)


def slow(many: int, times: float = 1.5) -> list[float]:
    shares = (np.arange(many) + 0.5) / many
    return [float(times * np.quantile(TEN, share)) for share in shares]


def test_where_nothing_is_known_the_catalogue_is_believed_and_not_blindly() -> None:
    assert middle(seen([])) == pytest.approx(np.ones(4), abs=0.06)
    assert 2.0 < spread(seen([])) < 4.0


def test_slow_services_are_believed_the_more_of_them_there_are() -> None:
    few, many = middle(seen(slow(6))), middle(seen(slow(150)))

    assert 1.05 < few[0] < 1.45
    assert many[0] == pytest.approx(1.5, abs=0.2)
    assert 1.1 < many[3] < many[0]  # a service nobody came for yet is thought slow too, and less surely so
    assert spread(seen(slow(150)), 0) < spread(seen(slow(150)), 3) < spread(seen([]), 3)


def test_services_under_way_say_that_they_last_at_least_so_long() -> None:
    assert middle(seen([30.0] * 4, over=False))[0] > 1.2
    assert middle(seen([1.0] * 4, over=False)) == pytest.approx(np.ones(4), abs=0.06)  # which says nothing


def test_a_forgotten_finish_says_little() -> None:
    assert middle(seen([230.0]))[0] < 1.7
    assert middle(seen([230.0])) == pytest.approx(middle(seen([100.0])))


def test_where_thousands_were_measured_and_days_are_alike_one_odd_hour_changes_nothing() -> None:
    found = paces_of(services(), seen(slow(12, 2.0), measured=2000, days=0.0))

    assert found == pytest.approx(np.ones_like(found), abs=0.06)


def test_where_days_differ_a_slow_day_is_seen_before_noon() -> None:
    assert middle(seen(slow(80), measured=2000, days=0.2))[3] > 1.25


def test_what_is_known_exactly_is_left_alone() -> None:
    assert paces_of(services(), known_pace(4)).tolist() == [[1.0] * 4]


def test_by_how_much_days_differ_is_told_apart_from_chance() -> None:
    chance = np.random.default_rng(1)
    paces = chance.normal(0, 0.2, 40)
    alike = [chance.normal(0, 0.7, 200) for _ in paces]
    different = [day + pace for day, pace in zip(alike, paces, strict=True)]

    assert day_error(different) == pytest.approx(0.2, abs=0.06)
    assert day_error(alike) < 0.05
    assert day_error(alike[:3]) == DAY_ERROR
    assert not math.isnan(day_error([]))
