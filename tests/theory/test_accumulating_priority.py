"""The calling order against queueing theory: mean waits in M/M/1 and M/M/s under accumulating priority.

Formula of Kleinrock 1964; Stanford, Taylor and Ziedins 2014. From the slowest class upward, with b the rates,
W_p = [W0/(1-rho) - sum_{slower} rho_i W_i (1 - b_i/b_p)] / [1 - sum_{faster} rho_i (1 - b_p/b_i)].

The simulated hall calls by `choose` over the real lines, with guard, budget and delay limit turned off: the theory has
none of them. Time is in minutes.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import linear_regression, mean

import pytest

from queue_server.domain.apply.base import leave_queue, wait
from queue_server.domain.choice import choose
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Counter, HallRules, Limits, OrderClass, Purpose, Service, Zone
from queue_server.domain.ticket import Stage, Ticket
from tests.story import RULES

ZERO = datetime(2026, 1, 1, tzinfo=UTC)
LIMITS = Limits(longest_wait_minutes=0, priority_one_in=0, priority_delay_minutes=0)
SEED = 20260101
BATCHES = 60
STRICT = 1e9  # seconds of credit that no wait reaches
CARE_SHARE = 0.2 / 0.85  # arrivals .2 and .65 a minute


def erlang_c(servers: int, load: float) -> float:
    """Chance that an arrival waits; `load` is arrivals × mean service."""
    inverse_b = 1.0
    for n in range(1, servers + 1):
        inverse_b = 1 + inverse_b * n / load
    blocked = 1 / inverse_b
    rho = load / servers
    return blocked / (1 - rho * (1 - blocked))


def theory(rates: Sequence[float], shares: Sequence[float], rho: float, w0: float) -> list[float]:
    """Mean waits of the classes, slowest first. `shares` of `rho`; `w0` is the wait for the service under way."""
    waits: list[float] = []
    for p, own in enumerate(rates):
        slower = sum(rho * shares[i] * waits[i] * (1 - rates[i] / own) for i in range(p))
        faster = sum(rho * shares[i] * (1 - own / rates[i]) for i in range(p + 1, len(rates)))
        waits.append((w0 / (1 - rho) - slower) / (1 - faster))
    return waits


@pytest.mark.parametrize(
    ("ratio", "care", "ordinary"),
    [(1.0, 5.6667, 5.6667), (2.0, 3.6204, 6.2963), (4.0, 2.4167, 6.6667), (1e9, 1.0625, 7.0833)],
)
def test_the_formula_gives_the_published_values(ratio: float, care: float, ordinary: float) -> None:
    # M/M/1, arrivals (.2, .65), service 1: rho .85 and W0 = .85
    found = theory([1.0, ratio], [0.65 / 0.85, 0.2 / 0.85], 0.85, 0.85)

    assert found == pytest.approx([ordinary, care], abs=0.0001)


def hall(servers: int, care: OrderClass) -> HallDay:
    rules: HallRules = replace(
        RULES,
        zones={"z": Zone("z", Purpose.COUNTER)},
        services={"s": Service("s", "S", coaching=False, minutes=1)},
        counters={str(n): Counter(str(n), "z") for n in range(servers)},
        limits=LIMITS,
        care=care,
    )
    return HallDay(rules, date(2026, 1, 1))


def simulated(servers: int, care: OrderClass, visitors: int) -> list[tuple[bool, float]]:
    """(care, minutes waited) of everybody, in the order they were called."""
    print(f"seed {SEED}")
    chance = Random(SEED)
    day = hall(servers, care)
    rate = 0.85 * servers
    counters = list(day.rules.counters.values())
    free = [counter.id for counter in counters]
    busy: list[tuple[float, str]] = []
    waits: list[tuple[bool, float]] = []
    arrival, number = 0.0, 0

    def start(counter: str, now: float) -> None:
        choice = choose(day.rules.counters[counter], day, ZERO + timedelta(minutes=now))
        if choice is None:
            free.append(counter)
            return
        leave_queue(day, choice.ticket)
        choice.ticket.stage = Stage.SERVED
        waits.append((choice.ticket.care, now - (choice.ticket.order_from - ZERO).total_seconds() / 60))
        heapq.heappush(busy, (now + chance.expovariate(1.0), counter))

    while number < visitors:
        arrival += chance.expovariate(rate)
        while busy and busy[0][0] <= arrival:
            now, counter = heapq.heappop(busy)
            start(counter, now)
        number += 1
        when = ZERO + timedelta(minutes=arrival)
        wait(day, Ticket(str(number), number, "s", "z", chance.random() < CARE_SHARE, "zh", "k", when, when, number))
        if free:
            start(free.pop(), arrival)
    return waits


def corrected(waits: list[tuple[bool, float]], care: bool, mean_of_all: float) -> float:
    """Mean wait of a class, freed of the luck of the run.

    The mean wait of everybody is known exactly whatever the order is (the work is the same), so how a class moves with
    it from batch to batch tells how much of its deviation is mere luck: a control variate by regression.
    """
    size = len(waits) // BATCHES
    batches = [waits[n * size : (n + 1) * size] for n in range(BATCHES)]
    of_all = [mean(wait for _, wait in batch) for batch in batches]
    of_class = [mean(wait for cared, wait in batch if cared is care) for batch in batches]
    slope, intercept = linear_regression(of_all, of_class)
    return slope * mean_of_all + intercept


@pytest.mark.slow
@pytest.mark.parametrize("servers", [1, 3])
@pytest.mark.parametrize(
    ("ratio", "care"),
    [
        (1.0, OrderClass()),
        (2.0, OrderClass(rate=2.0)),
        (4.0, OrderClass(rate=4.0)),
        (1e9, OrderClass(credit_seconds=STRICT)),
    ],
)
def test_mean_waits_are_within_two_percent_of_theory(servers: int, ratio: float, care: OrderClass) -> None:
    waits = simulated(servers, care, 60_000)

    w0 = erlang_c(servers, 0.85 * servers) / servers
    shares = [1 - CARE_SHARE, CARE_SHARE]
    of_ordinary, of_care = theory([1.0, ratio], shares, 0.85, w0)
    of_all = w0 / (1 - 0.85)
    assert math.isclose(corrected(waits, False, of_all), of_ordinary, rel_tol=0.02)
    assert math.isclose(corrected(waits, True, of_all), of_care, rel_tol=0.02)
