"""Who is called first. The one place that decides it, since it is what people will argue about.

Accumulating priority (Kleinrock 1964; Stanford, Taylor, Ziedins 2014): a waiting ticket earns credit at its class's
rate from its first arrival; the highest credit goes first; ties go to the lower number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from queue_server.domain.hall_day import HallDay, may_serve
from queue_server.domain.rules import Counter, HallRules, OrderClass
from queue_server.domain.ticket import Ticket


def class_of(ticket: Ticket, rules: HallRules) -> OrderClass:
    return rules.care if ticket.care else rules.ordinary


def credit(ticket: Ticket, rules: HallRules, at: datetime) -> float:
    """Seconds of credit: `credit_seconds + rate * seconds since order_from`."""
    order_class = class_of(ticket, rules)
    return order_class.credit_seconds + order_class.rate * (at - ticket.order_from).total_seconds()


def calling_order(ticket: Ticket, rules: HallRules, at: datetime) -> tuple[float, int, bool, int]:
    """Sort key: the smallest is called first. One who came back after a miss stands just behind its `order_issue`."""
    return (-credit(ticket, rules, at), ticket.order_issue, ticket.came_back, ticket.issue)


def in_calling_order(tickets: Iterable[Ticket], rules: HallRules, at: datetime) -> list[Ticket]:
    return sorted(tickets, key=lambda ticket: calling_order(ticket, rules, at))


def first_for(counter: Counter, day: HallDay, at: datetime) -> Ticket | None:
    """Whom this counter would call now; None when nobody it may serve is waiting."""
    return min(
        day.waiting_for(counter),
        key=lambda ticket: calling_order(ticket, day.rules, at),
        default=None,
    )


def queue_of(zone: str, day: HallDay, at: datetime) -> list[Ticket]:
    """Everybody waiting in a zone, first to be called first."""
    return in_calling_order(day.waiting(zone), day.rules, at)


def people_ahead(ticket: Ticket, day: HallDay, at: datetime) -> int:
    """How many waiting people stand before this one and compete for a counter that may serve it."""
    counters = [counter for counter in day.rules.counters_of(ticket.zone) if may_serve(counter, ticket)]
    own = calling_order(ticket, day.rules, at)
    return sum(
        1
        for other in day.waiting(ticket.zone)
        if other is not ticket
        and calling_order(other, day.rules, at) < own
        and any(may_serve(counter, other) for counter in counters)
    )
