"""What the forecasts of one whole day cost: a lived day of the demo's hall, looked at every half minute."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from statistics import fmean
from typing import NamedTuple

from queue_server.demo.past.lived_day import lived_day, lived_days
from queue_server.domain.apply import apply
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.foresight.learn_habits import learn_habits
from queue_server.foresight.monte_carlo import LEAST_MINUTES, newcomers
from queue_server.foresight.scenario_of_day import scenario_of
from queue_server.foresight.simulation.run import simulate
from queue_server.foresight.worker_client import REST
from queue_server.hall_file import read_hall_file
from queue_server.settings import DEPLOY

FIRST, DAY = date(2026, 10, 19), date(2026, 11, 16)
PAST_DAYS = 20
EVERY = timedelta(seconds=30)


class CpuShare(NamedTuple):
    """Of one core, over the day: what the simulating process takes, and what putting the hall into arrays takes of the
    server. `longest`: seconds of one forecast and of one putting; `looked_at`: forecasts."""

    simulating: float
    serving: float
    longest: float
    longest_serving: float
    looked_at: int


def cpu_share(repetitions: int) -> CpuShare:
    """Forecasts are made as the server asks for them: no sooner than LEAST_MINUTES after the last, and after a rest of
    REST times what it took.
    """
    rules = read_hall_file(DEPLOY / "halls" / "lanzhou.toml").rules
    habits = learn_habits(rules, lived_days(rules, FIRST, PAST_DAYS, seed=1), DAY)
    simulating: list[float] = []
    serving: list[float] = []
    took_server: list[float] = []
    took: list[float] = []
    for state, at in _moments(rules):
        began = time.process_time()
        asked = scenario_of(state, at, habits, newcomers(rules))
        took_server.append(time.process_time() - began)
        if not took:
            simulate(asked.scenario, 2, 0)  # compiles, or loads what was compiled
        began = time.process_time()
        simulate(asked.scenario, repetitions, 1)
        took.append(time.process_time() - began)
        every = max(LEAST_MINUTES * 60, took[-1] * (1 + REST))
        simulating.append(took[-1] / every)
        serving.append(took_server[-1] / every)
    return CpuShare(fmean(simulating), fmean(serving), max(took), max(took_server), len(took))


def _moments(rules: HallRules) -> Iterator[tuple[HallDay, datetime]]:
    day = lived_day(rules, DAY, Random("full day"))
    spans = rules.hours.spans_of(DAY, rules.timezone)
    at, closes = spans[0][0], spans[-1][1]
    state, events = HallDay(rules, DAY), iter(day.events)
    event = next(events, None)
    while at < closes:
        while event is not None and event.at <= at:
            apply(state, event)
            event = next(events, None)
        yield state, at
        at += EVERY
