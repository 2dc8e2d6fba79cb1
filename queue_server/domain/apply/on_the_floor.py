"""Moving a ticket, undoing it, bringing a visitor back, leaving."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, finish, leave_counter, leave_queue, placement, stand_again, wait
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Purpose
from queue_server.domain.ticket import MINUTES, Stage, Ticket


@fact
def _(event: e.TicketReturned, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    was_fetching = ticket.is_fetching
    if was_fetching:
        ticket.wait_from = event.at  # the errand was no waiting
    ticket.order_from = event.order_from
    ticket.order_issue = event.order_issue
    ticket.came_back = ticket.came_back or event.after_miss or was_fetching
    ticket.reason = None
    ticket.before_step = None
    ticket.calls = 0
    wait(day, ticket)


@fact
def _(event: e.TicketTransferred, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.before_transfer = placement(ticket, event.at)
    ticket.before_step = None
    leave_queue(day, ticket)
    leave_counter(day, ticket, event.at)
    ticket.bounced = ticket.bounced or _is_bounce(day, event)
    send_on(ticket, event)
    ticket.calls = 0
    wait(day, ticket)


def send_on(ticket: Ticket, event: e.TicketTransferred) -> None:
    """What a transfer makes of the ticket itself: all that its new place in the order depends on."""
    ticket.transfers += 1
    ticket.service = event.service
    ticket.zone = event.zone
    ticket.for_counter = event.for_counter
    ticket.for_officer = event.for_officer
    if event.position == "first":
        ticket.front_at = event.at
    elif event.position == "last":
        ticket.order_from, ticket.order_issue = event.at, ticket.issue


def _is_bounce(day: HallDay, event: e.TicketTransferred) -> bool:
    """A person who tried coaching and came back to a counter."""
    came, went = day.rules.purpose_of(event.from_zone), day.rules.purpose_of(event.zone)
    return came is Purpose.COACHING and went is not Purpose.COACHING


@fact
def _(event: e.TransferUndone, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    before = ticket.before_transfer
    assert before is not None, "only a transfer that was remembered is undone"
    leave_queue(day, ticket)
    ticket.transfers -= 1
    ticket.before_transfer = None
    stand_again(day, ticket, before)


@fact
def _(event: e.PresenceAsked, day: HallDay) -> None:
    day.tickets[event.ticket].presence_asked_at = event.at


@fact
def _(event: e.PresenceConfirmed, day: HallDay) -> None:
    day.tickets[event.ticket].presence_confirmed_at = event.at


@fact
def _(event: e.MinutesAsked, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    leave_queue(day, ticket)
    leave_counter(day, ticket, event.at)
    ticket.stage = Stage.PARKED
    ticket.reason = MINUTES
    ticket.before_step = ticket.before_transfer = None  # taking those back would take this back
    ticket.minutes_asked += 1
    ticket.back_at = event.until
    ticket.order_from = event.order_from


@fact
def _(event: e.OnTheWaySaid, day: HallDay) -> None:
    day.tickets[event.ticket].on_the_way_at = event.at


@fact
def _(event: e.TicketAbandoned, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.reason = event.reason
    ticket.before_step = None  # who has left is not called back by an officer's undo
    finish(day, ticket, Stage.ABANDONED, event.at)
