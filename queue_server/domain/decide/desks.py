"""Opening, pausing and closing a desk."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import (
    nobody_at,
    rule,
    stamp,
    the_counter,
    the_open_desk,
    while_the_day_lasts,
)
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import (
    DeskIsOpen,
    DeskNotOpen,
    NotAReserve,
    OfficerElsewhere,
    ReserveIsShut,
)
from queue_server.domain.rules import Counter


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
    if counter.reserve and counter.id not in day.open_reserves:
        raise ReserveIsShut(counter=counter.id)
    return [e.DeskOpened(**stamp(command, at), counter=counter.id, officer=command.officer)]


@rule
def pause_desk(command: c.PauseDesk, day: HallDay, at: datetime) -> list[e.Event]:
    the_open_desk(day, command.counter)
    nobody_at(day, command.counter)
    return [e.DeskPaused(**stamp(command, at), counter=command.counter, reason=command.reason)]


@rule
def close_desk(command: c.CloseDesk, day: HallDay, at: datetime) -> list[e.Event]:
    if the_counter(day, command.counter).id not in day.desks:
        raise DeskNotOpen(counter=command.counter)
    nobody_at(day, command.counter)
    return [e.DeskClosed(**stamp(command, at), counter=command.counter)]


@rule
def open_reserve(command: c.OpenReserve, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    counter = _the_reserve(day, command.counter)
    if counter.id in day.open_reserves:
        return []
    return [e.ReserveOpened(**stamp(command, at), counter=counter.id)]


@rule
def close_reserve(command: c.CloseReserve, day: HallDay, at: datetime) -> list[e.Event]:
    """Shut again; whoever sits there goes on until their desk closes."""
    counter = _the_reserve(day, command.counter)
    if counter.id not in day.open_reserves:
        return []
    return [e.ReserveClosed(**stamp(command, at), counter=counter.id)]


def _the_reserve(day: HallDay, number: str) -> Counter:
    counter = the_counter(day, number)
    if not counter.reserve:
        raise NotAReserve(counter=counter.id)
    return counter
