"""The waiting people of one zone, kept in lines whose order never changes while time passes.

Everybody in a line wants the same service of the same counters and earns credit at the same rate, so whoever is first
in it stays first. A counter looks at the heads of the lines only, however many wait behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sortedcontainers import SortedKeyList

from queue_server.domain.rules import HallRules, OrderClass
from queue_server.domain.ticket import Ticket

Place = tuple[datetime, int, bool, int]


class Kind(NamedTuple):
    """What all of one line have in common. `order_class` names a field of HallRules."""

    service: str
    for_counter: str | None
    for_officer: str | None
    order_class: str
    front: bool


def class_name(ticket: Ticket) -> str:
    """By what a ticket earns credit; where several would fit, the law goes before need, need before a booking."""
    if ticket.statutory:
        return "statutory"
    if ticket.care:
        return "care"
    if ticket.slot is not None:
        return "appointment"
    return "transferred" if ticket.transfers else "ordinary"


def order_class(name: str, rules: HallRules) -> OrderClass:
    found: OrderClass = getattr(rules, name)
    return found


def is_priority(ticket: Ticket) -> bool:
    """Whether its class may let it pass people who came earlier, and so counts against the priority budget."""
    return ticket.statutory or ticket.care or ticket.slot is not None


def kind_of(ticket: Ticket) -> Kind:
    front = ticket.front_at is not None
    return Kind(ticket.service, ticket.for_counter, ticket.for_officer, class_name(ticket), front)


def place_in_line(ticket: Ticket) -> Place:
    """One who came back after a miss or an errand stands just behind the ticket whose `order_issue` it was given."""
    return (ticket.front_at or ticket.order_from, ticket.order_issue, ticket.came_back, ticket.issue)


def _line() -> SortedKeyList[Ticket]:
    return SortedKeyList(key=place_in_line)


@dataclass(slots=True)
class Lines:
    by_kind: dict[Kind, SortedKeyList[Ticket]] = field(default_factory=dict)

    def add(self, ticket: Ticket) -> None:
        kind = kind_of(ticket)
        line = self.by_kind.get(kind)
        if line is None:
            line = self.by_kind[kind] = _line()
        line.add(ticket)

    def remove(self, ticket: Ticket) -> None:
        """Before anything that its kind or place depends on is changed."""
        kind = kind_of(ticket)
        line = self.by_kind[kind]
        line.remove(ticket)
        if not line:
            del self.by_kind[kind]

    def heads(self) -> Iterator[tuple[Kind, Ticket]]:
        return ((kind, line[0]) for kind, line in self.by_kind.items())
