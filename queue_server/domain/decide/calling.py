"""Inviting visitors: the next one, a certain one, again."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.calling_order import first_for
from queue_server.domain.decide.base import (
    nobody_at,
    rule,
    stamp,
    the_counter,
    the_open_desk,
    the_ticket,
    while_the_day_lasts,
)
from queue_server.domain.hall_day import HallDay, may_serve
from queue_server.domain.refusals import (
    CannotServe,
    NobodyWaiting,
    RecallTooSoon,
)
from queue_server.domain.ticket import Stage, Ticket


@rule
def call_next(command: c.CallNext, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    the_open_desk(day, command.counter)
    nobody_at(day, command.counter)
    ticket = first_for(the_counter(day, command.counter), day, at)
    if ticket is None:
        raise NobodyWaiting(counter=command.counter)
    return [_called(command, at, ticket, command.counter)]


@rule
def call_ticket(command: c.CallTicket, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    the_open_desk(day, command.counter)
    nobody_at(day, command.counter)
    counter = the_counter(day, command.counter)
    ticket = the_ticket(day, command.ticket, {Stage.WAITING})
    if ticket.zone != counter.zone or not may_serve(counter, ticket):
        raise CannotServe(counter=counter.id, ticket=ticket.number, service=ticket.service, zone=ticket.zone)
    return [_called(command, at, ticket, counter.id, chosen=True)]


def _called(command: c.Command, at: datetime, ticket: Ticket, counter: str, *, chosen: bool = False) -> e.Event:
    return e.TicketCalled(**stamp(command, at), ticket=ticket.number, counter=counter, attempt=1, chosen=chosen)


@rule
def recall_ticket(command: c.RecallTicket, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED})
    assert ticket.counter is not None
    assert ticket.called_at is not None
    if (left := seconds_until_recall(ticket, day, at)) > 0:
        raise RecallTooSoon(ticket=ticket.number, seconds=left)
    return [
        e.TicketCalled(**stamp(command, at), ticket=ticket.number, counter=ticket.counter, attempt=ticket.calls + 1)
    ]


def seconds_until_recall(ticket: Ticket, day: HallDay, at: datetime) -> int:
    """Whole seconds before the hall may call again: people need time to cross it, with care a little more."""
    limits = day.rules.limits
    pause = limits.recall_after_seconds + (limits.care_recall_extra_seconds if ticket.care else 0)
    if ticket.called_at is None:
        return 0
    left = ticket.called_at + timedelta(seconds=pause) - at
    return max(0, -(-left // timedelta(seconds=1)))
