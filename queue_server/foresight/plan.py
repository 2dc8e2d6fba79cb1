"""How many desks each zone needs on a day to come, half hour by half hour, and what the usual roster would give.

Desks are of the kinds that the zone's counters are: those that serve everything there, those for loans alone. First by
theory (modified offered load, `staffing.py`), then lived through over the hall's own rules, and mended where people
whom a kind of desk is for miss the target. Minutes count from midnight of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from queue_server.foresight.habits import ARRIVAL_MINUTES, Floats
from queue_server.foresight.roster import Span, span_table
from queue_server.foresight.scenario_of_day import SERVES_ON
from queue_server.foresight.simulation.scenario import MOST_SERVICES_AFTER, NONE, Bools, Ints, Scenario
from queue_server.foresight.staffing import Target, counters_by_theory
from queue_server.foresight.what_if import quantile

HALF_HOURS = 24 * 60 // ARRIVAL_MINUTES
TRYING, TELLING = 60, 200  # lives
ROUNDS = 16
MOST_DESKS = 60  # of one zone
SOMEBODY = 0.5  # people expected; with fewer a half hour says nothing


class Demand(NamedTuple):
    """Of some people: arrivals a minute by half hours, and the minutes a desk has to do with one, sorted."""

    per_minute: Floats
    service_times: Floats


class DeskKind(NamedTuple):
    """`own`: the people it is for in the plan: those whom no kind of desk for less can serve.

    The first kind of each zone serves everything there.
    """

    zone: int
    may: Bools  # [kinds]
    counters: Ints  # places of those that the zone has
    own: Bools  # [kinds]
    demand: Demand  # of its own people


class PlanJob(NamedTuple):
    """`scenario`: the day at midnight, empty, with the usual roster. `open`: the hall's hours."""

    number: int
    scenario: Scenario
    demand: tuple[Demand, ...]  # by zone
    desks: tuple[DeskKind, ...]
    open: tuple[Span, ...]
    target: Target

    @property
    def per_minute(self) -> Floats:
        """[zones, half hours]"""
        return np.array([zone.per_minute for zone in self.demand])

    @property
    def zone_of_desks(self) -> Ints:
        return np.array([kind.zone for kind in self.desks], np.int64)

    def by_zone(self, desks: Ints) -> Ints:
        """[desk kinds, …] → [zones, …]"""
        return np.array([desks[self.zone_of_desks == zone].sum(axis=0) for zone in range(len(self.demand))], np.int64)


@dataclass(frozen=True, slots=True)
class Waits:
    """[zones or desk kinds, half hours], by when people come. Minutes; nan: nobody is expected, inf: not called."""

    median: Floats
    p90: Floats
    late: Floats  # share


@dataclass(frozen=True, slots=True)
class PlanFound:
    arrivals: Floats  # [zones, half hours] people expected
    needed: Ints  # [zones, half hours]
    usual: Ints  # by the roster that is usual
    planned: Waits  # [zones, half hours] with as many as needed
    as_usual: Waits
    needed_of: Ints  # [desk kinds, half hours]
    usual_of: Ints
    usual_late_of: Floats  # [desk kinds, half hours] share of the people it is for
    left_over: tuple[float, float]  # people not called by closing: planned, as usual
    holds: bool  # whether the plan holds the target in every half hour, as it was lived through


def plan(job: PlanJob) -> PlanFound:
    needed, planned = _mended(by_theory(job), job)
    as_usual = _live(job.scenario, job, TELLING, job.number)
    usual = desks_of(job.scenario, job)
    return PlanFound(
        job.per_minute * ARRIVAL_MINUTES,
        job.by_zone(needed),
        job.by_zone(usual),
        planned.of_zones,
        as_usual.of_zones,
        needed,
        usual,
        as_usual.of_desks.late,
        (planned.left_over, as_usual.left_over),
        not bool(_misses(planned.of_desks, job).any()),
    )


def _mended(needed: Ints, job: PlanJob) -> tuple[Ints, Lived]:
    """With desks more until no half hour misses the target: first in few lives, then in as many as are told of."""
    lives = TRYING
    for round_ in range(ROUNDS):
        lived = waits_with(needed, job, lives, job.number + (round_ if lives == TRYING else 0))
        more = missing(lived.of_desks, job, lives)
        if not more.any() and lives == TELLING:
            return needed, lived
        lives = lives if more.any() else TELLING
        if needed.max(initial=0) >= MOST_DESKS:
            break
        needed = needed + more
    return needed, waits_with(needed, job)


def by_theory(job: PlanJob) -> Ints:
    """[desk kinds, half hours]: as many in all as the zone needs if every desk served everything. Those for some
    services alone get what the others' people leave of them, and no more than their own people need."""
    needed = np.zeros((len(job.desks), HALF_HOURS), np.int64)
    for zone, demand in enumerate(job.demand):
        places = np.flatnonzero(job.zone_of_desks == zone)
        whole = _theory(demand, job)
        everything, *some = places
        left = np.maximum(whole - _theory(job.desks[everything].demand, job), 0)
        for place in some:
            needed[place] = np.minimum(_theory(job.desks[place].demand, job), left)
            left = left - needed[place]
        needed[everything] = whole - needed[some].sum(axis=0)
    return needed


def _theory(demand: Demand, job: PlanJob) -> Ints:
    if not demand.per_minute.sum():
        return np.zeros(HALF_HOURS, np.int64)
    found = np.array(counters_by_theory(demand.per_minute, demand.service_times, job.target), np.int64)
    is_open = _is_open(job.open)
    return np.where(is_open, np.where((found == 0) & (demand.per_minute > 0), 1, found), 0)


