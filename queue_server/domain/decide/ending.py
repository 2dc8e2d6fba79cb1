"""The end of a service: the visit goes on with its next one, or is over."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import counter_of, stamp
from queue_server.domain.hall_day import HallDay, can_serve
from queue_server.domain.ticket import Ticket
from queue_server.domain.visits import next_of_visit


def end_events(
    ticket: Ticket,
    command: c.Command,
    day: HallDay,
    at: datetime,
    *,
    outcome: str,
    inferred: bool = False,
    told: tuple[str, ...] = (),
) -> list[e.Event]:
    """Ends the present service. Where the same counter can do the next one, the visitor need not get up."""
    counter = counter_of(ticket)
    following = next_of_visit(ticket, day)
    ended = e.ServiceEnded(
        **stamp(command, at),
        ticket=ticket.number,
        counter=counter,
        outcome=outcome,
        service=ticket.service,
        next_service=following[0] if following else None,
        next_zone=following[1] if following else None,
        inferred=inferred,
        told=told,
    )
    if inferred or following is None or not continues_here(following, counter, day):
        return [ended]
    return [
        ended,
        e.TicketCalled(**stamp(command, at), ticket=ticket.number, counter=counter, attempt=1, rule="continues"),
        e.ServiceStarted(**stamp(command, at), ticket=ticket.number, counter=counter),
    ]


def continues_here(following: tuple[str, str], counter: str, day: HallDay) -> bool:
    service, zone = following
    place, desk = day.rules.counters[counter], day.desks.get(counter)
    able = place.zone == zone and can_serve(place, desk, service, day.rules)
    return day.rules.options.continue_at_counter and able and desk is not None and not desk.paused
