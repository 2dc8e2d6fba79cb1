"""Invented halls whose truth is known, written as a hall's history. Plain Python, on purpose not the forecaster's own
simulation: what is judged must not be its own judge.

Eight hours; arrivals by half hours with peaks two and five hours in; a good and a bad day differ (lognormal, sd .2);
three services with lognormal times; 12 % with priority at rate 2; 6 % do not come when called, which costs the counter
a minute; 8 % of the first service go on to the second with their first arrival kept; counters by half hours, with a dip
at lunch.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from queue_server.foresight.judge.visits import Label, Row

OPENS = 9 * 60
MINUTES = 480
HALF_HOURS = 16
SERVICES = ((0.60, 6.0, 0.8), (0.25, 14.0, 0.7), (0.15, 2.5, 0.6))  # share, mean minutes, cv
NAMES = ("a", "b", "c")
PRIORITY, MISSED, GOES_ON = 0.12, 0.06, 0.08
LOST_ON_MISSED = 1.0
DAY_SPREAD = 0.2
EVERYTHING = frozenset(range(len(SERVICES)))
FIRST_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class HallKind:
    """What tells one invented hall from another."""

    visits: float  # expected of a usual day
    counters: Sequence[int]  # open in each half hour: the first so many
    serves: dict[int, frozenset[int]] = field(default_factory=dict)  # counter → services; not named: everything


HALLS = (
    HallKind(278, (3, 4, 5, 6, 7, 6, 4, 3, 5, 7, 8, 7, 6, 5, 4, 4)),
    HallKind(274, (3, 4, 5, 5, 6, 5, 4, 3, 4, 6, 7, 6, 6, 5, 4, 4)),
    HallKind(
        282,
        (4, 4, 5, 6, 7, 6, 4, 4, 5, 7, 9, 8, 6, 5, 4, 4),
        {1: frozenset({0, 2}), 2: frozenset({1}), 4: frozenset({0, 2}), 6: frozenset({1, 0})},
    ),
)


def arrival_profile() -> list[float]:
    """Share of the day's arrivals in each half hour."""
    shape = [
        0.5 + math.exp(-(((slot + 0.5) / 2 - 2) ** 2) / 1.0) + 0.9 * math.exp(-(((slot + 0.5) / 2 - 5) ** 2) / 1.2)
        for slot in range(HALF_HOURS)
    ]
    return [value / sum(shape) for value in shape]


def simulated_rows(hall: HallKind, days: int, seed: int) -> Iterator[Row]:
    """So many working days."""
    for number, day in enumerate(working_days(days)):
        yield from one_day(hall, day, Random(f"{seed}/{number}"))


def working_days(many: int) -> Iterator[date]:
    day = FIRST_DAY
    for _ in range(many):
        yield day
        day += timedelta(days=3 if day.weekday() == 4 else 1)


@dataclass(slots=True)
class _Person:
    arrival: float  # in the present queue
    service: int
    rate: float
    first_arrival: float


def one_day(hall: HallKind, day: date, chance: Random) -> Iterator[Row]:
    """Until everybody is served: the counters of the last half hour go on after closing."""
    factor = chance.lognormvariate(-(DAY_SPREAD**2) / 2, DAY_SPREAD)
    order = count()
    happens: list[tuple[float, int, _Person | int]] = []  # somebody comes, or a counter looks up

    def at(when: float, what: _Person | int) -> None:
        heapq.heappush(happens, (when, next(order), what))

    for when in _arrival_times(hall.visits * factor, chance):
        at(when, _newcomer(when, chance))
    for slot in range(HALF_HOURS):
        for counter in range(hall.counters[slot]):
            at(slot * 30.0, counter)
    waiting: list[_Person] = []
    free_at: dict[int, float] = {}
    while happens:
        now, _, what = heapq.heappop(happens)
        if isinstance(what, _Person):
            waiting.append(what)
        for counter in _free_counters(hall, now, free_at):
            person = _next_for(counter, hall, waiting, now)
            if person is None:
                continue
            waiting.remove(person)
            comes = chance.random() >= MISSED
            free_at[counter] = now + (_service_time(person.service, chance) if comes else LOST_ON_MISSED)
            at(free_at[counter], counter)
            yield _row(day, person, now if comes else None, free_at[counter], str(counter + 1) if comes else "")
            if comes and person.service == 0 and chance.random() < GOES_ON:
                at(free_at[counter], _Person(free_at[counter], 1, person.rate, person.first_arrival))


def _free_counters(hall: HallKind, now: float, free_at: dict[int, float]) -> list[int]:
    """Open and idle, the longest idle first."""
    slot = min(int(now // 30), HALF_HOURS - 1)
    free = [counter for counter in range(hall.counters[slot]) if free_at.get(counter, 0.0) <= now]
    return sorted(free, key=lambda counter: free_at.get(counter, 0.0))


def _next_for(counter: int, hall: HallKind, waiting: list[_Person], now: float) -> _Person | None:
    able = (person for person in waiting if person.service in hall.serves.get(counter, EVERYTHING))
    return max(able, key=lambda one: (one.rate * (now - one.first_arrival), -one.first_arrival), default=None)


def _arrival_times(expected: float, chance: Random) -> list[float]:
    times: list[float] = []
    for slot, share in enumerate(arrival_profile()):
        at = slot * 30 + chance.expovariate(expected * share / 30)
        while at < (slot + 1) * 30:
            times.append(at)
            at += chance.expovariate(expected * share / 30)
    return times


def _newcomer(at: float, chance: Random) -> _Person:
    service = chance.choices(range(3), [share for share, _, _ in SERVICES])[0]
    return _Person(at, service, 2.0 if chance.random() < PRIORITY else 1.0, at)


def _service_time(service: int, chance: Random) -> float:
    _, mean, cv = SERVICES[service]
    sigma = math.sqrt(math.log(1 + cv * cv))
    return chance.lognormvariate(math.log(mean) - sigma * sigma / 2, sigma)


def _row(day: date, person: _Person, start: float | None, end: float, server: str) -> Row:
    opening = datetime.combine(day, datetime.min.time()) + timedelta(minutes=OPENS)

    def moment(minutes: float) -> datetime:
        return opening + timedelta(seconds=round(minutes * 60))

    started = None if start is None else moment(start)
    return Row(moment(person.arrival), started, moment(end), Label(NAMES[person.service], person.rate), server)
