"""M/M/s halls, for which nobody can do better than a known formula: a check of the judge and of the predictor.

Who finds `n` people ahead waits an Erlang(n + 1) time of rate s·μ, whatever the load: no prediction beats its median.
Unit: the mean service time ÷ s. Best mean absolute error among those who wait, in the long run: `BEST_MAE`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import numpy as np
from scipy.stats import gamma

from queue_server.foresight.judge.learning import learn
from queue_server.foresight.judge.moment import Moments, waits_at
from queue_server.foresight.judge.predictors import asked_of, monte_carlo
from queue_server.foresight.judge.simulated_halls import working_days
from queue_server.foresight.judge.visits import Day, History, Label, Row, history_of
from queue_server.foresight.simulation.scenario import Bools

SERVERS = 4
SERVICE_MINUTES = 5.0
TRAIN_DAYS, TEST_DAYS = 20, 10
JUDGED_MINUTES = (1.0, 1200.0)  # of a day of 24 hours; the rest is there so that nobody is cut off at midnight
BEST_MAE = {0.8: 1.574, 0.9: 2.231, 0.95: 3.158}
LABEL = Label("m", 1.0)


@dataclass(frozen=True, slots=True)
class TheoryScore:
    mae: float  # in units of the mean service ÷ s, as `best` is
    best: float  # of the exact median, on the same visits
    in_the_long_run: float
    visits: int


def judge_mms(rho: float, seed: int, repetitions: int) -> TheoryScore:
    history = history_of(
        row for n, day in enumerate(working_days(TRAIN_DAYS + TEST_DAYS)) for row in one_day(rho, day, seed, n)
    )
    train = History(history.labels, history.servers, history.days[:TRAIN_DAYS])
    moments = Moments(train, learn(train))
    unit = SERVICE_MINUTES / SERVERS
    errors, best = [], []
    for day in history.days[TRAIN_DAYS:]:
        for row in np.flatnonzero(_judged(day)):
            waited = float(day.start[row] - day.arrival[row])
            ahead = int(waits_at(day, int(row)).sum())
            errors.append(abs(monte_carlo(asked_of(day, int(row), moments), moments, repetitions)[0] - waited) / unit)
            best.append(abs(erlang_median(ahead) - waited / unit))
    return TheoryScore(float(np.mean(errors)), float(np.mean(best)), BEST_MAE[rho], len(errors))


def erlang_median(ahead: int) -> float:
    """Of the wait with so many ahead, all servers busy, in units of the mean service ÷ s."""
    return float(gamma.ppf(0.5, ahead + 1))


def _judged(day: Day) -> Bools:
    begins, ends = JUDGED_MINUTES
    return np.asarray((day.arrival > begins) & (day.arrival < ends) & (day.start > day.arrival + 1 / 60))


def one_day(rho: float, day: date, seed: int, number: int) -> Iterator[Row]:
    """24 hours that begin in equilibrium: those who are there already count as arrived at midnight."""
    chance = Random(f"{seed}/{number}")
    midnight = datetime.combine(day, datetime.min.time())
    rate = rho * SERVERS / SERVICE_MINUTES
    arrivals = [0.0] * _people_there(rho, chance)
    at = chance.expovariate(rate)
    while at < 1440:
        arrivals.append(at)
        at += chance.expovariate(rate)
    free = [(0.0, server) for server in range(SERVERS)]
    for arrival in arrivals:
        free_at, server = heapq.heappop(free)
        start = max(arrival, free_at)
        end = start + chance.expovariate(1 / SERVICE_MINUTES)
        heapq.heappush(free, (end, server))
        came, began, left = (midnight + timedelta(minutes=moment) for moment in (arrival, start, end))
        yield Row(came, began, left, LABEL, str(server))


def _people_there(rho: float, chance: Random) -> int:
    """How many are in an M/M/s system in equilibrium (exponential services have no memory of their age)."""
    load = rho * SERVERS
    weights = [1.0]
    for n in range(1, 400):
        weights.append(weights[-1] * load / min(n, SERVERS))
    return chance.choices(range(400), weights)[0]
