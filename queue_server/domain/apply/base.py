"""`apply` itself, and the moves that every ticket event is made of. No rules, no refusals, no clock; O(1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar, get_type_hints

from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.domain.lines import Lines
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import Placement, Stage, Ticket

Fact = TypeVar("Fact", bound=Callable[..., None])

FACTS: dict[type[e.Event], Callable[[Any, HallDay], None]] = {}


def fact(makes_it_so: Fact) -> Fact:
    """Marks what makes the event so that its first parameter names."""
    FACTS[get_type_hints(makes_it_so)["event"]] = makes_it_so
    return makes_it_so


def apply(day: HallDay, event: e.Event) -> HallDay:
    """Make the event so. An unknown event is a loud error. Returns the same day, changed."""
    makes_it_so = FACTS.get(type(event))
    if makes_it_so is None:
        raise TypeError(f"no rule to apply {type(event).__name__}")
    makes_it_so(event, day)
    day.seq += 1
    day.last_at = event.at
    day.seqs_of_command.setdefault(event.command, []).append(day.seq)
    return day


def replay(rules: HallRules, day: date, events: Iterable[e.Event]) -> HallDay:
    hall_day = HallDay(rules=rules, day=day)
    for event in events:
        apply(hall_day, event)
    return hall_day


def wait(day: HallDay, ticket: Ticket) -> None:
    ticket.stage = Stage.WAITING
    ticket.back_at = None
    day.waiting_in.setdefault(ticket.zone, {})[ticket.number] = ticket
    day.lines.setdefault(ticket.zone, Lines()).add(ticket)
    ticket.overtaken_before = day.overtaken_seconds.get(ticket.zone, 0)


def leave_queue(day: HallDay, ticket: Ticket) -> None:
    """Before the ticket is changed: its line is found by what it is."""
    if day.waiting_in.get(ticket.zone, {}).pop(ticket.number, None) is not None:
        day.lines[ticket.zone].remove(ticket)
        ticket.delayed_seconds += day.overtaken_seconds.get(ticket.zone, 0) - ticket.overtaken_before


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


def remember_step(ticket: Ticket, step: str, at: datetime) -> None:
    """Where it stood before it was ended, parked or missed, so that this can be taken back."""
    ticket.before_step = placement(ticket, at, step)


def placement(ticket: Ticket, at: datetime, step: str = "") -> Placement:
    return Placement(
        transferred_at=at,
        stage=ticket.stage,
        service=ticket.service,
        zone=ticket.zone,
        for_counter=ticket.for_counter,
        counter=ticket.counter if ticket.is_at_a_counter else None,
        for_officer=ticket.for_officer,
        services_to_do=ticket.services_to_do,
        front_at=ticket.front_at,
        order_from=ticket.order_from,
        order_issue=ticket.order_issue,
        bounced=ticket.bounced,
        step=step,
        calls=ticket.calls,
        called_by_rule=ticket.called_by_rule,
        served_call_at=ticket.served_call_at,
        started_at=ticket.started_at,
        held_at=ticket.held_at,
        held_for=ticket.held_for,
        wait_from=ticket.wait_from,
        waited=ticket.waited,
        back_at=ticket.back_at,
    )


def stand_again(day: HallDay, ticket: Ticket, before: Placement) -> None:
    """Put it back where it stood: in the queue, or at its counter. It has left wherever it was."""
    ticket.service = before.service
    ticket.zone = before.zone
    ticket.for_counter = before.for_counter
    ticket.for_officer = before.for_officer
    ticket.services_to_do = before.services_to_do
    ticket.front_at = before.front_at
    ticket.order_from = before.order_from or ticket.order_from
    ticket.order_issue = ticket.order_issue if before.order_issue is None else before.order_issue
    ticket.stage = before.stage
    ticket.bounced = before.bounced
    ticket.calls = before.calls
    ticket.called_by_rule = before.called_by_rule
    ticket.served_call_at = before.served_call_at
    ticket.started_at = before.started_at
    ticket.held_at = before.held_at
    ticket.held_for = before.held_for
    ticket.wait_from = before.wait_from
    ticket.waited = before.waited
    ticket.back_at = before.back_at
    day.unfinished[ticket.number] = ticket
    if ticket.holder is not None:
        day.held_by.setdefault(ticket.holder, {})[ticket.number] = ticket
    if ticket.is_waiting:
        wait(day, ticket)
    elif before.counter is not None:
        ticket.counter = before.counter
        day.at_counter_now[before.counter] = ticket
        if desk := day.desks.get(before.counter):
            desk.idle_since = None


def finish(day: HallDay, ticket: Ticket, stage: Stage, at: datetime) -> None:
    leave_queue(day, ticket)
    leave_counter(day, ticket, at)
    ticket.stage = stage
    ticket.ended_at = at
    day.unfinished.pop(ticket.number, None)
    if ticket.holder is not None:
        day.held_by.get(ticket.holder, {}).pop(ticket.number, None)
