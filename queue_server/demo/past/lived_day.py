"""Whole days of an invented hall, lived through the domain's own `decide`: a past to learn from, a future to judge by.

Visitors come by the demo's profile, on some weekdays more than on others; officers work by a plain roster. Nobody
misses a call or leaves; who wants more of life writes it into a kind of day of their own (`demo_day.py`).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random

from queue_server.demo.profile import (
    HALF_HOURS,
    POPULAR,
    SELDOM,
    SHARE_CARE,
    SHARE_TRYING_ONLINE,
    VISITS_A_DAY,
    service_seconds,
)
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.apply import apply
from queue_server.domain.decide import decide
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import HallRules, Way
from queue_server.foresight.learn_habits import PastDay

WEEKDAYS = (1.25, 1.0, 0.75, 1.0, 1.1)  # Monday to Friday ÷ a usual day
SPREAD = 0.15  # of a day's level
COMES_TO_CALL = timedelta(seconds=35)
STAYS_OPEN = timedelta(minutes=90)


def working_days(first: date, many: int) -> Iterator[date]:
    days = (first + timedelta(days=ahead) for ahead in count())
    found = 0
    while found < many:
        day = next(days)
        if day.weekday() < 5:
            found += 1
            yield day


def lived_days(rules: HallRules, first: date, many: int, seed: int, visits: float = VISITS_A_DAY) -> list[PastDay]:
    return [lived_day(rules, day, Random(f"{seed}/{day}"), visits) for day in working_days(first, many)]


def lived_day(rules: HallRules, day: date, chance: Random, visits: float = VISITS_A_DAY) -> PastDay:
    return LivedDay(rules, day, chance).lived(visits * WEEKDAYS[day.weekday()])


class LivedDay:
    """A heap of what happens and when; each thing that happens may plan the next. Days differ by what they override."""

    def __init__(self, rules: HallRules, day: date, chance: Random) -> None:
        self.state, self.chance, self.numbers = HallDay(rules, day), chance, count()
        self.events: list[e.Event] = []
        self.idle: list[str] = []
        self.happens: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        spans = rules.hours.spans_of(day, rules.timezone)
        self.opens, self.closes = spans[0][0].astimezone(UTC), spans[-1][1].astimezone(UTC)

    def lived(self, visits: float) -> PastDay:
        for counter in self._roster():
            self.do(c.OpenDesk, self.opens, counter=counter, officer=self._officer(counter))
            self.idle.append(counter)
        for at in self._arrivals(visits):
            heapq.heappush(self.happens, (at, next(self.numbers), self._arrive))
        ends = self.closes + STAYS_OPEN
        while self.happens and self.happens[0][0] < ends:
            at, _, what = heapq.heappop(self.happens)
            what(at)
        self.do(c.CloseDay, ends)
        return PastDay(self.state, self.events)

    def do(self, kind: type[c.Command], at: datetime, **fields: object) -> list[e.Event]:
        try:
            found = decide(kind(id=f"c{next(self.numbers)}", actor="simulated", **fields), self.state, at)  # type: ignore[arg-type]
        except Refusal:
            return []
        for event in found:
            apply(self.state, event)
        self.events.extend(found)
        return list(found)

    def _arrivals(self, visits: float) -> list[datetime]:
        variation = math.sqrt(math.log(1 + SPREAD**2))
        level = visits * self.chance.lognormvariate(-(variation**2) / 2, variation) / sum(HALF_HOURS)
        minutes = (self.closes - self.opens) / timedelta(minutes=1) / len(HALF_HOURS)
        found = []
        for place, weight in enumerate(HALF_HOURS):
            at = self.chance.expovariate(weight * level / minutes)
            while at < minutes:
                found.append(self.opens + timedelta(minutes=place * minutes + at))
                at += self.chance.expovariate(weight * level / minutes)
        return found

    def _arrive(self, at: datetime) -> None:
        known = {service: POPULAR.get(service, SELDOM) for service in self.state.rules.services}
        service = self.chance.choices(list(known), list(known.values()))[0]
        way = Way.COACHING if self.chance.random() < SHARE_TRYING_ONLINE else Way.COUNTER
        care = self.chance.random() < SHARE_CARE
        self.do(c.IssueTicket, at, service=service, way=way, care=care)
        self._call_to_idle_desks(at)

    def _call_to_idle_desks(self, at: datetime) -> None:
        for counter in list(self.idle):
            self._call(counter, at)

    def _call(self, counter: str, at: datetime) -> None:
        called = [one for one in self.do(c.CallNext, at, counter=counter) if isinstance(one, e.TicketCalled)]
        if not called:
            if counter not in self.idle:
                self.idle.append(counter)
            return
        if counter in self.idle:
            self.idle.remove(counter)
        self._serve(called[0].ticket, counter, at)

    def _serve(self, number: str, counter: str, at: datetime) -> None:
        """What becomes of a call made at this moment."""
        begins = at + COMES_TO_CALL
        usual = self.state.rules.services[self.state.tickets[number].service].minutes
        took = timedelta(seconds=service_seconds(usual, self.chance))
        self._later(begins, lambda now: self.do(c.StartService, now, ticket=number))
        self._later(begins + took, lambda now: self._end(number, counter, now))

    def _end(self, number: str, counter: str, at: datetime) -> None:
        self.do(c.EndService, at, ticket=number, outcome="done")
        self._call(counter, at)

    def _later(self, at: datetime, what: Callable[[datetime], object]) -> None:
        heapq.heappush(self.happens, (at, next(self.numbers), what))

    def _roster(self) -> list[str]:
        return [counter.id for counter in self.state.rules.counters.values() if not counter.reserve]

    def _officer(self, counter: str) -> str:
        return f"of-{counter}"
