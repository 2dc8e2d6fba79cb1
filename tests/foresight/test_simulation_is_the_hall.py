"""The simulation decides as the hall does: any day, lived by the domain's own `decide` and by the arrays, is the same.

Services take a fixed time and nobody else comes, so that both have the same future; then every call must be of the same
ticket at the same moment.
"""

from __future__ import annotations

import heapq
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import numpy as np
import pytest

from queue_server.domain import commands as c
from queue_server.domain.apply import apply
from queue_server.domain.choice import may_call
from queue_server.domain.decide import decide
from queue_server.domain.events import TicketCalled
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import CallRule, Counter, HallRules, Limits, Officer, Options, OrderClass, Way
from queue_server.domain.ticket import Ticket
from queue_server.foresight.habits import Habits
from queue_server.foresight.scenario_of_day import scenario_of
from queue_server.foresight.simulation.run import simulate
from tests.story import MONDAY, RULES

DAYS = 400
TICK = timedelta(seconds=15)  # binary fractions of a minute: both sides reckon exactly
TIMES = {"rent": 4.0, "loan": 9.0, "print": 1.5}


def rules_of(chance: Random) -> HallRules:
    """Any hall: guards on or off, preferences, skills, helping counters, classes."""
    counters = dict(RULES.counters)
    counters["5"] = Counter("5", "special", prefers=frozenset({"loan"}))
    return replace(
        RULES,
        services={name: replace(one, minutes=TIMES[name]) for name, one in RULES.services.items()},
        counters=counters,
        officers={"of-3": Officer("of-3", frozenset({"rent", "print"}), frozenset({"print"}))},
        call_rules=chance.choice(
            [
                (),
                (CallRule("special", frozenset({"1", "8"}), more_than_waiting=2),),
                (CallRule("special", frozenset({"1", "8"}), more_than_waiting=2, own_first=True),),
            ]
        ),
        limits=Limits(
            calls_before_missed=2,
            longest_wait_minutes=chance.choice([0, 16, 40]),
            priority_one_in=chance.choice([0, 2, 3]),
            priority_delay_minutes=chance.choice([0, 5, 10]),
            same_kiosk_seconds=0,
        ),
        care=OrderClass(rate=chance.choice([1.0, 2.0, 4.0])),
        statutory=OrderClass(credit_seconds=chance.choice([0.0, 900.0])),
        transferred=OrderClass(credit_seconds=chance.choice([0.0, 120.0])),
        options=Options(shortest_first=False),
    )


class Day:
    """A day that is lived by random commands; refused ones do nothing."""

    def __init__(self, rules: HallRules, chance: Random) -> None:
        self.day, self.chance = HallDay(rules, date(2026, 11, 23)), chance
        self.at = MONDAY.replace(hour=9).astimezone(UTC)
        self.number = 0

    def do(self, kind: type[c.Command], **fields: object) -> list[object]:
        self.number += 1
        try:
            events = decide(kind(id=f"c{self.number}", actor="test", **fields), self.day, self.at)  # type: ignore[arg-type]
        except Refusal:
            return []
        for event in events:
            apply(self.day, event)
        return list(events)

    def morning(self, steps: int) -> None:
        for counter in self.day.rules.counters:
            if self.chance.random() < 0.8:
                self.do(c.OpenDesk, counter=counter, officer=f"of-{counter}")
        for _ in range(steps):
            self.at += TICK * self.chance.randrange(8)
            self.any_step()

    def any_step(self) -> None:
        pick, chance = self.chance.random(), self.chance
        counter = chance.choice(list(self.day.rules.counters))
        tickets = list(self.day.tickets)
        if pick < 0.6 or not tickets:
            services = chance.sample(list(TIMES), chance.choice([1, 1, 1, 2]))
            needs = chance.choice([{}, {}, {}, {"care": True}, {"statutory": True}])
            way = chance.choice([Way.COUNTER, Way.COUNTER, Way.COACHING])
            self.do(c.IssueTicket, service=services[0], services=tuple(services[1:]), way=way, **needs)
        elif pick < 0.8:
            for event in self.do(c.CallNext, counter=counter):
                if isinstance(event, TicketCalled) and chance.random() < 0.8:
                    self.do(c.StartService, ticket=event.ticket)
        elif pick < 0.9:
            self.do(c.EndService, ticket=chance.choice(tickets))
        else:
            self.do(c.AbandonTicket, ticket=chance.choice(tickets))

    def end_what_took_too_long(self) -> None:
        """Afterwards every service under way has a known end."""
        while late := [
            ticket
            for counter in self.day.desks
            if (ticket := self.day.at_counter(counter)) is not None
            and ticket.started_at is not None
            and self.at - ticket.started_at >= timedelta(minutes=TIMES[ticket.service])
        ]:
            for ticket in late:
                self.do(c.EndService, ticket=ticket.number, outcome="done")


