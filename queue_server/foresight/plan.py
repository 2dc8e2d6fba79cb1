"""How many desks each zone needs on a day to come, half hour by half hour, and what the usual roster would give.

First by theory (modified offered load, `staffing.py`), then lived through over the hall's own rules, and mended where a
half hour misses the target. Minutes count from midnight of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from queue_server.foresight.habits import ARRIVAL_MINUTES, Floats
from queue_server.foresight.roster import Span, span_table
from queue_server.foresight.scenario_of_day import NONE, SERVES_ON
from queue_server.foresight.simulation.run import live
from queue_server.foresight.simulation.scenario import MOST_SERVICES_AFTER, Bools, Ints, Scenario
from queue_server.foresight.staffing import Target, counters_by_theory
from queue_server.foresight.what_if import quantile

HALF_HOURS = 24 * 60 // ARRIVAL_MINUTES
TRYING, TELLING = 60, 200  # lives
ROUNDS = 16
MOST_DESKS = 60  # of one zone
SOMEBODY = 0.5  # people expected; with fewer a half hour says nothing


class PlanJob(NamedTuple):
    """`scenario`: the day at midnight, empty, with the usual roster. `open`: the hall's hours."""

    number: int
    scenario: Scenario
    per_minute: Floats  # [zones, half hours]
    service_times: tuple[Floats, ...]  # by zone, sorted; walks and pauses among them
    may: Bools  # [zones, kinds] what somebody could call who serves everything there
    open: tuple[Span, ...]
    target: Target


@dataclass(frozen=True, slots=True)
class Waits:
    """[zones, half hours], by when people come. Minutes; nan where nobody is expected, inf: not called that day."""

    median: Floats
    p90: Floats
    late: Floats  # share


@dataclass(frozen=True, slots=True)
class PlanFound:
    arrivals: Floats  # [zones, half hours] people expected
    needed: Ints  # [zones, half hours]
    usual: Ints  # by the roster that is usual
    planned: Waits  # with as many as needed
    as_usual: Waits
    left_over: tuple[float, float]  # people not called by closing: planned, as usual
    holds: bool  # whether the plan holds the target in every half hour, as it was lived through


def plan(job: PlanJob) -> PlanFound:
    needed = np.array(
        [
            counters_by_theory(rates, times, job.target) if rates.sum() > 0 else [0] * HALF_HOURS
            for rates, times in zip(job.per_minute, job.service_times, strict=True)
        ],
        np.int64,
    )
    needed[:, ~_is_open(job.open)] = 0
    needed = np.where((needed == 0) & (job.per_minute > 0) & _is_open(job.open), 1, needed)
    for round_ in range(ROUNDS):
        waits = _live(with_desks(job, needed), job, TRYING, job.number + round_)[0]
        more = missing(waits, job)
        if not more.any() or needed.max(initial=0) >= MOST_DESKS:
            break
        needed = needed + more
    planned, left = _live(with_desks(job, needed), job, TELLING, job.number)
    as_usual, left_as_usual = _live(job.scenario, job, TELLING, job.number)
    return PlanFound(
        job.per_minute * ARRIVAL_MINUTES,
        needed,
        desks_of(job.scenario),
        planned,
        as_usual,
        (left, left_as_usual),
        not bool(_misses(planned, job).any()),
    )


def _is_open(hours: Sequence[Span]) -> Bools:
    begins = np.arange(HALF_HOURS) * float(ARRIVAL_MINUTES)
    return np.array([any(o < b + ARRIVAL_MINUTES and b < c for o, c in hours) for b in begins], bool)


def missing(waits: Waits, job: PlanJob) -> Ints:
    """One desk more in the first half hour of each stretch that misses the target, where what comes later began, and
    in the worst one."""
    misses = _misses(waits, job)
    more = np.zeros(misses.shape, np.int64)
    for zone, own in enumerate(misses):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], own.astype(int), [0]])))
        for begins, ends in edges.reshape(-1, 2):
            more[zone, begins] = 1
            more[zone, begins + int(np.argmax(waits.late[zone, begins:ends]))] = 1
    return np.asarray(more * _is_open(job.open))


def _misses(waits: Waits, job: PlanJob) -> Bools:
    """By more than chance among so many lives."""
    people = job.per_minute * ARRIVAL_MINUTES * TRYING
    error = np.sqrt(job.target.share * (1 - job.target.share) / np.maximum(people, 1.0))
    somebody = job.per_minute * ARRIVAL_MINUTES >= SOMEBODY
    misses: Bools = somebody & (waits.late > job.target.share + error) & _is_open(job.open)
    return misses


