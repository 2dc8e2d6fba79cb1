"""What happens to the visitor at a counter: start, hold, resume, end, park, missed, and taking one of these back."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import (
    can_stand_again,
    counter_of,
    is_where_expected,
    rule,
    stamp,
    the_ticket,
    while_the_day_lasts,
)
from queue_server.domain.decide.calling import calls_next, seconds_until_recall
from queue_server.domain.decide.ending import end_events
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import CallAgainFirst, NothingToUndo, UndoTooLate
from queue_server.domain.ticket import Stage


@rule
def start_service(command: c.StartService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED})
    return [e.ServiceStarted(**stamp(command, at), ticket=ticket.number, counter=counter_of(ticket))]


@rule
def hold_service(command: c.HoldService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.SERVING})
    return [e.ServiceHeld(**stamp(command, at), ticket=ticket.number, counter=counter_of(ticket))]


@rule
def resume_service(command: c.ResumeService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.HELD})
    return [e.ServiceResumed(**stamp(command, at), ticket=ticket.number, counter=counter_of(ticket))]


@rule
def end_service(command: c.EndService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.SERVING, Stage.HELD})
    is_where_expected(ticket, command.expected_stage)
    ended = end_events(ticket, command, day, at, outcome=command.outcome, told=command.told)
    calls = command.call_next if command.call_next is not None else day.rules.options.call_on_finish
    goes_on_here = len(ended) > 1
    if goes_on_here or not calls or day.is_over or not _may_call(counter_of(ticket), day):
        return ended
    return [*ended, *calls_next(command, counter_of(ticket), day, at)]


def _may_call(counter: str, day: HallDay) -> bool:
    desk = day.desks.get(counter)
    return desk is not None and not desk.paused


@rule
def park_ticket(command: c.ParkTicket, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED, Stage.SERVING, Stage.HELD})
    is_where_expected(ticket, command.expected_stage)
    counter = counter_of(ticket)
    desk = day.desks.get(counter)
    return [
        e.TicketParked(
            **stamp(command, at),
            ticket=ticket.number,
            counter=counter,
            reason=command.reason,
            for_counter=counter if command.keep_for == "counter" else None,
            for_officer=desk.officer if command.keep_for == "officer" and desk else None,
        )
    ]


@rule
def mark_missed(command: c.MarkMissed, day: HallDay, at: datetime) -> list[e.Event]:
    """A soft miss: the visitor may return. One who has been missed so often before is a no-show at once."""
    ticket = the_ticket(day, command.ticket, {Stage.CALLED})
    still_to_call = day.rules.limits.calls_before_missed - ticket.calls
    seconds = seconds_until_recall(ticket, day, at)
    if still_to_call > 0 or seconds > 0:
        raise CallAgainFirst(ticket=ticket.number, calls=max(0, still_to_call), seconds=seconds)
    missed: list[e.Event] = [e.TicketMissed(**stamp(command, at), ticket=ticket.number, counter=counter_of(ticket))]
    if ticket.misses + 1 >= day.rules.limits.misses_before_no_show:
        missed.append(e.TicketNoShow(**stamp(command, at), ticket=ticket.number))
    return missed


@rule
def undo_step(command: c.UndoStep, day: HallDay, at: datetime) -> list[e.Event]:
    """The ticket was ended, parked or marked missed a moment ago, and that was a slip."""
    while_the_day_lasts(day)
    ticket = the_ticket(day, command.ticket)
    before = ticket.before_step
    is_rated = before is not None and before.step == "ended" and len(ticket.services_done) not in ticket.unrated
    if before is None or is_rated or before.counter is None:
        raise NothingToUndo(ticket=ticket.number)
    limit = day.rules.limits.undo_within_seconds
    if at - before.transferred_at > timedelta(seconds=limit):
        raise UndoTooLate(ticket=ticket.number, seconds=limit)
    can_stand_again(ticket, before.counter, day)
    return [
        e.StepUndone(
            **stamp(command, at),
            ticket=ticket.number,
            step=before.step,
            stage=before.stage.value,
            counter=before.counter,
        )
    ]
