"""`decide` itself, and the questions that several rules ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypedDict, TypeVar, get_type_hints

from queue_server.domain.commands import Command
from queue_server.domain.events import Event
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import (
    CounterBusy,
    DayIsOver,
    DeskNotOpen,
    TicketMovedOn,
    UnknownCounter,
    UnknownService,
    UnknownTicket,
    WrongStage,
)
from queue_server.domain.rules import Counter, Service
from queue_server.domain.ticket import Desk, Stage, Ticket

Rule = TypeVar("Rule", bound=Callable[..., list[Event]])

RULES: dict[type[Command], Callable[[Any, HallDay, datetime], list[Event]]] = {}


def rule(decides: Rule) -> Rule:
    """Marks what decides the command that its first parameter names. (`singledispatch` does so too, at twice the cost
    of what most rules take.)
    """
    RULES[get_type_hints(decides)["command"]] = decides
    return decides


class Stamp(TypedDict):
    at: datetime
    actor: str
    command: str


def decide(command: Command, day: HallDay, at: datetime) -> list[Event]:
    """The events that follow from a command. Raises a Refusal when the hall says no.

    A command whose id has been answered before follows nothing: its events stand in `day.seqs_of_command`.
    Time never runs backward in a day: a clock that does is held at the day's last moment.
    """
    if command.id in day.seqs_of_command:
        return []
    if day.last_at is not None and at < day.last_at:
        at = day.last_at
    decides = RULES.get(type(command))
    if decides is None:
        raise TypeError(f"no rule for {type(command).__name__}")
    return decides(command, day, at)


def stamp(command: Command, at: datetime) -> Stamp:
    """What every event says of its origin."""
    return {"at": at, "actor": command.actor, "command": command.id}


def the_ticket(day: HallDay, number: str, stages: Iterable[Stage] | None = None) -> Ticket:
    """The ticket, in one of these stages. Raises UnknownTicket or WrongStage."""
    ticket = day.ticket(number)
    if ticket is None:
        raise UnknownTicket(ticket=number)
    if stages is not None and ticket.stage not in stages:
        raise WrongStage(ticket=number, stage=ticket.stage.value, counter=ticket.counter)
    return ticket


def is_where_expected(ticket: Ticket, expected_stage: str | None) -> None:
    """A ticket that has moved on since the screen showed it is left as it is. Raises TicketMovedOn."""
    if expected_stage is not None and expected_stage != ticket.stage.value:
        raise TicketMovedOn(ticket=ticket.number, stage=ticket.stage.value, counter=ticket.counter)


def the_counter(day: HallDay, counter: str) -> Counter:
    if counter not in day.rules.counters:
        raise UnknownCounter(counter=counter)
    return day.rules.counters[counter]


def the_service(day: HallDay, service: str) -> Service:
    if service not in day.rules.services:
        raise UnknownService(service=service)
    return day.rules.services[service]


def the_open_desk(day: HallDay, counter: str) -> Desk:
    desk = day.desks.get(the_counter(day, counter).id)
    if desk is None or desk.paused:
        raise DeskNotOpen(counter=counter)
    return desk


def while_the_day_lasts(day: HallDay) -> None:
    if day.is_over:
        raise DayIsOver(day=day.day.isoformat())


def nobody_at(day: HallDay, counter: str) -> None:
    if current := day.at_counter(counter):
        raise CounterBusy(counter=counter, ticket=current.number)


def can_stand_again(ticket: Ticket, counter: str, day: HallDay) -> None:
    """An undo brings a visitor back to a counter only where somebody sits and nobody else has been called since.

    The visitor may already stand there: the next service of the same visit began at once.
    """
    the_open_desk(day, counter)
    if day.at_counter(counter) is not ticket:
        nobody_at(day, counter)


def counter_of(ticket: Ticket) -> str:
    """Where a called or served ticket stands."""
    assert ticket.counter is not None, "a ticket called or served stands at a counter"
    return ticket.counter
