"""Calls, and what they change in the order of the others."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, leave_queue
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Stage


@fact
def _(event: e.TicketCalled, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    if event.attempt == 1:
        leave_queue(day, ticket)
        day.calls_in_zone[ticket.zone] = day.calls_in_zone.get(ticket.zone, 0) + 1
        ticket.served_call_at = event.at
        ticket.before_transfer = None
    ticket.stage = Stage.CALLED
    ticket.counter = event.counter
    ticket.calls = event.attempt
    ticket.called_at = event.at
    ticket.first_called_at = ticket.first_called_at or event.at
    day.at_counter_now[event.counter] = ticket
    if desk := day.desks.get(event.counter):
        desk.idle_since = None