def with_desks(job: PlanJob, needed: Ints) -> Scenario:
    """The day with that many desks of each zone: its own counters first, those usually open longest before others,
    then people without a counter."""
    scenario = job.scenario
    zones = scenario.counters.zone
    usual = (np.maximum(scenario.counters.closes, 0) - np.maximum(scenario.counters.opens, 0)).clip(0).sum(axis=1)
    usual = np.where(np.isfinite(usual), usual, 0.0)
    spans: list[list[Span]] = [[] for _ in zones]
    extra: list[tuple[int, list[Span]]] = []
    for zone, own in enumerate(needed):
        here = sorted(np.flatnonzero(zones == zone), key=lambda c: -usual[c])
        for place in range(int(own.max(initial=0))):
            at_work = _spans(own > place, job.open)
            if place < len(here):
                spans[here[place]] = at_work
            else:
                extra.append((zone, at_work))
    return _with_seats(job, spans, extra)


def _spans(at_work: Bools, hours: Sequence[Span]) -> list[Span]:
    """Half hours at work within the hall's hours; whoever is here at the end serves those who still wait."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], at_work.astype(int), [0]]))) * float(ARRIVAL_MINUTES)
    found = [
        (max(float(begins), opens), min(float(ends), closes))
        for begins, ends in edges.reshape(-1, 2)
        for opens, closes in hours
    ]
    spans = [(begins, ends) for begins, ends in found if ends > begins]
    if spans and hours and spans[-1][1] >= hours[-1][1]:
        spans[-1] = (spans[-1][0], spans[-1][1] + SERVES_ON)
    return spans


def _with_seats(job: PlanJob, spans: list[list[Span]], extra: list[tuple[int, list[Span]]]) -> Scenario:
    scenario, many = job.scenario, len(extra)
    counters, kinds, rules = scenario.counters, scenario.kinds, scenario.call_rules
    opens, closes = span_table([*spans, *(own for _, own in extra)])
    zones = np.array([zone for zone, _ in extra], np.int64)
    seats = counters._replace(
        zone=np.concatenate([counters.zone, zones]),
        opens=opens,
        closes=closes,
        speed=np.concatenate([counters.speed, np.ones(many)]),
        serving=np.concatenate([counters.serving, np.full(many, NONE)]),
        served_for=np.concatenate([counters.served_for, np.full(many, -1.0)]),
        serving_from=np.concatenate([counters.serving_from, np.zeros(many)]),
        serving_then=np.concatenate([counters.serving_then, np.full((many, MOST_SERVICES_AFTER), NONE)]),
        calls_since_priority=np.concatenate([counters.calls_since_priority, np.full(many, NONE)]),
        idle_since=np.concatenate([counters.idle_since, np.zeros(many)]),
    )
    return scenario._replace(
        counters=seats,
        kinds=kinds._replace(
            may=np.concatenate([kinds.may, job.may[zones].T], axis=1),
            preference=np.concatenate([kinds.preference, np.zeros((len(kinds.zone), many))], axis=1),
        ),
        call_rules=rules._replace(
            counters=np.concatenate([rules.counters, np.zeros((len(rules.counters), many), bool)], axis=1)
        ),
    )


def desks_of(scenario: Scenario) -> Ints:
    """[zones, half hours] counters that are open in the middle of each."""
    counters = scenario.counters
    middles = (np.arange(HALF_HOURS) + 0.5) * ARRIVAL_MINUTES
    spans = (counters.opens[:, :, None] <= middles) & (middles < counters.closes[:, :, None])
    open_then: Bools = np.any(spans, axis=1)
    zones = len(scenario.order.overtaken_seconds)
    return np.array([open_then[counters.zone == zone].sum(axis=0) for zone in range(zones)], np.int64)


def _live(scenario: Scenario, job: PlanJob, repetitions: int, seed: int) -> tuple[Waits, float]:
    """Waits by when people come, and how many a day are not called before closing."""
    closing = job.open[-1][1] if job.open else HALF_HOURS * float(ARRIVAL_MINUTES)
    lives = live(scenario, repetitions, seed, closing + SERVES_ON)
    came = np.isfinite(lives.came)
    at, called, kinds = lives.came[came], lives.called[came], lives.kinds[came]
    zones, slots, waits = scenario.kinds.zone[kinds], (at // ARRIVAL_MINUTES).astype(int), called - at
    median, p90, late = (np.full(job.per_minute.shape, np.nan) for _ in range(3))
    for zone in range(len(job.per_minute)):
        for slot in np.unique(slots[zones == zone]):
            own = waits[(zones == zone) & (slots == slot)]
            median[zone, slot], p90[zone, slot] = quantile(own, 0.5), quantile(own, 0.9)
            late[zone, slot] = float((own > job.target.minutes).mean())
    left = float((called > closing).sum()) / repetitions
    return Waits(median, p90, late), left
