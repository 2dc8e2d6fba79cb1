"""Staffing by theory: what lags, what holds the target, and the cost of a usual day."""

import numpy as np
import pytest

from queue_server.foresight.erlang import waits_longer
from queue_server.foresight.habits import Habits, Stream
from queue_server.foresight.judge.simulated_halls import arrival_profile
from queue_server.foresight.staffing import Target, counters_by_theory, mixture, of_zone, offered_load, worst_half_hour

SERVICE = np.quantile(np.random.default_rng(1).exponential(7.5, 20_000), (np.arange(1000) + 0.5) / 1000)


def test_a_steady_stream_offers_arrivals_times_service() -> None:
    load = offered_load(np.full(48, 0.6), SERVICE)

    assert load[-1] == pytest.approx(0.6 * SERVICE.mean(), rel=0.02)


def test_after_a_peak_the_work_stays_for_a_while() -> None:
    per_minute = np.zeros(48)
    per_minute[20] = 1.0

    load = offered_load(per_minute, SERVICE)

    assert load[21] > 0
    assert load[:20].sum() == 0
    # all the work of the peak is done some time: 30 arrivals of 7.5 minutes
    assert load.sum() * 30 == pytest.approx(30 * SERVICE.mean(), rel=0.1)


def test_the_counters_of_a_usual_day_hold_the_target_in_each_half_hour() -> None:
    per_minute = np.concatenate([np.zeros(18), np.array(arrival_profile()) * 290 / 30, np.zeros(14)])

    counters = counters_by_theory(per_minute, SERVICE, Target())

    loads = offered_load(per_minute, SERVICE)
    assert all(
        waits_longer(many, load / 7.5, 7.5, 10) <= 0.11 for many, load in zip(counters, loads, strict=True) if many
    )
    assert 40 <= sum(counters) / 2 <= 60  # counter hours; about fifty for 290 visits


def test_a_zone_takes_each_service_as_often_as_it_is_asked_for() -> None:
    times = {"short": np.array([2.0]), "long": np.array([20.0])}
    rates = {Stream("short", "z", "ordinary"): np.full(48, 0.3), Stream("long", "z", "care"): np.full(48, 0.1)}

    arrivals, mixed = of_zone(Habits(times, per_minute=rates), "z")

    assert arrivals[0] == pytest.approx(0.4)
    assert mixed.mean() == pytest.approx(6.5)
    assert mixture({"long": 1.0}, Habits(times))[0] == 20


def test_the_worst_half_hour_is_the_one_most_people_miss_the_target_in() -> None:
    assert worst_half_hour([0.05, 0.5, 0.2], [10, 2, 50], Target()) == 2
    assert worst_half_hour([0.05, 0.1], [10, 10], Target()) is None
