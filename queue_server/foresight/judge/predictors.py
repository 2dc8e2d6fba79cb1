"""Ways to foresee a wait, from the crudest up, each asked at the moment somebody arrives.

All of them know the same: what was learnt from earlier days, and what could be seen at that moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from queue_server.foresight.habits import ARRIVAL_MINUTES
from queue_server.foresight.judge.learning import Learnt
from queue_server.foresight.judge.moment import Moments, waits_at
from queue_server.foresight.judge.visits import UNSERVED, Day, History
from queue_server.foresight.simulation.run import simulate
from queue_server.foresight.simulation.scenario import Bools

ROLLING = 10
REPETITIONS = 200
ROUNDS_OF_QUEUE_WORK = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One visitor's arrival, with what every predictor looks at."""

    day: Day
    row: int
    waiting: Bools
    open_now: Bools

    @property
    def at(self) -> float:
        return float(self.day.arrival[self.row])


Guess = tuple[float, float]  # P50, P90 in minutes; a method that knows no spread gives the same twice
Predictor = Callable[[Asked], Guess]


def predictors(history: History, learnt: Learnt, repetitions: int = REPETITIONS) -> dict[str, Predictor]:
    moments = Moments(history, learnt)
    return {
        "average": lambda _: twice(learnt.mean_wait),
        "rolling": lambda asked: twice(rolling_mean(asked, learnt)),
        "les": lambda asked: twice(last_to_enter_service(asked)),
        "hol": lambda asked: twice(head_of_line(asked)),
        "queue_length": lambda asked: twice(queue_length(asked, learnt)),
        "queue_work": lambda asked: twice(QueueWork(moments, history, learnt).wait(asked)),
        "monte_carlo": lambda asked: monte_carlo(asked, moments, repetitions),
    }


def twice(minutes: float) -> Guess:
    return minutes, minutes


def rolling_mean(asked: Asked, learnt: Learnt) -> float:
    """Of the last ten who were called today."""
    day = asked.day
    called = np.flatnonzero(day.start <= asked.at)
    latest = called[np.argsort(day.start[called], kind="stable")][-ROLLING:]
    return float((day.start[latest] - day.arrival[latest]).mean()) if len(latest) else learnt.mean_wait


def last_to_enter_service(asked: Asked) -> float:
    day = asked.day
    started = np.where(day.start <= asked.at, day.start, -np.inf)
    latest = int(np.argmax(started))
    return float(day.start[latest] - day.arrival[latest]) if np.isfinite(started[latest]) else 0.0


def head_of_line(asked: Asked) -> float:
    """What the one who has waited longest has waited so far."""
    return float(asked.at - asked.day.arrival[asked.waiting].min()) if asked.waiting.any() else 0.0


def queue_length(asked: Asked, learnt: Learnt) -> float:
    """Everybody waiting, and oneself, at the mean of all services, shared among the open counters."""
    usual = learnt.services.usual[learnt.service_of]
    shares = learnt.per_minute.sum(axis=0)
    mean = float((usual * shares).sum() / shares.sum())
    return 0.0 if _somebody_free(asked) else mean * (int(asked.waiting.sum()) + 1) / max(1, int(asked.open_now.sum()))


def _somebody_free(asked: Asked) -> bool:
    day = asked.day
    busy = (day.start <= asked.at) & (asked.at < day.end) & (day.server != UNSERVED)
    busy &= np.arange(len(day.arrival)) < asked.row
    return not asked.waiting.any() and len(set(day.server[busy])) < int(asked.open_now.sum())


class QueueWork:
    """The mean counter time of those ahead in calling order, one's own slot, and whoever will overtake meanwhile, over
    the open counters that can serve one. Who is ahead depends on the wait itself: found by going round a few times.
    """

    def __init__(self, moments: Moments, history: History, learnt: Learnt) -> None:
        self._moments, self._learnt = moments, learnt
        self._rates = np.array([label.rate for label in history.labels])
        self._usual = learnt.services.usual[learnt.service_of] * (1 - learnt.no_show)
        self._may = learnt.serves[learnt.service_of]

    def wait(self, asked: Asked) -> float:
        day, label = asked.day, int(asked.day.label[asked.row])
        mine = asked.open_now & self._may[label]
        counters = int(mine.sum())
        if not counters:
            mine, counters = self._may[label], max(1, int(self._may[label].sum()))
        their_counters = np.maximum(1, (self._may & asked.open_now).sum(axis=1))
        part = (self._may & mine).sum(axis=1) / their_counters  # how much of a label's work falls on my counters
        if not asked.waiting.any() and self._is_free(asked, mine):
            return 0.0
        rate, waited = self._rates[label], asked.at - day.arrival[asked.waiting]
        theirs = day.label[asked.waiting]
        slot = min(int(asked.at // ARRIVAL_MINUTES), len(self._learnt.per_minute) - 1)
        coming = self._learnt.per_minute[slot] * self._moments.level(asked.row, asked.at) * self._usual * part
        own = float(self._usual @ self._learnt.per_minute.sum(axis=0) / self._learnt.per_minute.sum())
        wait = 0.0
        for _ in range(ROUNDS_OF_QUEUE_WORK):
            ahead = self._rates[theirs] * (waited + wait) >= rate * wait
            work = (self._usual[theirs] * part[theirs])[ahead].sum()
            overtaking = (coming * np.maximum(0.0, 1 - rate / np.maximum(self._rates, 1e-9))).sum() * wait
            wait = float(work + own + overtaking) / counters
        return wait

    def _is_free(self, asked: Asked, mine: Bools) -> bool:
        day = asked.day
        busy = (day.start <= asked.at) & (asked.at < day.end) & (day.server != UNSERVED)
        busy &= np.arange(len(day.arrival)) < asked.row
        taken = np.zeros(len(mine), bool)
        taken[day.server[busy]] = True
        return bool((mine & ~taken).any())


def monte_carlo(asked: Asked, moments: Moments, repetitions: int) -> Guess:
    """The coming hours of the hall, lived through many times. The seed is the row, so that a run can be repeated."""
    _, waits = simulate(moments.scenario(asked.day, asked.row), repetitions, asked.row)
    ordered = np.sort(waits[:, 0])
    return float(ordered[len(ordered) // 2]), float(ordered[int(0.9 * len(ordered))])


def asked_of(day: Day, row: int, moments: Moments) -> Asked:
    return Asked(day, row, waits_at(day, row), moments.open_now(day, row))
