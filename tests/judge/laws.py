"""The simulation in the long run against what queueing theory knows exactly: the largest relative error of each law."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from queue_server.foresight.erlang import erlang_a, erlang_c, mean_wait
from queue_server.foresight.simulation.scenario import Floats
from tests.judge.ciw_queues import share_that_waits_with_patience
from tests.judge.queues import Class, exponential, lognormal, mean_waits, queue, waits_of

UNTIL = 400_000.0  # minutes of one life
APQ_LIVES, CONSERVED_LIVES, ERLANG_LIVES = 3, 20, 12  # more where luck is not taken out
ERLANG_VISITS = 250_000  # of one life
STRICT = 1e9  # minutes of credit that no wait reaches
APQ = {  # M/M/1, arrivals .2 and .65 a minute, service 1: rate of the faster class → (its mean wait, the other's)
    1.0: (5.6667, 5.6667),
    2.0: (3.6204, 6.2963),
    4.0: (2.4167, 6.6667),
    STRICT: (1.0625, 7.0833),
}
ERLANG_C = ((5, 6), (10, 12))  # (load, servers)
ORDERS = (Class(np.ones(1)), Class(np.ones(1), rate=2.0), Class(np.ones(1), credit=STRICT))


def apq(seed: int) -> float:
    """Kleinrock 1964; Stanford, Taylor and Ziedins 2014: mean waits under accumulating priority."""
    errors = []
    for rate, expected in APQ.items():
        first = Class(exponential(1.0), per_minute=0.2, **({"credit": STRICT} if rate == STRICT else {"rate": rate}))
        classes = [first, Class(exponential(1.0), per_minute=0.65)]
        found, _ = mean_waits(classes, 1, UNTIL, seed, APQ_LIVES)
        errors += _off(luckless(found, classes), expected)
    return max(errors)


def erlang_waits(seed: int) -> float:
    """Erlang 1917: the share that waits, and the mean wait."""
    errors = []
    for load, servers in ERLANG_C:
        classes = [Class(exponential(1.0), per_minute=load)]
        waits, waited = mean_waits(classes, servers, ERLANG_VISITS / load, seed, ERLANG_LIVES)
        errors += _off(waited, [erlang_c(servers, load)]) + _off(waits, [mean_wait(servers, load, 1.0)])
    return max(errors)


def impatience(seed: int) -> tuple[float, float]:
    """Palm 1957, λ 10, μ 1, θ .5, ten servers: the share that waits, in ours and in Ciw."""
    expected, _, _ = erlang_a(10, 10.0, 1.0, 0.5)
    until = UNTIL / 10
    came, _, waited = waits_of(queue([Class(exponential(1.0), per_minute=10.0)], 10, until, patience=2.0), seed, until)
    ours = float((waited[came > until / 50] > 1e-9).mean())
    theirs, _ = share_that_waits_with_patience(10.0, 1.0, 2.0, 10, until / 10, seed)
    return abs(ours / expected - 1), abs(theirs / expected - 1)


def conservation(seed: int) -> float:
    """Kleinrock 1965: whatever the order, Σ ρ_k W_k = ρ W0 ÷ (1 − ρ), W0 = Σ λ_k E[S_k²] ÷ 2. One server, services
    of two kinds."""
    errors = []
    for order in ORDERS:
        classes = [
            Class(lognormal(2.0, 0.8), order.rate, order.credit, per_minute=0.15),
            Class(lognormal(1.0, 0.6), per_minute=0.5),
        ]
        found, _ = mean_waits(classes, 1, UNTIL, seed, CONSERVED_LIVES)
        loads = np.array([one.per_minute * one.service.mean() for one in classes])
        errors += _off([float(loads @ found)], [_work(classes)])
    return max(errors)


def _work(classes: Sequence[Class]) -> float:
    rho = sum(one.per_minute * one.service.mean() for one in classes)
    w0 = sum(one.per_minute * float((one.service**2).mean()) / 2 for one in classes)
    return rho * w0 / (1 - rho)


def luckless(found: Floats, classes: Sequence[Class]) -> Floats:
    """Means freed of the luck of the run: how much work came by chance is known, and the same for every order."""
    loads = np.array([one.per_minute * one.service.mean() for one in classes])
    return found * _work(classes) / float(loads @ found)


def _off(found: Sequence[float] | Floats, expected: Sequence[float]) -> list[float]:
    return [abs(float(one) / other - 1) for one, other in zip(found, expected, strict=True)]
