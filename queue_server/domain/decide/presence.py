"""“Are you still in the hall?” Asked near the front of the queue, never punished: it only spares a call in vain."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.calling_order import calling_order
from queue_server.domain.decide.base import rule, stamp, the_ticket
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import OVER, Stage, Ticket

COMING = frozenset({Stage.WAITING, Stage.CALLED, Stage.PARKED, Stage.MISSED})  # who may still be on the way


@rule
def ask_presence(command: c.AskPresence, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, {Stage.WAITING})
    if ticket.presence_asked_at is not None:
        return []
    return [e.PresenceAsked(**stamp(command, at), ticket=ticket.number)]


@rule
def confirm_presence(command: c.ConfirmPresence, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, frozenset(Stage) - OVER)
    if ticket.presence_confirmed_at is not None:
        return []
    return [e.PresenceConfirmed(**stamp(command, at), ticket=ticket.number)]


@rule
def say_on_the_way(command: c.SayOnTheWay, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, COMING)
    if ticket.on_the_way_at is not None:
        return []
    return [e.OnTheWaySaid(**stamp(command, at), ticket=ticket.number)]


def presence_due(day: HallDay, at: datetime) -> list[Ticket]:
    """Who should be asked now: the first few of each zone who have waited long enough to have wandered off."""
    limits = day.rules.limits
    if limits.presence_places == 0:
        return []
    long_enough = timedelta(minutes=limits.presence_after_minutes)
    return [
        ticket
        for zone in day.lines
        for ticket in first_places(zone, limits.presence_places, day, at)
        if ticket.presence_asked_at is None and at - ticket.first_arrival_at >= long_enough
    ]


def first_places(zone: str, places: int, day: HallDay, at: datetime) -> list[Ticket]:
    """The first few of a zone's queue, found without looking at everybody."""

    def candidates() -> Iterator[Ticket]:
        for line in day.lines[zone].by_kind.values():
            yield from islice(line, places)

    return heapq.nsmallest(places, candidates(), key=lambda ticket: calling_order(ticket, day.rules, at))
