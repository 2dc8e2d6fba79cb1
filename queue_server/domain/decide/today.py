"""A supervisor arranges this day otherwise: longer hours, what a counter serves, one more counter, a visitor back."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import (
    rule,
    stamp,
    the_counter,
    the_open_desk,
    the_service,
    the_ticket,
    while_the_day_lasts,
)
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import (
    ActNeedsReason,
    CounterKnown,
    CounterNumberWrong,
    HoursWrong,
    NoCoaching,
    NothingChanges,
    UnknownZone,
)
from queue_server.domain.rules import Purpose
from queue_server.domain.ticket import OVER, Stage

LONGEST_COUNTER_NUMBER = 2  # digits: what the displays have room for
MAY_BE_CALLED_BACK = OVER | {Stage.MISSED, Stage.PARKED}


@rule
def extend_hours(command: c.ExtendHours, day: HallDay, at: datetime) -> list[e.Event]:
    """Only longer: who wants to end earlier closes zones or the day, and says so to those who wait."""
    while_the_day_lasts(day)
    closes, now = command.closes, day.rules.hours.closing_time(day.day)
    extended = day.day in day.rules.hours.other_days
    if closes is None:
        if not extended:
            raise NothingChanges(closes=None)
        return [e.HoursExtended(**stamp(command, at), closes=None, reason=command.reason)]
    local = day.rules.local(closes)
    usual = day.usual_closing()
    if now is None or usual is None or local.date() != day.day or closes <= at or local.time() <= usual:
        raise HoursWrong(usual=f"{usual:%H:%M}" if usual else "–", closes=f"{local:%H:%M}")
    if extended and now == local.time():
        raise NothingChanges(closes=f"{local:%H:%M}")
    return [e.HoursExtended(**stamp(command, at), closes=closes, reason=_reason(command.reason))]


@rule
def change_counter(command: c.ChangeCounter, day: HallDay, at: datetime) -> list[e.Event]:
    """Who stands there is still served; the next call follows the change."""
    while_the_day_lasts(day)
    counter = the_counter(day, command.counter)
    services = _services(command, day)
    if (counter.zone, counter.services) == (command.zone, frozenset(services) or None):
        raise NothingChanges(counter=counter.id)
    return [_changed(command, at, services, added=False)]


@rule
def add_counter(command: c.AddCounter, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    number = command.counter
    if not (number.isascii() and number.isdigit() and 0 < len(number) <= LONGEST_COUNTER_NUMBER and number[0] != "0"):
        raise CounterNumberWrong(counter=number)
    if number in day.rules.counters:
        raise CounterKnown(counter=number)
    return [_changed(command, at, _services(command, day), added=True)]


@rule
def restore_counter(command: c.RestoreCounter, day: HallDay, at: datetime) -> list[e.Event]:
    counter = the_counter(day, command.counter)
    if counter.id not in day.usual_counters:
        raise NothingChanges(counter=counter.id)
    return [e.CounterRestored(**stamp(command, at), counter=counter.id)]


@rule
def call_back(command: c.CallBack, day: HallDay, at: datetime) -> list[e.Event]:
    """By display, voice and phone, as every call. Where somebody stands at the counter, it is called next there."""
    while_the_day_lasts(day)
    ticket = the_ticket(day, command.ticket, MAY_BE_CALLED_BACK)
    the_open_desk(day, command.counter)
    counter = the_counter(day, command.counter)
    back = e.TicketCalledBack(
        **stamp(command, at),
        ticket=ticket.number,
        counter=counter.id,
        zone=counter.zone,
        reason=_reason(command.reason),
    )
    if day.at_counter(counter.id) is not None:
        return [back]
    called = e.TicketCalled(
        **stamp(command, at), ticket=ticket.number, counter=counter.id, attempt=1, chosen=True, rule="chosen"
    )
    return [back, called]


def _changed(
    command: c.ChangeCounter | c.AddCounter, at: datetime, services: tuple[str, ...], *, added: bool
) -> e.Event:
    return e.CounterChanged(
        **stamp(command, at),
        counter=command.counter,
        zone=command.zone,
        services=services,
        added=added,
        reason=_reason(command.reason),
    )


def _services(command: c.ChangeCounter | c.AddCounter, day: HallDay) -> tuple[str, ...]:
    if command.zone not in day.rules.zones:
        raise UnknownZone(zone=command.zone)
    coaches = day.rules.zones[command.zone].purpose is Purpose.COACHING
    for name in command.services:
        if coaches and not the_service(day, name).coaching:
            raise NoCoaching(service=name)
        the_service(day, name)
    return tuple(sorted(set(command.services)))


def _reason(reason: str) -> str:
    if not (said := " ".join(reason.split())):
        raise ActNeedsReason()
    return said
