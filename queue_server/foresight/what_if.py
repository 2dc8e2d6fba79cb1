"""What a change of the counters would do, lived through on the hall as it stands: “open counter 6 now”, “two coaches
more”, “lunch half an hour later”. The same people with the same luck with and without the change, so that only the
change differs and a difference that chance alone could make is told apart from an effect.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from queue_server.foresight.simulation.scenario import Bools, Floats, Scenario

if TYPE_CHECKING:
    from queue_server.foresight.simulation.run import Lives

LOOKS_AHEAD_MINUTES = 120.0  # whoever comes within them is counted too
REPETITIONS = 200
BATCH = 20  # lives of each scenario between two looks at the clock, and the fewest that are lived
ROUGH_BELOW = 60  # lives
BEYOND_CHANCE = 3.0  # standard errors of the mean difference
WORTH_SAYING = 2.0  # minutes; less would not be felt in the hall


class CompareJob(NamedTuple):
    """`scenarios`: the hall as it stands, then each variant of it, with the same people and the same kinds."""

    number: int
    scenarios: tuple[Scenario, ...]
    waited: Floats  # [N] minutes that those waiting now have waited so far
    groups: Bools  # [G, K] which kinds make up each group that is asked about
    closes_in: float  # minutes; inf: no hours
    horizon: float  # minutes lived
    seconds: float  # after which no further batch is begun
    repetitions: int = REPETITIONS


class Waits(NamedTuple):
    """Of the people of one group, with what they have waited already. Minutes; inf: not called within the horizon."""

    people: float
    median: float
    p90: float
    longest: float  # the middle one of all lives
    longest_low: float  # P10 …
    longest_high: float  # … and P90 of all lives


class Range(NamedTuple):
    mean: float
    low: float  # P10 of all lives
    high: float  # P90


class Difference(NamedTuple):
    """After less before, life by life. `beyond_chance`: more than lives alone would differ."""

    mean: float
    low: float
    high: float
    beyond_chance: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """Of one scenario. [groups]"""

    groups: tuple[Waits, ...]
    called_today: Range  # before closing, of those who wait and those who come before closing
    left_over: Range  # the others of them


@dataclass(frozen=True, slots=True)
class Variant:
    outlook: Outlook
    longest: tuple[Difference, ...]  # by group
    average: tuple[Difference, ...]  # by group
    left_over: Difference
    hours_saved: Difference  # of all people together; below nothing when the change costs more than it gives


@dataclass(frozen=True, slots=True)
class Compared:
    repetitions: int
    before: Outlook
    variants: tuple[Variant, ...]


class _Felt(NamedTuple):
    """Life by life, [R] or [G, R]."""

    longest: Floats
    average: Floats
    minutes: Floats
    people: Floats
    called: Floats
    left: Floats
    pooled: tuple[Floats, ...]  # by group: the waits of everybody in all lives


def compare(job: CompareJob, now: Callable[[], float] = time.monotonic) -> Compared:
    """Lives batch after batch until there are enough, or the time is up; always at least one batch."""
    from queue_server.foresight.simulation.run import live, own_paces  # with numba, for the simulating process alone

    felt: list[list[_Felt]] = [[] for _ in job.scenarios]
    paces = [own_paces(scenario) for scenario in job.scenarios]
    began, done = now(), 0
    while done < job.repetitions and (done == 0 or now() - began < job.seconds):
        for place, scenario in enumerate(job.scenarios):
            alone = scenario._replace(probes=scenario.probes[:0])
            lives = live(alone, BATCH, job.number, job.horizon, done, paces[place])
            felt[place].append(_felt(lives, job))
        done += BATCH
    together = [_together(batches) for batches in felt]
    before = together[0]
    return Compared(done, _outlook(before), tuple(_variant(before, after) for after in together[1:]))


def _felt(lives: Lives, job: CompareJob) -> _Felt:
    waiting_kinds = job.scenarios[0].waiting.kind
    newcomers = lives.called - np.where(np.isfinite(lives.came), lives.came, 0.0)
    waits = np.concatenate([lives.waits + job.waited, newcomers], axis=1)
    soon = lives.came <= min(LOOKS_AHEAD_MINUTES, job.closes_in)
    counts = np.concatenate([np.ones(lives.waits.shape, bool), soon], axis=1)
    kinds = np.concatenate([np.broadcast_to(waiting_kinds, lives.waits.shape), lives.kinds], axis=1)
    capped = np.minimum(waits, job.horizon)
    longest, average, minutes, people, pooled = [], [], [], [], []
    for group in job.groups:
        mine = counts & np.append(group, False)[kinds]  # −1, nobody, is of no group
        own = np.where(mine, capped, 0.0)
        many = mine.sum(axis=1)
        longest.append(np.where(mine, waits, 0.0).max(axis=1, initial=0.0))
        average.append(own.sum(axis=1) / np.maximum(many, 1))
        minutes.append(own.sum(axis=1))
        people.append(many)
        pooled.append(waits[mine])
    until_closing = np.concatenate([np.ones(lives.waits.shape, bool), lives.came <= job.closes_in], axis=1)
    until_closing &= np.isfinite(np.concatenate([np.zeros(lives.waits.shape), lives.came], axis=1))
    in_time = np.concatenate([lives.waits, lives.called], axis=1) <= min(job.closes_in, job.horizon)
    called = (until_closing & in_time).sum(axis=1)
    left = until_closing.sum(axis=1) - called
    return _Felt(
        np.array(longest, float),
        np.array(average, float),
        np.array(minutes, float),
        np.array(people, float),
        np.array(called, float),
        np.array(left, float),
        tuple(pooled),
    )


def _together(batches: Sequence[_Felt]) -> _Felt:
    def end_to_end(name: str) -> Floats:
        return np.concatenate([getattr(one, name) for one in batches], axis=-1)

    return _Felt(
        longest=end_to_end("longest"),
        average=end_to_end("average"),
        minutes=end_to_end("minutes"),
        people=end_to_end("people"),
        called=end_to_end("called"),
        left=end_to_end("left"),
        pooled=tuple(np.concatenate(parts) for parts in zip(*(one.pooled for one in batches), strict=True)),
    )


def _outlook(felt: _Felt) -> Outlook:
    groups = (
        Waits(float(people.mean()), quantile(pool, 0.5), quantile(pool, 0.9), *_three(longest))
        for people, pool, longest in zip(felt.people, felt.pooled, felt.longest, strict=True)
    )
    return Outlook(tuple(groups), _range(felt.called), _range(felt.left))


def _three(values: Floats) -> tuple[float, float, float]:
    return quantile(values, 0.5), quantile(values, 0.1), quantile(values, 0.9)


def quantile(values: Floats, share: float) -> float:
    """Nearest rank, as everywhere in the hall: it knows what to do with those who are never called. 0 of nothing."""
    if not len(values):
        return 0.0
    place = max(0, math.ceil(share * len(values)) - 1)
    return float(np.partition(values, place)[place])


def _range(values: Floats) -> Range:
    return Range(float(values.mean()), quantile(values, 0.1), quantile(values, 0.9))


def _variant(before: _Felt, after: _Felt) -> Variant:
    def by_group(one: Floats, other: Floats) -> tuple[Difference, ...]:
        return tuple(difference(b, a) for b, a in zip(one, other, strict=True))

    everybody = 0  # the first group
    return Variant(
        _outlook(after),
        by_group(before.longest, after.longest),
        by_group(before.average, after.average),
        difference(before.left, after.left),
        difference(after.minutes[everybody] / 60, before.minutes[everybody] / 60),
    )


def difference(before: Floats, after: Floats) -> Difference:
    """Life by life. Lives in which either never ends say nothing of how much, and count as the longest there is."""
    finite = np.concatenate([before[np.isfinite(before)], after[np.isfinite(after)]])
    most = finite.max(initial=0.0)
    apart = np.minimum(after, most) - np.minimum(before, most)
    error = float(apart.std(ddof=1)) / math.sqrt(len(apart)) if len(apart) > 1 else math.inf
    mean = float(apart.mean())
    return Difference(mean, quantile(apart, 0.1), quantile(apart, 0.9), abs(mean) > BEYOND_CHANCE * error)
