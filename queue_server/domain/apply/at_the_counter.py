"""Serving, holding, ending, parking, missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from queue_server.domain import events as e
from queue_server.domain.apply.base import (
    fact,
    finish,
    leave_counter,
    leave_queue,
    remember_step,
    stand_again,
    stop_holding,
    wait,
)
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import ServiceDone, Stage, Ticket


@fact
def _(event: e.ServiceStarted, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.stage = Stage.SERVING
    ticket.started_at = event.at
    ticket.held_for = timedelta(0)


@fact
def _(event: e.ServiceHeld, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.stage = Stage.HELD
    ticket.held_at = event.at


@fact
def _(event: e.ServiceResumed, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.stage = Stage.SERVING
    stop_holding(ticket, event.at)


@fact
def _(event: e.ServiceEnded, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    remember_step(ticket, "ended", event.at)
    ticket.outcome = event.outcome
    if event.next_service is None or event.next_zone is None:
        finish(day, ticket, Stage.SERVED, event.at)
        _note_done(day, ticket, event)
        return
    leave_counter(day, ticket, event.at)
    _note_done(day, ticket, event)
    _go_on(ticket, event.next_service, event.next_zone, event.at)
    wait(day, ticket)


def _note_done(day: HallDay, ticket: Ticket, event: e.ServiceEnded) -> None:
    desk = day.desks.get(event.counter)
    started = ticket.started_at or event.at
    ticket.services_done.append(
        ServiceDone(
            service=event.service or ticket.service,
            counter=event.counter,
            outcome=event.outcome,
            started_at=started,
            ended_at=event.at,
            took=event.at - started - ticket.held_for,
            officer=desk.officer if desk else "",
            inferred=event.inferred,
        )
    )


def _go_on(ticket: Ticket, service: str, zone: str, at: datetime) -> None:
    """To the next service of the visit, with the first arrival kept."""
    if ticket.served_call_at is not None:
        ticket.waited += ticket.served_call_at - (ticket.wait_from or ticket.first_arrival_at)
    ticket.wait_from = at
    ticket.services_to_do = tuple(other for other in ticket.services_to_do if other != service)
    ticket.service = service
    ticket.zone = zone
    ticket.for_counter = ticket.for_officer = None
    ticket.started_at = None
    ticket.calls = 0


@fact
def _(event: e.ServiceAdded, day: HallDay) -> None:
    _plan(day.tickets[event.ticket], lambda services: (*services, event.service))


@fact
def _(event: e.ServiceDropped, day: HallDay) -> None:
    _plan(day.tickets[event.ticket], lambda services: tuple(one for one in services if one != event.service))


def _plan(ticket: Ticket, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
    """Also in what is remembered for an undo: taking back a step does not take back what was added since."""
    ticket.services_to_do = change(ticket.services_to_do)
    if before := ticket.before_step:
        ticket.before_step = replace(before, services_to_do=change(before.services_to_do))
    if before := ticket.before_transfer:
        ticket.before_transfer = replace(before, services_to_do=change(before.services_to_do))


@fact
def _(event: e.StepUndone, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    before = ticket.before_step
    assert before is not None, "only a step that was remembered is undone"
    leave_queue(day, ticket)
    if event.step == "ended":
        _take_back_the_end(ticket)
    elif event.step == "missed":
        ticket.misses -= 1
        ticket.missed_at = None
    ticket.reason = ticket.ended_at = None
    ticket.before_step = None
    stand_again(day, ticket, before)


def _take_back_the_end(ticket: Ticket) -> None:
    ticket.services_done.pop()
    ticket.outcome = ticket.services_done[-1].outcome if ticket.services_done else None


@fact
def _(event: e.TicketParked, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    remember_step(ticket, "parked", event.at)
    leave_counter(day, ticket, event.at)
    ticket.stage = Stage.PARKED
    ticket.reason = event.reason
    ticket.for_counter, ticket.for_officer = event.for_counter, event.for_officer


@fact
def _(event: e.TicketMissed, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    remember_step(ticket, "missed", event.at)
    leave_counter(day, ticket, event.at)
    ticket.stage = Stage.MISSED
    ticket.misses += 1
    ticket.missed_at = event.at
    ticket.missed_at_call = day.calls_in_zone.get(ticket.zone, 0)


@fact
def _(event: e.TicketNoShow, day: HallDay) -> None:
    finish(day, day.tickets[event.ticket], Stage.NO_SHOW, event.at)
