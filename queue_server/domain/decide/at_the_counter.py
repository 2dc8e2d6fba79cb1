"""What an officer does: open the desk, call, recall, serve, hold, end, park, mark missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.calling_order import first_for
from queue_server.domain.decide.base import (
    rule,
    stamp,
    the_counter,
    the_open_desk,
    the_ticket,
    while_the_day_lasts,
)
from queue_server.domain.hall_day import HallDay, may_serve
from queue_server.domain.refusals import (
    CallAgainFirst,
    CannotServe,
    CounterBusy,
    DeskIsOpen,
    DeskNotOpen,
    NobodyWaiting,
    OfficerElsewhere,
    RecallTooSoon,
)
from queue_server.domain.ticket import Stage, Ticket


@rule
def open_desk(command: c.OpenDesk, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    counter = the_counter(day, command.counter)
    desk = day.desks.get(counter.id)
    if desk is not None and desk.officer != command.officer:
        raise DeskIsOpen(counter=counter.id, officer=desk.officer)
    elsewhere = next((d for d in day.desks.values() if d.officer == command.officer and d is not desk), None)
    if elsewhere is not None:
        raise OfficerElsewhere(counter=elsewhere.counter, officer=command.officer)
    if desk is not None and not desk.paused:
        return []
    return [e.DeskOpened(**stamp(command, at), counter=counter.id, officer=command.officer)]


@rule
def pause_desk(command: c.PauseDesk, day: HallDay, at: datetime) -> list[e.Event]:
    the_open_desk(day, command.counter)
    _nobody_at(day, command.counter)
    return [e.DeskPaused(**stamp(command, at), counter=command.counter, reason=command.reason)]


@rule
def close_desk(command: c.CloseDesk, day: HallDay, at: datetime) -> list[e.Event]:
    if the_counter(day, command.counter).id not in day.desks:
        raise DeskNotOpen(counter=command.counter)
    _nobody_at(day, command.counter)
    return [e.DeskClosed(**stamp(command, at), counter=command.counter)]


def _nobody_at(day: HallDay, counter: str) -> None:
    if current := day.at_counter(counter):
        raise CounterBusy(counter=counter, ticket=current.number)


@rule
def call_next(command: c.CallNext, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    the_open_desk(day, command.counter)
    _nobody_at(day, command.counter)
    ticket = first_for(the_counter(day, command.counter), day, at)
    if ticket is None:
        raise NobodyWaiting(counter=command.counter)
    return [_called(command, at, ticket, command.counter)]


@rule
def call_ticket(command: c.CallTicket, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    the_open_desk(day, command.counter)
    _nobody_at(day, command.counter)
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


@rule
def start_service(command: c.StartService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED})
    return [e.ServiceStarted(**stamp(command, at), ticket=ticket.number, counter=_counter_of(ticket))]


@rule
def hold_service(command: c.HoldService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.SERVING})
    return [e.ServiceHeld(**stamp(command, at), ticket=ticket.number, counter=_counter_of(ticket))]


@rule
def resume_service(command: c.ResumeService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.HELD})
    return [e.ServiceResumed(**stamp(command, at), ticket=ticket.number, counter=_counter_of(ticket))]


@rule
def end_service(command: c.EndService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.SERVING, Stage.HELD})
    return [
        e.ServiceEnded(**stamp(command, at), ticket=ticket.number, counter=_counter_of(ticket), outcome=command.outcome)
    ]


@rule
def park_ticket(command: c.ParkTicket, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED, Stage.SERVING, Stage.HELD})
    return [
        e.TicketParked(**stamp(command, at), ticket=ticket.number, counter=_counter_of(ticket), reason=command.reason)
    ]


@rule
def mark_missed(command: c.MarkMissed, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED})
    still_to_call = day.rules.limits.calls_before_missed - ticket.calls
    seconds = seconds_until_recall(ticket, day, at)
    if still_to_call > 0 or seconds > 0:
        raise CallAgainFirst(ticket=ticket.number, calls=max(0, still_to_call), seconds=seconds)
    return [e.TicketMissed(**stamp(command, at), ticket=ticket.number, counter=_counter_of(ticket))]


def _counter_of(ticket: Ticket) -> str:
    assert ticket.counter is not None, "a ticket called or served stands at a counter"
    return ticket.counter
