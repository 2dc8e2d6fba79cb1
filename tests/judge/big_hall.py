"""A crowded hall as a scenario: every rule of the calling order is at work, and people keep coming."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

import numpy as np

from queue_server.domain import commands as c
from queue_server.domain.apply import apply
from queue_server.domain.decide import decide
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Counter, HallRules, Way
from queue_server.foresight.habits import Stream, first_day
from queue_server.foresight.scenario_of_day import scenario_of
from queue_server.foresight.simulation.scenario import Scenario
from tests.story import MONDAY, RULES

A_MINUTE = 0.05  # arrivals of each stream


def big_hall(waiting: int, counters: int) -> Scenario:
    day = full_day(waiting, counters)
    probes = [Stream(service, zone, "ordinary") for service in day.rules.services for zone in day.rules.zones]
    streams = [Stream(service, "special", name) for service in day.rules.services for name in ("ordinary", "care")]
    habits = replace(first_day(day.rules), per_minute={stream: np.full(48, A_MINUTE) for stream in streams})
    assert day.last_at is not None
    return scenario_of(day, day.last_at, habits, probes).scenario


def full_day(waiting: int, counters: int) -> HallDay:
    day, at = HallDay(rules_with(counters), date(2026, 11, 23)), MONDAY.replace(hour=9).astimezone(UTC)

    def do(command: c.Command) -> None:
        for event in decide(command, day, at):
            apply(day, event)

    for n in range(waiting + counters):
        at += timedelta(seconds=10)
        service = ("rent", "print", "loan")[n % 3]
        way = Way.COACHING if service != "loan" and n % 5 == 0 else Way.COUNTER
        do(c.IssueTicket(id=f"t{n}", actor=f"k{n}", service=service, way=way, care=n % 9 == 0))
    for id in day.rules.counters:
        do(c.OpenDesk(id=f"o{id}", actor=id, counter=id, officer=f"of{id}"))
        do(c.CallNext(id=f"c{id}", actor=id, counter=id))
    return day


def rules_with(counters: int) -> HallRules:
    zones = ["smart", "special", "special", "care"]
    return replace(RULES, counters={str(n): Counter(str(n), zones[n % len(zones)]) for n in range(counters)})
