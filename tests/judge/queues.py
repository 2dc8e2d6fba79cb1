"""Plain queues as scenarios of the simulation, with nothing of a hall but counters and an order of calling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import expon, lognorm

from queue_server.foresight.simulation.run import live
from queue_server.foresight.simulation.scenario import (
    MOST_SERVICES_AFTER,
    Arrivals,
    CallRules,
    Counters,
    Floats,
    Kinds,
    Order,
    Scenario,
    Services,
    Times,
    Waiting,
    known_pace,
)

SLOT = 1000.0  # minutes
SERVICE_POINTS = 20_000
WARM_UP = 0.02  # of a life, and as much before its end


@dataclass(frozen=True, slots=True)
class Class:
    """People of one kind. Their credit grows as `credit + rate × waited`; `service`: what their services may take."""

    service: Floats  # minutes, sorted
    rate: float = 1.0
    credit: float = 0.0
    per_minute: float = 0.0


@dataclass(frozen=True, slots=True)
class Visit:
    at: float
    kind: int


def exponential(mean: float) -> Floats:
    return np.asarray(expon.ppf(_shares()) * mean)


def lognormal(mean: float, variation: float) -> Floats:
    """`variation`: standard deviation ÷ mean."""
    sigma = float(np.sqrt(np.log(1 + variation**2)))
    drawn = np.asarray(lognorm.ppf(_shares(), sigma))
    return drawn * mean / drawn.mean()


def _shares() -> Floats:
    return (np.arange(SERVICE_POINTS) + 0.5) / SERVICE_POINTS


def _no_call_rules(servers: int, kinds: int) -> CallRules:
    none = np.zeros(0)
    return CallRules(
        np.zeros((0, servers), np.bool_), np.zeros((0, kinds), np.bool_), none, none, np.zeros(0, np.bool_)
    )


def queue(
    classes: Sequence[Class], servers: int, until: float, visits: Sequence[Visit] = (), patience: float = np.inf
) -> Scenario:
    """Empty at the beginning. Classes come as Poisson streams, `visits` at their own moments."""
    many = len(classes)
    table = np.full((many, max(len(one.service) for one in classes)), np.inf)
    for place, one in enumerate(classes):
        table[place, : len(one.service)] = one.service
    places, nothing, none = np.arange(many), np.zeros(0), np.zeros(0, np.int64)
    yes, no = np.ones((many, servers), np.bool_), np.zeros(many, np.bool_)
    in_order = sorted(visits, key=lambda visit: visit.at)
    booked = np.array([visit.at for visit in in_order])
    streams = np.tile([one.per_minute for one in classes], (int(np.ceil(until / SLOT)), 1))
    return Scenario(
        Kinds(
            places, np.zeros(many, np.int64), np.array([one.rate for one in classes]),
            np.array([one.credit for one in classes]), no, no, yes, np.zeros((many, servers)), np.zeros(many),
            np.zeros(many), np.full(many, -1),
        ),
        Services(
            table, np.array([len(one.service) for one in classes]), np.array([one.service.mean() for one in classes])
        ),
        Waiting(none, nothing, nothing, none, nothing, np.zeros((0, MOST_SERVICES_AFTER), np.int64)),
        Counters(
            np.zeros(servers, np.int64), np.zeros((servers, 1)), np.full((servers, 1), np.inf), np.ones(servers),
            np.full(servers, -1), np.full(servers, -1.0), np.zeros(servers),
            np.full((servers, MOST_SERVICES_AFTER), -1), np.full(servers, -1), np.zeros(servers),
        ),
        Arrivals(
            SLOT, 0.0, streams, places, booked, booked, np.array([visit.kind for visit in in_order], np.int64),
            np.ones(len(in_order)),
        ),
        _no_call_rules(servers, many),
        Order(0.0, 0, 0.0, np.zeros(1), False),
        Times(np.zeros(1), np.zeros(1), 0.0, patience),
        none,
        known_pace(many),
    )  # fmt: skip


def waits_of(scenario: Scenario, seed: int, horizon: float, repetition: int = 0) -> tuple[Floats, Floats, Floats]:
    """(came, kind, waited) of everybody who was called in one life."""
    lives = live(scenario, 1, seed, horizon, repetition)
    called = np.isfinite(lives.called[0])
    came = lives.came[0][called]
    return came, lives.kinds[0][called], lives.called[0][called] - came


def mean_waits(classes: Sequence[Class], servers: int, until: float, seed: int, lives: int) -> tuple[Floats, Floats]:
    """([classes] mean waits, [classes] shares that waited at all) in the long run; each life's beginning left out."""
    scenario = queue(classes, servers, until)
    waited, waits, many = (np.zeros(len(classes)) for _ in range(3))
    for repetition in range(lives):
        came, kind, wait = waits_of(scenario, seed, until, repetition)
        late = (came > until * WARM_UP) & (came < until * (1 - WARM_UP))
        for place in range(len(classes)):
            own = wait[late & (kind == place)]
            many[place] += len(own)
            waits[place] += own.sum()
            waited[place] += (own > 1e-9).sum()
    return waits / many, waited / many
