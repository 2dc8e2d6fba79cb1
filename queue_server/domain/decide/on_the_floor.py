"""What a guide does: move a ticket, undo it, bring a visitor back; and how a ticket leaves the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from itertools import islice

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.calling_order import calling_order
from queue_server.domain.decide.base import (
    can_stand_again,
    is_where_expected,
    rule,
    stamp,
    the_counter,
    the_ticket,
    while_the_day_lasts,
)
from queue_server.domain.hall_day import HallDay, can_call, can_serve, may_serve
from queue_server.domain.lines import Kind, class_name, order_class
from queue_server.domain.refusals import (
    CannotServe,
    NoCoaching,
    NothingChanges,
    NothingToUndo,
    OfficerNotHere,
    PositionUnknown,
    ReasonNeeded,
    ReturnTooLate,
    UndoTooLate,
    UnknownService,
    UnknownZone,
    ZoneIsClosed,
)
from queue_server.domain.rules import Purpose
from queue_server.domain.ticket import OVER, Stage, Ticket

OPEN_STAGES = frozenset(Stage) - OVER
POSITIONS = ("fair", "first", "last")


@dataclass(frozen=True, slots=True)
class Destination:
    service: str
    zone: str
    counter: str | None
    officer: str | None


@rule
def transfer_ticket(command: c.TransferTicket, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    ticket = the_ticket(day, command.ticket, OPEN_STAGES)
    # a guide who drags a ticket that was called in the same moment is told so; the visitor is already walking
    is_where_expected(ticket, command.expected_stage)
    _position_is_understood(command)
    to = _destination(command, day, ticket)
    stands = (ticket.service, ticket.zone, ticket.for_counter, ticket.for_officer)
    stays = (to.service, to.zone, to.counter, to.officer) == stands
    if stays and ticket.is_waiting and command.position == "fair":
        raise NothingChanges(ticket=ticket.number, zone=ticket.zone)
    return [
        e.TicketTransferred(
            **stamp(command, at),
            ticket=ticket.number,
            service=to.service,
            zone=to.zone,
            for_counter=to.counter,
            from_service=ticket.service,
            from_zone=ticket.zone,
            reason=command.reason,
            for_officer=to.officer,
            position=command.position,
        )
    ]


def _position_is_understood(command: c.TransferTicket) -> None:
    if command.position not in POSITIONS:
        raise PositionUnknown(position=command.position)
    if command.position == "first" and not command.reason:
        raise ReasonNeeded(ticket=command.ticket)


def _destination(command: c.TransferTicket, day: HallDay, ticket: Ticket) -> Destination:
    """Where the ticket should wait. A named counter decides the zone; a zone that cannot do the service refuses."""
    rules = day.rules
    service = command.service or ticket.service
    if service not in rules.services:
        raise UnknownService(service=service)
    counter_id = command.counter
    if command.officer is not None:
        desk = day.desk_of(command.officer)
        if desk is None:
            raise OfficerNotHere(officer=command.officer)
        counter_id = desk.counter
    if counter_id is not None:
        counter = the_counter(day, counter_id)
        zone = counter.zone
        if not can_serve(counter, day.desks.get(counter.id), service, rules):
            raise CannotServe(counter=counter.id, ticket=ticket.number, service=service, zone=zone)
    else:
        zone = command.zone or ticket.zone
    if zone not in rules.zones:
        raise UnknownZone(zone=zone)
    if zone in day.closed_zones and zone != ticket.zone:
        raise ZoneIsClosed(zone=zone, notice=day.closed_zones[zone])
    if rules.zones[zone].purpose is Purpose.COACHING and not rules.services[service].coaching:
        raise NoCoaching(service=service)
    return Destination(service, zone, None if command.officer else command.counter, command.officer)


@rule
def undo_transfer(command: c.UndoTransfer, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket)
    before = ticket.before_transfer
    if before is None or not ticket.is_waiting:
        raise NothingToUndo(ticket=ticket.number)
    limit = day.rules.limits.undo_within_seconds
    if at - before.transferred_at > timedelta(seconds=limit):
        raise UndoTooLate(ticket=ticket.number, seconds=limit)
    if before.counter is not None:
        can_stand_again(ticket, before.counter, day)
    return [
        e.TransferUndone(
            **stamp(command, at),
            ticket=ticket.number,
            service=before.service,
            zone=before.zone,
            for_counter=before.for_counter,
            counter=before.counter,
            stage=before.stage.value,
        )
    ]


@rule
def return_ticket(command: c.ReturnTicket, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    ticket = the_ticket(day, command.ticket, {Stage.PARKED, Stage.MISSED})
    after_miss = ticket.stage is Stage.MISSED
    if after_miss and tolerance_has_passed(ticket, day, at):
        raise ReturnTooLate(ticket=ticket.number, **_tolerance(day))
    order_from, order_issue = ticket.order_from, ticket.order_issue
    if after_miss or ticket.is_fetching:
        order_from, order_issue = _behind_the_first(ticket, day, at)
    return [
        e.TicketReturned(
            **stamp(command, at),
            ticket=ticket.number,
            after_miss=after_miss,
            order_from=order_from,
            order_issue=order_issue,
        )
    ]


def tolerance_has_passed(ticket: Ticket, day: HallDay, at: datetime) -> bool:
    """More numbers called in its zone *and* more minutes gone than the hall's rule on the paper allows."""
    limits = day.rules.limits
    if ticket.missed_at is None:
        return False
    numbers = day.calls_in_zone.get(ticket.zone, 0) - ticket.missed_at_call
    late = at - ticket.missed_at > timedelta(minutes=limits.return_within_minutes)
    return late and numbers > limits.return_within_numbers


def _tolerance(day: HallDay) -> dict[str, int]:
    limits = day.rules.limits
    return {"numbers": limits.return_within_numbers, "minutes": limits.return_within_minutes}


def _behind_the_first(ticket: Ticket, day: HallDay, at: datetime) -> tuple[datetime, int]:
    """The place in the order that puts a returning ticket just behind the first few of its queue, never further back.

    Soft miss: coming late costs a place or two, so that nobody starts again at the end (field: 1–3 people); and whoever
    went to fetch a paper passes nobody who is about to be called. Counted
    among those who earn credit as it does and wait for the same counters, since only their order stays as it is; those
    whom a person put first stand before it anyway. Only the heads of lines are looked at, however many wait.
    """
    few, rules = day.rules.limits.return_behind, day.rules
    counters = [counter for counter in rules.counters_of(ticket.zone) if may_serve(counter, ticket, day)]
    earns = order_class(class_name(ticket), rules)

    def competes(kind: Kind) -> bool:
        same = not kind.front and order_class(kind.order_class, rules) == earns
        return same and any(can_call(counter, kind, day) for counter in counters)

    lines = day.lines[ticket.zone].by_kind if ticket.zone in day.lines else {}
    heads = (other for kind, line in lines.items() if competes(kind) for other in islice(line, few))
    behind = nsmallest(few, heads, key=lambda other: calling_order(other, rules, at))
    return max((other.order_from, other.order_issue) for other in [ticket, *behind])


@rule
def mark_no_show(command: c.MarkNoShow, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.MISSED})
    return [e.TicketNoShow(**stamp(command, at), ticket=ticket.number)]


@rule
def abandon_ticket(command: c.AbandonTicket, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.WAITING, Stage.CALLED, Stage.PARKED, Stage.MISSED})
    return [e.TicketAbandoned(**stamp(command, at), ticket=ticket.number, reason=command.reason)]
