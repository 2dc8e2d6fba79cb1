"""Visitors with a booking: an appointment, or the promise to be first today that was given when it was too late."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.closing import CERTAIN, promise_for
from queue_server.domain.decide.arriving import is_open, the_doors_are_open
from queue_server.domain.decide.base import rule, stamp, the_service, while_the_day_lasts
from queue_server.domain.decide.numbers import next_number, people_on_one_number
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import BookingOtherDay, BookingTooEarly, NotTooLate
from queue_server.domain.rules import Way
from queue_server.domain.triage import ticket_prefix, zone_for_visit


@rule
def arrive_booked(command: c.ArriveBooked, day: HallDay, at: datetime) -> list[e.Event]:
    """In time: counted from the booked time. Late: a walk-in from now on. A promise: counted since it was given."""
    if command.booking in day.bookings_arrived:
        return []  # the same paper shown twice is the same visit
    while_the_day_lasts(day)
    the_doors_are_open(day, at)
    if day.rules.day_of(command.slot) != day.day:
        raise BookingOtherDay(slot=command.slot.isoformat())
    service = the_service(day, command.service)
    zone = zone_for_visit(service, Way.COUNTER, command.care, day.rules)
    is_open(zone, day)
    is_appointment = command.kind == "appointment"
    return [
        e.TicketIssued(
            **stamp(command, at),
            ticket=next_number(day, ticket_prefix(service, zone)),
            service=service.id,
            zone=zone.id,
            way="counter",
            care=command.care,
            language=command.language,
            printer=command.printer,
            people=people_on_one_number(command.people, day),
            booking=command.booking,
            slot=command.slot if is_appointment and _in_time(command, day, at) else None,
            order_from=None if is_appointment else command.promised_at,
            promise=promise_for(service.id, zone.id, day, at) if is_appointment else CERTAIN,
            missing=command.missing,
            large_print=command.large_print,
        )
    ]


def _in_time(command: c.ArriveBooked, day: HallDay, at: datetime) -> bool:
    """Whether the booked time still counts. Raises BookingTooEarly with the moment from when it does."""
    limits = day.rules.limits
    earliest = command.slot - timedelta(minutes=limits.booking_early_minutes)
    if at < earliest:
        raise BookingTooEarly(slot=command.slot.isoformat(), earliest=earliest.isoformat())
    return at <= command.slot + timedelta(minutes=limits.booking_late_minutes)


@rule
def mark_booking_missed(command: c.MarkBookingMissed, day: HallDay, at: datetime) -> list[e.Event]:
    """Nobody came. Whoever comes later still is served, as a walk-in."""
    if command.booking in day.bookings_arrived or command.booking in day.bookings_missed:
        return []
    return [e.BookingMissed(**stamp(command, at), booking=command.booking, service=command.service, slot=command.slot)]


@rule
def promise_tomorrow(command: c.PromiseTomorrow, day: HallDay, at: datetime) -> list[e.Event]:
    """Only when service today is not certain, or a paper is missing: otherwise today's queue is the better place."""
    while_the_day_lasts(day)
    service = the_service(day, command.service)
    zone = zone_for_visit(service, Way.COUNTER, command.care, day.rules)
    is_certain = day.rules.hours.is_open(day.rules.local(at)) and promise_for(service.id, zone.id, day, at) == CERTAIN
    if is_certain and not command.missing:
        raise NotTooLate(service=service.id)
    return [
        e.TomorrowPromised(
            **stamp(command, at),
            booking=command.booking,
            service=service.id,
            day=command.day.isoformat(),
            care=command.care,
            language=command.language,
            printer=command.printer,
            missing=command.missing,
            large_print=command.large_print,
        )
    ]
