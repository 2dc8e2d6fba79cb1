"""Erlang's formulas, for first guesses at staffing; a plan is then lived through by the simulation.

`load` is arrivals × mean service (in erlang), `rate` things a time unit; waits come out in the same unit.
"""

from __future__ import annotations

import math

NEGLIGIBLE = 1e-14  # of the likeliest state


def erlang_b(servers: int, load: float) -> float:
    """Chance that all servers are busy when nobody waits. Recursion of Jagerman: stable for any size."""
    inverse = 1.0
    for n in range(1, servers + 1):
        inverse = 1 + inverse * n / load
    return 1 / inverse


def erlang_c(servers: int, load: float) -> float:
    """Chance that somebody who comes has to wait (Erlang 1917); 1 when the work exceeds the servers."""
    if load <= 0:
        return 0.0
    if servers <= load:
        return 1.0
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def waits_longer(servers: int, arrivals: float, service: float, than: float) -> float:
    """P(wait > than) in M/M/s; `service` is the mean service time."""
    load = arrivals * service
    if servers <= load:
        return 1.0
    return erlang_c(servers, load) * math.exp(-(servers / service - arrivals) * than)


def mean_wait(servers: int, arrivals: float, service: float) -> float:
    """Mean wait of all who come, those who need not wait among them (average speed of answer)."""
    load = arrivals * service
    if servers <= load:
        return math.inf
    return erlang_c(servers, load) / (servers / service - arrivals)


def servers_for(arrivals: float, service: float, than: float, risk: float) -> int:
    """The fewest servers with P(wait > than) ≤ risk."""
    servers = max(1, math.floor(arrivals * service) + 1)
    while waits_longer(servers, arrivals, service, than) > risk:
        servers += 1
    return servers


def erlang_a(servers: int, arrivals: float, service_rate: float, leaving_rate: float) -> tuple[float, float, float]:
    """(P(wait), P(leave unserved), mean wait of all) in M/M/s+M (Palm 1957): whoever waits leaves at `leaving_rate`.

    By the stationary distribution itself, added up until what is left no longer matters.
    """
    weights = [1.0]
    while len(weights) <= servers or weights[-1] > NEGLIGIBLE * max(weights):
        n = len(weights)
        leaves = min(n, servers) * service_rate + max(0, n - servers) * leaving_rate
        weights.append(weights[-1] * arrivals / leaves)
    total = sum(weights)
    waits = sum(weights[servers:]) / total
    queue = sum((n - servers) * weight for n, weight in enumerate(weights) if n > servers) / total
    return waits, leaving_rate * queue / arrivals, queue / arrivals


def wait_given_ahead(ahead: int, servers: int, service_rate: float, leaving_rate: float) -> float:
    """E[W | ahead] with all servers busy: Σ_{i=0..ahead} 1 ÷ (s·μ + i·θ)."""
    return sum(1 / (servers * service_rate + i * leaving_rate) for i in range(ahead + 1))
