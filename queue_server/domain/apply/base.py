"""`apply` itself, and the moves that every ticket event is made of. No rules, no refusals, no clock; O(1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import singledispatch

from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import Stage, Ticket


def apply(day: HallDay, event: e.Event) -> HallDay:
    """Make the event so. An unknown event is a loud error. Returns the same day, changed."""
    _apply(event, day)
    day.seq += 1
    day.last_at = event.at
    day.seqs_of_command.setdefault(event.command, []).append(day.seq)
    return day


def replay(rules: HallRules, day: date, events: Iterable[e.Event]) -> HallDay:
    hall_day = HallDay(rules=rules, day=day)
    for event in events:
        apply(hall_day, event)
    return hall_day


@singledispatch
def _apply(event: e.Event, day: HallDay) -> None:
    raise TypeError(f"no rule to apply {type(event).__name__}")


fact = _apply.register


def wait(day: HallDay, ticket: Ticket) -> None:
    ticket.stage = Stage.WAITING
    day.waiting_in.setdefault(ticket.zone, {})[ticket.number] = ticket


def leave_queue(day: HallDay, ticket: Ticket) -> None:
    day.waiting_in.get(ticket.zone, {}).pop(ticket.number, None)


def leave_counter(day: HallDay, ticket: Ticket, at: datetime) -> None:
    if ticket.counter is not None and day.at_counter_now.get(ticket.counter) is ticket:
        del day.at_counter_now[ticket.counter]
        if desk := day.desks.get(ticket.counter):
            desk.idle_since = at
    stop_holding(ticket, at)


def stop_holding(ticket: Ticket, at: datetime) -> None:
    if ticket.held_at is not None:
        ticket.held_for += at - ticket.held_at
        ticket.held_at = None


def finish(day: HallDay, ticket: Ticket, stage: Stage, at: datetime) -> None:
    leave_queue(day, ticket)
    leave_counter(day, ticket, at)
    ticket.stage = stage
    ticket.ended_at = at
    day.unfinished.pop(ticket.number, None)
