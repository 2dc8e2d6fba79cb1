"""Zones closing for an hour, and the end of the working day."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import DayIsOpen, NothingChanges, UnknownZone, ZoneIsClosed
from queue_server.domain.rules import Purpose
from queue_server.domain.ticket import Stage, Ticket


@rule
def close_zone(command: c.CloseZone, day: HallDay, at: datetime) -> list[e.Event]:
    _known(day, command.zone)
    if command.zone in day.closed_zones:
        raise NothingChanges(zone=command.zone)
    closed = e.ZoneClosed(**stamp(command, at), zone=command.zone, notice=command.notice)
    return [closed, *_moved_on(command, day, at)]


def _moved_on(command: c.CloseZone, day: HallDay, at: datetime) -> list[e.Event]:
    """Whoever waits goes to the other zone, where that can do their service; the others stay and are still called."""
    zone = command.move_to
    if zone is None:
        return []
    _known(day, zone)
    if zone == command.zone:
        raise NothingChanges(zone=zone)
    if zone in day.closed_zones:
        raise ZoneIsClosed(zone=zone, notice=day.closed_zones[zone])
    coaches = day.rules.zones[zone].purpose is Purpose.COACHING
    return [
        e.TicketTransferred(
            **stamp(command, at),
            ticket=ticket.number,
            service=ticket.service,
            zone=zone,
            for_counter=None,
            from_service=ticket.service,
            from_zone=command.zone,
            reason="zone_closed",
        )
        for ticket in day.waiting(command.zone)
        if not coaches or day.rules.services[ticket.service].coaching
    ]


@rule
def reopen_zone(command: c.ReopenZone, day: HallDay, at: datetime) -> list[e.Event]:
    _known(day, command.zone)
    if command.zone not in day.closed_zones:
        raise NothingChanges(zone=command.zone)
    return [e.ZoneReopened(**stamp(command, at), zone=command.zone)]


def _known(day: HallDay, zone: str) -> None:
    if zone not in day.rules.zones:
        raise UnknownZone(zone=zone)


@rule
def close_day(command: c.CloseDay, day: HallDay, at: datetime) -> list[e.Event]:
    """Every ticket still open is dealt with by rule, so that no phantom waits overnight."""
    if day.is_over:
        return []
    closing = [_close(ticket, command, at) for ticket in day.unfinished.values()]
    desks = [e.DeskClosed(**stamp(command, at), counter=counter) for counter in day.desks]
    return [*closing, *desks, e.DayClosed(**stamp(command, at))]


def _close(ticket: Ticket, command: c.CloseDay, at: datetime) -> e.Event:
    if ticket.stage is Stage.MISSED:
        return e.TicketNoShow(**stamp(command, at), ticket=ticket.number)
    if ticket.stage in {Stage.SERVING, Stage.HELD}:
        return e.ServiceEnded(
            **stamp(command, at), ticket=ticket.number, counter=ticket.counter or "", outcome="day_closed"
        )
    return e.TicketAbandoned(**stamp(command, at), ticket=ticket.number, reason="day_closed")


@rule
def reopen_day(command: c.ReopenDay, day: HallDay, at: datetime) -> list[e.Event]:
    """It was closed too early. The tickets that were dealt with at closing stay so; their visitors take new ones."""
    if not day.is_over:
        raise DayIsOpen(day=day.day.isoformat())
    return [e.DayReopened(**stamp(command, at))]
