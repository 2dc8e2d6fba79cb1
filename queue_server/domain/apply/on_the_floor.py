"""Moving a ticket, undoing it, bringing a visitor back, leaving."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, finish, leave_counter, leave_queue, wait
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Purpose
from queue_server.domain.ticket import Placement, Stage, Ticket


@fact
def _(event: e.TicketReturned, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.order_from = event.order_from
    ticket.order_issue = event.order_issue
    ticket.came_back = ticket.came_back or event.after_miss
    ticket.reason = None
    ticket.calls = 0
    wait(day, ticket)


@fact
def _(event: e.TicketTransferred, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.before_transfer = Placement(
        transferred_at=event.at,
        stage=ticket.stage,
        service=ticket.service,
        zone=ticket.zone,
        for_counter=ticket.for_counter,
        counter=ticket.counter if ticket.is_at_a_counter else None,
    )
    leave_queue(day, ticket)
    leave_counter(day, ticket, event.at)
    ticket.transfers += 1
    ticket.bounced = ticket.bounced or _is_bounce(day, event)
    _place(ticket, event)
    ticket.calls = 0
    wait(day, ticket)


def _place(ticket: Ticket, event: e.TicketTransferred | e.TransferUndone) -> None:
    ticket.service = event.service
    ticket.zone = event.zone
    ticket.for_counter = event.for_counter


def _is_bounce(day: HallDay, event: e.TicketTransferred) -> bool:
    """A person who tried coaching and came back to a counter."""
    zones = day.rules.zones
    return zones[event.from_zone].purpose is Purpose.COACHING and zones[event.zone].purpose is not Purpose.COACHING


@fact
def _(event: e.TransferUndone, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    leave_queue(day, ticket)
    _place(ticket, event)
    ticket.transfers -= 1
    ticket.before_transfer = None
    ticket.stage = Stage(event.stage)
    if ticket.is_waiting:
        wait(day, ticket)
    elif event.counter is not None:
        ticket.counter = event.counter
        day.at_counter_now[event.counter] = ticket
        if ticket.stage is Stage.HELD:
            ticket.held_at = event.at


@fact
def _(event: e.TicketAbandoned, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.reason = event.reason
    finish(day, ticket, Stage.ABANDONED, event.at)
