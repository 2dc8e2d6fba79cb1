"""Serving, holding, ending, parking, missing."""

from __future__ import annotations

from datetime import timedelta

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, finish, leave_counter, stop_holding
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Stage


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
    ticket.outcome = event.outcome
    finish(day, ticket, Stage.SERVED, event.at)


@fact
def _(event: e.TicketParked, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    leave_counter(day, ticket, event.at)
    ticket.stage = Stage.PARKED
    ticket.reason = event.reason


@fact
def _(event: e.TicketMissed, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    leave_counter(day, ticket, event.at)
    ticket.stage = Stage.MISSED
    ticket.missed_at = event.at
    ticket.missed_at_call = day.calls_in_zone.get(ticket.zone, 0)


@fact
def _(event: e.TicketNoShow, day: HallDay) -> None:
    finish(day, day.tickets[event.ticket], Stage.NO_SHOW, event.at)
