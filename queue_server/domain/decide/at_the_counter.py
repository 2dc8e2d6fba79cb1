"""What happens to the visitor at a counter: start, hold, resume, end, park, missed."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import (
    counter_of,
    rule,
    stamp,
    the_ticket,
)
from queue_server.domain.decide.calling import seconds_until_recall
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import (
    CallAgainFirst,
)
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
    return [
        e.ServiceEnded(**stamp(command, at), ticket=ticket.number, counter=counter_of(ticket), outcome=command.outcome)
    ]


@rule
def park_ticket(command: c.ParkTicket, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED, Stage.SERVING, Stage.HELD})
    return [
        e.TicketParked(**stamp(command, at), ticket=ticket.number, counter=counter_of(ticket), reason=command.reason)
    ]


@rule
def mark_missed(command: c.MarkMissed, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED})
    still_to_call = day.rules.limits.calls_before_missed - ticket.calls
    seconds = seconds_until_recall(ticket, day, at)
    if still_to_call > 0 or seconds > 0:
        raise CallAgainFirst(ticket=ticket.number, calls=max(0, still_to_call), seconds=seconds)
    return [e.TicketMissed(**stamp(command, at), ticket=ticket.number, counter=counter_of(ticket))]