def _is_open(hours: Sequence[Span]) -> Bools:
    begins = np.arange(HALF_HOURS) * float(ARRIVAL_MINUTES)
    return np.array([any(o < b + ARRIVAL_MINUTES and b < c for o, c in hours) for b in begins], bool)


def missing(waits: Waits, job: PlanJob, lives: int = TELLING) -> Ints:
    """[desk kinds, half hours]. Where the people of a kind miss the target: one desk of it more in the first half hour
    of each stretch, where what comes later began, and in the worst one."""
    misses = _misses(waits, job, lives)
    more = np.zeros(misses.shape, np.int64)
    for kind, own in enumerate(misses):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], own.astype(int), [0]])))
        for begins, ends in edges.reshape(-1, 2):
            more[kind, begins] = 1
            more[kind, begins + int(np.argmax(waits.late[kind, begins:ends]))] = 1
    return np.asarray(more * _is_open(job.open))


def _misses(waits: Waits, job: PlanJob, lives: int = TELLING) -> Bools:
    """[desk kinds, half hours] by more than chance among so many lives."""
    expected = np.array([kind.demand.per_minute for kind in job.desks]) * ARRIVAL_MINUTES
    error = np.sqrt(job.target.share * (1 - job.target.share) / np.maximum(expected * lives, 1.0))
    misses: Bools = (expected >= SOMEBODY) & (waits.late > job.target.share + error) & _is_open(job.open)
    return misses


def with_desks(job: PlanJob, needed: Ints) -> Scenario:
    """The day with that many desks of each kind: the zone's own counters first, those usually open longest before
    others, then people without a counter."""
    counters = job.scenario.counters
    usual = (np.maximum(counters.closes, 0) - np.maximum(counters.opens, 0)).clip(0).sum(axis=1)
    usual = np.where(np.isfinite(usual), usual, 0.0)
    spans: list[list[Span]] = [[] for _ in counters.zone]
    extra: list[tuple[DeskKind, list[Span]]] = []
    for kind, own in zip(job.desks, needed, strict=True):
        here = sorted(kind.counters, key=lambda c: -usual[c])
        for place in range(int(own.max(initial=0))):
            at_work = _spans(own > place, job.open)
            if place < len(here):
                spans[here[place]] = at_work
            else:
                extra.append((kind, at_work))
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


def _with_seats(job: PlanJob, spans: list[list[Span]], extra: list[tuple[DeskKind, list[Span]]]) -> Scenario:
    scenario, many = job.scenario, len(extra)
    counters, kinds, rules = scenario.counters, scenario.kinds, scenario.call_rules
    opens, closes = span_table([*spans, *(own for _, own in extra)])
    zones = np.array([kind.zone for kind, _ in extra], np.int64)
    may = np.array([kind.may for kind, _ in extra], np.bool_).reshape(many, len(kinds.zone))
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
            may=np.concatenate([kinds.may, may.T], axis=1),
            preference=np.concatenate([kinds.preference, np.zeros((len(kinds.zone), many))], axis=1),
        ),
        call_rules=rules._replace(
            counters=np.concatenate([rules.counters, np.zeros((len(rules.counters), many), bool)], axis=1)
        ),
    )


def desks_of(scenario: Scenario, job: PlanJob) -> Ints:
    """[desk kinds, half hours] the hall's counters that are open in the middle of each."""
    counters = scenario.counters
    middles = (np.arange(HALF_HOURS) + 0.5) * ARRIVAL_MINUTES
    spans = (counters.opens[:, :, None] <= middles) & (middles < counters.closes[:, :, None])
    open_then: Bools = np.any(spans, axis=1)
    return np.array([open_then[kind.counters].sum(axis=0) for kind in job.desks], np.int64)


class Lived(NamedTuple):
    of_zones: Waits
    of_desks: Waits
    left_over: float  # people a day who are not called before closing


def waits_with(needed: Ints, job: PlanJob, repetitions: int = TELLING, seed: int | None = None) -> Lived:
    """The day lived with that many desks of each kind."""
    return _live(with_desks(job, needed), job, repetitions, job.number if seed is None else seed)


def _live(scenario: Scenario, job: PlanJob, repetitions: int, seed: int) -> Lived:
    from queue_server.foresight.simulation.run import live  # with numba, for the simulating process alone

    closing = job.open[-1][1] if job.open else HALF_HOURS * float(ARRIVAL_MINUTES)
    lives = live(scenario, repetitions, seed, closing + SERVES_ON)
    came = np.isfinite(lives.came)
    at, called, kinds = lives.came[came], lives.called[came], lives.kinds[came]
    waits, slots = called - at, (at // ARRIVAL_MINUTES).astype(int)
    zones = [scenario.kinds.zone == zone for zone in range(len(job.demand))]
    return Lived(
        _waits(zones, kinds, slots, waits, job),
        _waits([kind.own for kind in job.desks], kinds, slots, waits, job),
        float((called > closing).sum()) / repetitions,
    )


def _waits(groups: Sequence[Bools], kinds: Ints, slots: Ints, waits: Floats, job: PlanJob) -> Waits:
    """`groups`: of each, which kinds of people. By when people come."""
    median, p90, late = (np.full((len(groups), HALF_HOURS), np.nan) for _ in range(3))
    for place, group in enumerate(groups):
        mine = group[kinds]
        for slot in np.unique(slots[mine]):
            own = waits[mine & (slots == slot)]
            median[place, slot], p90[place, slot] = quantile(own, 0.5), quantile(own, 0.9)
            late[place, slot] = float((own > job.target.minutes).mean())
    return Waits(median, p90, late)
