"""Visits of several services: which comes first, so that the stay is short, and where."""

from __future__ import annotations

from collections.abc import Sequence

from queue_server.domain.hall_day import Crew, HallDay, can_serve
from queue_server.domain.rules import Purpose, Way
from queue_server.domain.ticket import Ticket
from queue_server.domain.triage import zone_for_visit


def zone_of_next(service: str, ticket: Ticket, day: HallDay) -> str:
    """Where the next service of a visit is done: with care it stays with care; coaching goes on where it can."""
    rules = day.rules
    stays_online = rules.zones[ticket.zone].purpose is Purpose.COACHING and rules.services[service].coaching
    way = Way.COACHING if stays_online else Way.COUNTER
    return zone_for_visit(rules.services[service], way, ticket.care, rules).id


def first_of(services: Sequence[str], zones: Sequence[str], day: HallDay) -> int:
    """The place in `services` of the one to begin with; `zones` says where each would be done.

    With the option `shortest_first` the one with the least work before it, else the order asked for. A service whose
    zone is closed waits for the others.
    """

    if len(services) == 1:
        return 0

    def order(index: int) -> tuple[bool, float, int]:
        closed = zones[index] in day.closed_zones
        shortest = work_before(services[index], zones[index], day) if day.rules.options.shortest_first else 0.0
        return (closed, shortest, index)

    return min(range(len(services)), key=order)


def next_of_visit(ticket: Ticket, day: HallDay) -> tuple[str, str] | None:
    """(service, zone) that a visit goes on with; None when all is done."""
    services = ticket.services_to_do
    if not services:
        return None
    zones = [zone_of_next(service, ticket, day) for service in services]
    index = first_of(services, zones, day)
    return services[index], zones[index]


def later_services(ticket: Ticket, day: HallDay) -> tuple[tuple[str, str], ...]:
    """(zone, service) of what the visit still has to come after the present one."""
    return tuple((zone_of_next(service, ticket, day), service) for service in ticket.services_to_do)


def work_before(service: str, zone: str, day: HallDay) -> float:
    """Minutes of usual service time that wait for the counters of this service, shared among them."""
    crew = crew_for(service, zone, day)
    if not crew.counters:
        return float("inf")
    return work_waiting(crew, zone, day)[0] / len(crew.counters)


def crew_for(service: str, zone: str, day: HallDay) -> Crew:
    """The counters with an open desk that can do it; while none is open, those that usually are."""
    crew = day.crews.get((service, zone))
    if crew is None:
        able = [c for c in day.rules.counters_of(zone) if can_serve(c, day.desks.get(c.id), service, day.rules)]
        at_work = [counter for counter in able if counter.id in day.desks] or [c for c in able if not c.reserve]
        crew = day.crews[service, zone] = Crew(tuple(at_work))
    return crew


def work_waiting(crew: Crew, zone: str, day: HallDay) -> tuple[float, float]:
    """(minutes, sum of squared minutes) of the people waiting whom one of these counters may call."""
    minutes = squares = 0.0
    services = day.rules.services
    for kind, line in day.lines[zone].by_kind.items() if zone in day.lines else ():
        if crew.may_call(kind, day):
            usual, many = services[kind.service].minutes, len(line)
            minutes += many * usual
            squares += many * usual * usual
    return minutes, squares