def lived_by_the_domain(lived: Day) -> dict[str, float]:
    """Ticket → minutes until it is called, when each officer calls the next one as soon as the last is done.

    Of the idle the one who has been idle longest wakes for somebody who is sent on.
    """
    day, began = lived.day, lived.at
    places = {counter: place for place, counter in enumerate(day.rules.counters)}
    waiting = [ticket.number for zone in day.rules.zones for ticket in day.waiting(zone)]
    called: dict[str, float] = {}
    since = {id: minutes(desk.idle_since - began) if desk.idle_since else 0.0 for id, desk in day.desks.items()}
    idle: set[str] = set()
    happens: list[tuple[datetime, float, int, str]] = []

    def acts(counter: str, at: datetime) -> None:
        idle.discard(counter)
        heapq.heappush(happens, (at, since[counter], places[counter], counter))

    def serves(counter: str, number: str) -> None:
        if number in waiting:
            called.setdefault(number, minutes(lived.at - began))
        lived.do(c.StartService, ticket=number)
        acts(counter, lived.at + timedelta(minutes=TIMES[day.tickets[number].service]))

    def wake_for(ticket: Ticket) -> None:
        able = [one for one in idle if may_call(day.rules.counters[one], ticket, day, lived.at)]
        if able:
            acts(min(able, key=lambda one: (since[one], places[one])), lived.at)

    for counter in day.desks:
        ticket = day.at_counter(counter)
        if ticket is None:
            acts(counter, began)
        elif ticket.started_at is None:
            serves(counter, ticket.number)
        else:
            acts(counter, ticket.started_at + timedelta(minutes=TIMES[ticket.service]))
    while happens:
        lived.at, _, _, counter = heapq.heappop(happens)
        if (ticket := day.at_counter(counter)) is not None:
            lived.do(c.EndService, ticket=ticket.number, outcome="done")
            if day.at_counter(counter) is ticket:  # goes on here with the next service
                acts(counter, lived.at + timedelta(minutes=TIMES[ticket.service]))
                continue
            since[counter] = minutes(lived.at - began)
            if ticket.is_waiting:
                wake_for(ticket)
            acts(counter, lived.at)
        elif events := lived.do(c.CallNext, counter=counter):
            serves(counter, next(event.ticket for event in events if isinstance(event, TicketCalled)))
        else:
            idle.add(counter)
    return called


@pytest.mark.slow
def test_every_day_is_the_same_in_the_hall_and_in_the_simulation() -> None:
    for seed in range(DAYS):
        chance = Random(seed)
        lived = Day(rules_of(chance), chance)
        lived.morning(steps=chance.randrange(10, 90))
        lived.end_what_took_too_long()
        habits = Habits({name: np.array([time]) for name, time in TIMES.items()}, walk=np.zeros(1), pause=np.zeros(1))
        asked = scenario_of(lived.day, lived.at, habits)
        waits, _ = simulate(asked.scenario, 1, seed)
        simulated = {
            ticket: float(wait) for ticket, wait in zip(asked.tickets, waits[0], strict=True) if np.isfinite(wait)
        }

        assert simulated == lived_by_the_domain(lived), f"seed {seed}"
