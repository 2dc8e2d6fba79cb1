"""Who stands before whom. The one place that decides it, since it is what people will argue about.

Accumulating priority (Kleinrock 1964; Stanford, Taylor, Ziedins 2014): a waiting ticket earns credit at its class's
rate; the highest credit goes first; ties go to the earlier arrival, then to the lower number. Before credit come those
whom a person put first, and those who have waited longer than the hall allows anybody to wait.
What a counter makes of this order, with its preferences and the priority budget, is in `choice`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain

from queue_server.domain.hall_day import Crew, HallDay, can_call
from queue_server.domain.lines import Kind, Place, class_name, kind_of, order_class, place_in_line
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import Ticket

PUT_FIRST, WAITED_LONGEST, BY_CREDIT = range(3)

Order = tuple[int, float, Place]
Queues = Mapping[str, Sequence[Ticket]]  # zone -> everybody waiting there, first to be called first


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
    by_kind = day.lines[zone].by_kind if zone in day.lines else {}
    tickets = chain.from_iterable(by_kind.values())
    if len({(kind.order_class, kind.front) for kind in by_kind}) <= 1:
        return sorted(tickets, key=place_in_line)  # all earn alike, so that their place tells
    return in_calling_order(tickets, day.rules, at)


def queues_of(day: HallDay, at: datetime) -> Queues:
    return {zone: queue_of(zone, day, at) for zone in day.rules.zones}


def people_ahead(ticket: Ticket, day: HallDay, at: datetime) -> int:
    """How many waiting people stand before this one and compete for a counter that may serve it.

    Where counters that may serve it are open, only those count: a closed one calls nobody.
    """
    own_kind = kind_of(ticket)
    own_place = place_in_line(ticket)
    own: Order | None = None
    crew = competed_for(own_kind, ticket.zone, day)
    ahead = 0
    for kind, line in day.lines[ticket.zone].by_kind.items() if ticket.zone in day.lines else ():
        if not crew.may_call(kind, day):
            continue
        if kind.order_class == own_kind.order_class and kind.front == own_kind.front:
            # these earn alike, so that their place tells; for somebody just issued all of them stand before
            ahead += len(line) if place_in_line(line[-1]) < own_place else line.bisect_key_left(own_place)
            continue
        own = own or calling_order(ticket, day.rules, at)
        if calling_order(line[-1], day.rules, at) < own:
            ahead += len(line)
        else:
            ahead += bisect_left(line, own, key=lambda other: calling_order(other, day.rules, at))
    return ahead


def competed_for(kind: Kind, zone: str, day: HallDay) -> Crew:
    """The open counters that may call this kind; while none is open, all that could."""
    crew = day.crews.get((kind, zone))
    if crew is None:
        capable = [counter for counter in day.rules.counters_of(zone) if can_call(counter, kind, day)]
        at_work = [counter for counter in capable if counter.id in day.desks] or capable
        crew = day.crews[kind, zone] = Crew(tuple(at_work))
    return crew
