"""The demo's day: it begins in an open hall and goes on to the next morning by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from story import MONDAY, RULES, SHANGHAI, StoppedClock

from queue_server.clock import DemoClock
from queue_server.demo.next_morning import go_on_to_next_morning
from queue_server.demo.start_time import demo_start
from queue_server.domain.commands import CallNext, EndService, IssueTicket, OpenDesk, StartService
from queue_server.service.hall import Hall
from queue_server.stores.memory import MemoryLog


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("23T10:30", "23T10:30"),  # open: now
        ("23T06:00", "23T09:00"),  # before opening
        ("23T15:30", "24T09:00"),  # less than two hours left
        ("23T23:00", "24T09:00"),
        ("28T12:00", "30T09:00"),  # Saturday
    ],
)
def test_a_newcomer_always_meets_an_open_hall(now: str, begins: str) -> None:
    assert demo_start(RULES, local(now).astimezone(UTC), None, None) == local(begins)


def test_the_demo_goes_on_where_its_log_ended() -> None:
    """Its clock ran ahead of the world: it must not go back."""
    start = demo_start(RULES, local("23T10:00").astimezone(UTC), local("25T11:00").date(), local("25T11:00"))

    assert start == local("25T11:00")


def test_a_demo_restarted_in_the_afternoon_keeps_todays_tickets() -> None:
    start = demo_start(RULES, local("23T15:30").astimezone(UTC), local("23T15:20").date(), local("23T15:20"))

    assert start == local("23T15:30")


def test_after_a_day_that_is_over_comes_the_next() -> None:
    start = demo_start(RULES, local("23T10:00"), local("23T00:00").date(), local("23T23:59"))

    assert start == local("24T09:00")


def test_when_everybody_is_served_the_next_morning_begins() -> None:
    clock = DemoClock((MONDAY + timedelta(hours=16)).astimezone(UTC))
    hall = Hall(MemoryLog(), RULES, clock)
    hall.handle(OpenDesk(id="open", actor="officer:zhao", counter="3", officer="zhao"))
    hall.handle(IssueTicket(id="press", actor="kiosk:K1", service="rent"))

    clock.jump_to((MONDAY + timedelta(hours=17)).astimezone(UTC))
    assert not go_on_to_next_morning(hall)  # somebody still waits at an open desk

    hall.handle(CallNext(id="call", actor="officer:zhao", counter="3"))
    assert not go_on_to_next_morning(hall)

    hall.handle(StartService(id="start", actor="officer:zhao", ticket="T0001"))
    hall.handle(EndService(id="end", actor="officer:zhao", ticket="T0001"))
    assert go_on_to_next_morning(hall)
    assert hall.read(lambda day, at: (day.day, RULES.local(at).hour)) == ((MONDAY + timedelta(days=1)).date(), 9)


def test_outside_the_demo_time_is_never_set() -> None:

    hall = Hall(MemoryLog(), RULES, StoppedClock(MONDAY + timedelta(hours=22)))
    assert not go_on_to_next_morning(hall)
