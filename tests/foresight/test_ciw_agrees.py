"""Ciw as an oracle: given the same people and the same services, both simulators call everybody at the same moment."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from queue_server.foresight.erlang import erlang_a
from tests.judge.ciw_queues import share_that_waits_with_patience, waits_in_ciw
from tests.judge.queues import Class, Visit, exponential, queue, waits_of

STRICT = 1e9  # minutes of credit that no wait reaches
A_DAY = 480.0


@pytest.mark.parametrize("servers", [1, 2, 5])
@pytest.mark.parametrize("classes", [1, 2, 3])
def test_each_visitor_waits_as_long_in_ciw(servers: int, classes: int) -> None:
    for seed in range(3):
        chance = Random(f"{seed}/{servers}/{classes}")
        arrivals: list[list[float]] = [[] for _ in range(classes)]
        services: list[list[float]] = [[] for _ in range(classes)]
        at = 0.0
        while (at := at + chance.expovariate(0.95 * servers / 6)) < A_DAY:
            place = chance.randrange(classes)
            arrivals[place].append(at)
            services[place].append(chance.lognormvariate(1.6, 0.7))

        theirs = waits_in_ciw(arrivals, services, servers, 10 * A_DAY)
        ours = waits_in_ours(arrivals, services, servers)

        assert sum(len(own) for own in ours) > 50
        for own, other in zip(ours, theirs, strict=True):
            assert own == pytest.approx(other, abs=1e-6)


def waits_in_ours(arrivals: list[list[float]], services: list[list[float]], servers: int) -> list[list[float]]:
    """Everybody is a kind of their own here, since their service is theirs; class 0 stands before all others."""
    people = [
        (at, place, took)
        for place, (own, times) in enumerate(zip(arrivals, services, strict=True))
        for at, took in zip(own, times, strict=True)
    ]
    kinds = [Class(np.array([took]), credit=STRICT * (len(arrivals) - place)) for _, place, took in people]
    visits = [Visit(at, kind) for kind, (at, _, _) in enumerate(people)]
    _, kind, waited = waits_of(queue(kinds, servers, 10 * A_DAY, visits), 1, 10 * A_DAY)
    by_kind = dict(zip(kind.tolist(), waited.tolist(), strict=True))
    places = np.array([place for _, place, _ in people])
    return [[by_kind[int(one)] for one in np.flatnonzero(places == place)] for place in range(len(arrivals))]


def test_where_people_lose_patience_as_many_find_all_counters_busy() -> None:
    """λ 10, μ 1, θ .5, ten counters: Palm 1957 says .6197 wait."""
    expected, leaves, _ = erlang_a(10, 10.0, 1.0, 0.5)
    until = 1500.0

    theirs, left = share_that_waits_with_patience(10.0, 1.0, 2.0, 10, until, seed=4)
    came, _, waited = waits_of(queue([Class(exponential(1.0), per_minute=10.0)], 10, until, patience=2.0), 4, until)
    ours = float((waited[came > until / 50] > 1e-9).mean())

    assert theirs == pytest.approx(expected, rel=0.05)
    assert left == pytest.approx(leaves, rel=0.1)
    assert ours == pytest.approx(expected, rel=0.05)
