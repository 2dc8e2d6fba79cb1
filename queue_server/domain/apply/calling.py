"""Calls, and what they change in the order of the others."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, leave_queue
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Stage

WITHOUT_A_QUEUE = frozenset({"continues", "direct"})  # nobody else could have been called instead


@fact
def _(event: e.TicketCalled, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    if event.attempt == 1:
        leave_queue(day, ticket)
        if event.rule not in WITHOUT_A_QUEUE:
            _count_priority(day, event)
            day.calls_in_zone[ticket.zone] = day.calls_in_zone.get(ticket.zone, 0) + 1
        ticket.called_by_rule = event.rule
        ticket.front_at = None
        ticket.served_call_at = event.at
        ticket.on_the_way_at = ticket.escort = None  # they were of an earlier call
        ticket.before_transfer = None
        if event.rule != "continues":
            ticket.before_step = None  # somebody has called it since: the step is history
    ticket.stage = Stage.CALLED
    ticket.counter = event.counter
    ticket.calls = event.attempt
    ticket.called_at = event.at
    ticket.first_called_at = ticket.first_called_at or event.at
    day.at_counter_now[event.counter] = ticket
    if desk := day.desks.get(event.counter):
        desk.idle_since = None


def _count_priority(day: HallDay, event: e.TicketCalled) -> None:
    """What the priority budget needs to know of this call."""
    if event.passed_over is not None:
        day.calls_since_priority[event.counter] = 0
        zone = day.tickets[event.passed_over].zone  # where people wait longer for it; the one called may be of another
        day.overtaken_seconds[zone] = day.overtaken_seconds.get(zone, 0) + event.overtook_seconds
    elif event.counter in day.calls_since_priority:
        day.calls_since_priority[event.counter] += 1
