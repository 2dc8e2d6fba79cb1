"""Judges “when to come” on a hall's history: what is said of each half hour of a day to come, against what then was.

Said from the days that may be learnt from, of every later day. Beside it stands what anybody could say without a
simulation: the mean wait of the same half hour on those earlier days. Minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from queue_server.foresight.best_time.coming_day import ComingDay, outlooks_of
from queue_server.foresight.best_time.held import HeldTimes, Published, Waits, held_by
from queue_server.foresight.best_time.outlook import HALF_HOUR, HalfHour, Outlook
from queue_server.foresight.habits import Stream
from queue_server.foresight.judge.learning import learn
from queue_server.foresight.judge.moment import Moments
from queue_server.foresight.judge.visits import Day, History

HALL = ""  # a history has no zones


class JudgedTimes(NamedTuple):
    simulated: HeldTimes
    by_past_mean: HeldTimes


def judge_times(train: History, test: History) -> JudgedTimes:
    simulated = simulated_outlooks(train)
    waits = {day.date: waits_of(day, test) for day in test.days}
    past = [past_mean(outlook, [waits_of(day, train) for day in train.days]) for outlook in simulated]

    def held(outlooks: Iterable[Outlook]) -> HeldTimes:
        told = [
            Published(day.date - timedelta(days=1), replace(outlook, day=day.date))
            for day in test.days
            for outlook in outlooks
        ]
        return held_by(told, waits)

    return JudgedTimes(held(simulated), held(past))


def simulated_outlooks(train: History) -> list[Outlook]:
    """Of a usual day, one for each group of classes that wait alike."""
    learnt = learn(train)
    ordinary = np.array([place for place, label in enumerate(train.labels) if label.rate == 1], np.int64)
    begins = tuple(int(slot) * HALF_HOUR for slot in np.flatnonzero(learnt.per_minute.sum(axis=1) > 0))
    day = ComingDay(
        train.days[-1].date,
        Moments(train, learnt).whole_day()._replace(probes=ordinary),
        tuple(Stream(train.labels[place].name, HALL, "ordinary") for place in ordinary),
        begins,
        learnt.level_weight,
        float(begins[-1] + HALF_HOUR),
    )
    return outlooks_of(day)


def past_mean(outlook: Outlook, days: list[Waits]) -> Outlook:
    """The same half hours, as they were on average."""

    def as_it_was(half: HalfHour) -> HalfHour:
        places = [(HALL, service, half.begins) for service in outlook.services]
        found = [wait for day in days for place in places for wait in day.get(place, ())]
        return replace(half, mean=float(np.mean(found)), p90=float(np.quantile(found, 0.9))) if found else half

    return replace(outlook, half_hours=tuple(as_it_was(half) for half in outlook.half_hours))


def waits_of(day: Day, history: History) -> Waits:
    """Of those without priority who were served."""
    found: dict[tuple[str, str, int], list[float]] = {}
    for arrival, start, place in zip(day.arrival, day.start, day.label, strict=True):
        label = history.labels[place]
        if np.isfinite(start) and label.rate == 1:
            begins = int(arrival // HALF_HOUR) * HALF_HOUR
            found.setdefault((HALL, label.name, begins), []).append(float(start - arrival))
    return found
