"""One hall, one working day: the state that its events say. `apply` (its own package) changes it in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from queue_server.domain.rules import Counter, HallRules
from queue_server.domain.ticket import Desk, Ticket


@dataclass(slots=True)
class HelpCall:
    """Somebody pressed “请人帮我” and nobody has come yet."""

    place: str
    ticket: str | None
    question: str
    asked_at: datetime


@dataclass(slots=True)
class HallDay:
    rules: HallRules
    day: date
    seq: int = 0  # of the last event applied
    tickets: dict[str, Ticket] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    closed_zones: dict[str, str] = field(default_factory=dict)  # zone -> notice
    help_calls: dict[str, HelpCall] = field(default_factory=dict)  # by place
    open_reserves: set[str] = field(default_factory=set)
    bookings_arrived: dict[str, str] = field(default_factory=dict)  # booking -> ticket
    bookings_missed: set[str] = field(default_factory=set)
    promised_tomorrow: int = 0
    is_over: bool = False
    last_at: datetime | None = None
    # indexes kept by apply, so that nobody has to search the day
    waiting_in: dict[str, dict[str, Ticket]] = field(default_factory=dict)  # zone -> number -> ticket
    at_counter_now: dict[str, Ticket] = field(default_factory=dict)
    issued_by_prefix: dict[str, int] = field(default_factory=dict)
    calls_in_zone: dict[str, int] = field(default_factory=dict)
    seqs_of_command: dict[str, list[int]] = field(default_factory=dict)
    unfinished: dict[str, Ticket] = field(default_factory=dict)  # every ticket that is not over
    issued_of_service: dict[str, int] = field(default_factory=dict)
    held_by: dict[str, dict[str, Ticket]] = field(default_factory=dict)  # holder -> unfinished tickets of that phone
    last_of_channel: dict[str, Ticket] = field(default_factory=dict)  # the latest ticket of each device or person
    calls_since_priority: dict[str, int] = field(default_factory=dict)  # counter -> calls since one passed others over
    overtaken_minutes: dict[str, float] = field(default_factory=dict)  # zone -> work let ahead of earlier people

    def ticket(self, number: str) -> Ticket | None:
        return self.tickets.get(number)

    def at_counter(self, counter: str) -> Ticket | None:
        return self.at_counter_now.get(counter)

    def waiting(self, zone: str) -> Iterable[Ticket]:
        return self.waiting_in.get(zone, {}).values()

    def waiting_for(self, counter: Counter) -> Iterator[Ticket]:
        """Tickets this counter may call, in no order."""
        return (ticket for ticket in self.waiting(counter.zone) if may_serve(counter, ticket))

    def open_desks(self, zone: str) -> list[Desk]:
        """Desks of a zone that are open and not paused."""
        counters = self.rules.counters
        return [desk for desk in self.desks.values() if not desk.paused and counters[desk.counter].zone == zone]


def may_serve(counter: Counter, ticket: Ticket) -> bool:
    return can_take(counter, ticket.service, ticket.for_counter)


def can_take(counter: Counter, service: str, for_counter: str | None) -> bool:
    """Whether a counter may call a ticket for this service that may wait for one certain counter."""
    if for_counter is not None:
        return for_counter == counter.id
    return counter.services is None or service in counter.services
