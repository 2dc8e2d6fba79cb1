"""Inviting visitors: the next one, a certain one, somebody without a number, again."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.choice import Choice, choose, may_call
from queue_server.domain.decide.base import (
    nobody_at,
    rule,
    stamp,
    the_counter,
    the_open_desk,
    the_service,
    the_ticket,
    while_the_day_lasts,
)
from queue_server.domain.decide.ending import end_events
from queue_server.domain.decide.numbers import next_number, people_on_one_number
from queue_server.domain.hall_day import HallDay, can_serve
from queue_server.domain.refusals import (
    CalledOften,
    CannotServe,
    NobodyWaiting,
    RecallTooSoon,
)
from queue_server.domain.ticket import Stage, Ticket
from queue_server.domain.triage import ticket_prefix


@rule
def call_next(command: c.CallNext, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    the_open_desk(day, command.counter)
    ended = forgotten_end(command, day, at)
    if not ended:
        nobody_at(day, command.counter)
    called = calls_next(command, command.counter, day, at)
    if not called and not ended:
        raise NobodyWaiting(counter=command.counter)
    return [*ended, *called]


def calls_next(command: c.Command, counter: str, day: HallDay, at: datetime) -> list[e.Event]:
    """The call of whoever is next for this counter; nothing when nobody is."""
    choice = choose(the_counter(day, counter), day, at)
    return [_called(command, at, choice, counter)] if choice else []


def _called(command: c.Command, at: datetime, choice: Choice, counter: str) -> e.Event:
    return e.TicketCalled(
        **stamp(command, at),
        ticket=choice.ticket.number,
        counter=counter,
        attempt=1,
        rule=choice.rule,
        passed_over=choice.passed_over,
        overtook_seconds=choice.overtook_seconds,
    )


def forgotten_end(command: c.CallNext, day: HallDay, at: datetime) -> list[e.Event]:
    """The end of a service that nobody pressed, concluded from the call of the next visitor.

    Not within the first seconds of a service: then it was the key that was pressed twice.
    """
    ticket = day.at_counter(command.counter)
    if command.if_free or ticket is None or ticket.stage is not Stage.SERVING or ticket.started_at is None:
        return []
    if at - ticket.started_at < timedelta(seconds=day.rules.limits.infer_end_after_seconds):
        return []
    return end_events(ticket, command, day, at, outcome="done", inferred=True)


@rule
def call_ticket(command: c.CallTicket, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    the_open_desk(day, command.counter)
    nobody_at(day, command.counter)
    counter = the_counter(day, command.counter)
    ticket = the_ticket(day, command.ticket, {Stage.WAITING})
    if not may_call(counter, ticket, day, at):
        raise CannotServe(counter=counter.id, ticket=ticket.number, service=ticket.service, zone=ticket.zone)
    return [
        e.TicketCalled(
            **stamp(command, at), ticket=ticket.number, counter=counter.id, attempt=1, chosen=True, rule="chosen"
        )
    ]


@rule
def serve_directly(command: c.ServeDirectly, day: HallDay, at: datetime) -> list[e.Event]:
    """Somebody stands at the counter without a number; they get one, so that the visit is counted and can be rated."""
    while_the_day_lasts(day)
    desk = the_open_desk(day, command.counter)
    nobody_at(day, command.counter)
    counter = the_counter(day, command.counter)
    service = the_service(day, command.service)
    zone = day.rules.zones[counter.zone]
    if not can_serve(counter, desk, service.id, day.rules):
        raise CannotServe(counter=counter.id, ticket="", service=service.id, zone=zone.id)
    number = next_number(day, ticket_prefix(service, zone))
    return [
        e.TicketIssued(
            **stamp(command, at),
            ticket=number,
            service=service.id,
            zone=zone.id,
            way="counter",
            care=command.care,
            language=command.language,
            printer=None,
            people=people_on_one_number(command.people, day),
        ),
        e.TicketCalled(**stamp(command, at), ticket=number, counter=counter.id, attempt=1, rule="direct"),
        e.ServiceStarted(**stamp(command, at), ticket=number, counter=counter.id),
    ]


@rule
def recall_ticket(command: c.RecallTicket, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.CALLED})
    assert ticket.counter is not None
    assert ticket.called_at is not None
    limit = day.rules.limits.calls_before_missed
    if ticket.calls >= limit:
        raise CalledOften(ticket=ticket.number, calls=ticket.calls)
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
