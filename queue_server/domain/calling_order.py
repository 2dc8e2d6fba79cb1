"""Who stands before whom. The one place that decides it, since it is what people will argue about.

Accumulating priority (Kleinrock 1964; Stanford, Taylor, Ziedins 2014): a waiting ticket earns credit at its class's
rate; the highest credit goes first; ties go to the earlier arrival, then to the lower number. Before credit come those
whom a person put first, and those who have waited longer than the hall allows anybody to wait.
What a counter makes of this order, with its preferences and the priority budget, is in `choice`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime, timedelta

from sortedcontainers import SortedKeyList

from queue_server.domain.hall_day import HallDay, can_call
from queue_server.domain.lines import Kind, Place, class_name, kind_of, order_class, place_in_line
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import Ticket

PUT_FIRST, WAITED_LONGEST, BY_CREDIT = range(3)

Order = tuple[int, float, Place]


def credit(ticket: Ticket, rules: HallRules, at: datetime) -> float:
    """Seconds of credit: `credit_seconds + rate * seconds since order_from`."""
    earns = order_class(class_name(ticket), rules)
    return earns.credit_seconds + earns.rate * (at - ticket.order_from).total_seconds()


def waited_longest(ticket: Ticket, rules: HallRules, at: datetime) -> bool:
    """Whether it has waited as long as nobody should; 0 minutes turns this guard off."""
    limit = rules.limits.longest_wait_minutes
    return limit > 0 and at - ticket.order_from >= timedelta(minutes=limit)


def calling_order(ticket: Ticket, rules: HallRules, at: datetime) -> Order:
    """Sort key: the smallest is called first. Within a line it always agrees with the ticket's place there."""
    place = place_in_line(ticket)
    if ticket.front_at is not None:
        return (PUT_FIRST, 0.0, place)
    if waited_longest(ticket, rules, at):
        return (WAITED_LONGEST, 0.0, place)
    return (BY_CREDIT, -credit(ticket, rules, at), place)


def in_calling_order(tickets: Iterable[Ticket], rules: HallRules, at: datetime) -> list[Ticket]:
    return sorted(tickets, key=lambda ticket: calling_order(ticket, rules, at))


def queue_of(zone: str, day: HallDay, at: datetime) -> list[Ticket]:
    """Everybody waiting in a zone, first to be called first."""
    return in_calling_order(day.waiting(zone), day.rules, at)


def people_ahead(ticket: Ticket, day: HallDay, at: datetime) -> int:
    """How many waiting people stand before this one and compete for a counter that may serve it.

    Where counters that may serve it are open, only those count: a closed one calls nobody.
    """
    own_kind = kind_of(ticket)
    capable = [counter for counter in day.rules.counters_of(ticket.zone) if can_call(counter, own_kind, day)]
    counters = [counter for counter in capable if counter.id in day.desks] or capable
    own = calling_order(ticket, day.rules, at)

    def competes(kind: Kind) -> bool:
        return any(can_call(counter, kind, day) for counter in counters)

    def before(kind: Kind, line: SortedKeyList[Ticket]) -> int:
        """How many of a line stand before; of another one, for somebody just issued, most often all of them."""
        if kind == own_kind:
            found: int = line.bisect_key_left(own[2])
            return found
        if calling_order(line[-1], day.rules, at) < own:
            return len(line)
        return bisect_left(line, own, key=lambda other: calling_order(other, day.rules, at))

    lines = day.lines[ticket.zone].by_kind if ticket.zone in day.lines else {}
    return sum(before(kind, line) for kind, line in lines.items() if competes(kind))
