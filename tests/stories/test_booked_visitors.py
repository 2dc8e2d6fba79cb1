"""Appointments and promises: from when they count, how early and late is in time, and that a code is used once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from story import MONDAY, StoryHall

from queue_server.domain import commands as c
from queue_server.domain.refusals import BookingOtherDay, BookingTooEarly, NotTooLate
from queue_server.domain.ticket import Ticket


def clock(moment: str) -> datetime:
    hour, minute = (int(part) for part in moment.split(":"))
    return MONDAY.replace(hour=hour, minute=minute)


def arrives(hall: StoryHall, moment: str, slot: datetime, booking: str = "A", **more: Any) -> Ticket:
    hall.at(moment)
    fields = {"kind": "appointment", "service": "rent", "slot": slot, **more}
    hall.handle(c.ArriveBooked(id=f"arrive-{booking}-{moment}", actor="kiosk:K1", booking=booking, **fields))
    return hall.ticket(hall.day().bookings_arrived[booking])


def test_whoever_comes_in_time_counts_from_the_booked_time(hall: StoryHall) -> None:
    ticket = arrives(hall, "10:30", clock("11:00"))

    assert (ticket.order_from, ticket.slot) == (clock("11:00"), clock("11:00"))
    assert ticket.first_arrival_at == clock("10:30")


@pytest.mark.parametrize(("moment", "in_time"), [("11:30", True), ("11:31", False)])
def test_half_an_hour_late_is_in_time_and_later_is_a_walk_in(hall: StoryHall, moment: str, in_time: bool) -> None:
    ticket = arrives(hall, moment, clock("11:00"))

    assert (ticket.slot is not None) is in_time
    assert ticket.order_from == (clock("11:00") if in_time else clock(moment))


def test_more_than_three_hours_early_is_told_from_when(hall: StoryHall) -> None:
    with pytest.raises(BookingTooEarly) as refused:
        arrives(hall, "09:59", clock("13:00"))

    assert refused.value.details["earliest"] == clock("10:00").isoformat()
    assert arrives(hall, "10:00", clock("13:00")).slot == clock("13:00")


def test_a_booking_of_another_day_gives_no_number(hall: StoryHall) -> None:
    with pytest.raises(BookingOtherDay):
        arrives(hall, "10:00", clock("10:00") + timedelta(days=1))

    assert hall.events() == []


def test_a_code_shown_twice_is_one_visit(hall: StoryHall) -> None:
    first = arrives(hall, "10:30", clock("11:00"))
    again = arrives(hall, "10:40", clock("11:00"))

    assert again.number == first.number
    assert hall.events() == ["TicketIssued"]


def test_whoever_was_promised_today_stands_before_those_who_came_since(hall: StoryHall) -> None:
    early = hall.at("09:00").visitor_takes_ticket()
    yesterday = clock("16:00") - timedelta(days=1)
    promised = arrives(hall, "09:30", clock("09:00"), kind="promise", promised_at=yesterday)

    assert promised.order_from == yesterday
    assert (promised.slot, promised.promise) == (None, "certain")
    assert hall.queue() == [promised.number, early]


def test_an_appointment_that_nobody_came_to_is_noted_once_and_still_served_later(hall: StoryHall) -> None:
    for key in ("noted", "noted by another process"):
        missed = c.MarkBookingMissed(id=key, actor="hall", booking="A", service="rent", slot=clock("10:00"))
        hall.handle(missed)
    assert hall.events() == ["BookingMissed"]

    ticket = arrives(hall, "11:00", clock("10:00"))
    assert ticket.order_from == clock("11:00")


def test_an_appointment_that_was_kept_is_not_noted_as_missed(hall: StoryHall) -> None:
    arrives(hall, "10:00", clock("10:00"))
    hall.handle(c.MarkBookingMissed(id="late", actor="hall", booking="A", service="rent", slot=clock("10:00")))

    assert hall.events() == ["TicketIssued"]


def tomorrow(hall: StoryHall) -> None:
    day = MONDAY.date() + timedelta(days=1)
    hall.handle(c.PromiseTomorrow(id="tomorrow", actor="kiosk:K1", booking="A", service="rent", day=day))


def test_nobody_is_sent_to_tomorrow_while_today_is_certain(hall: StoryHall) -> None:
    hall.officer_opens("3")
    with pytest.raises(NotTooLate):
        tomorrow(hall.at("15:00"))

    assert hall.day().promised_tomorrow == 0


def test_when_it_is_too_late_for_today_tomorrow_is_promised(hall: StoryHall) -> None:
    hall.officer_opens("3")
    tomorrow(hall.at("17:30"))

    assert hall.day().promised_tomorrow == 1


def test_tomorrow_is_promised_as_soon_as_today_is_not_certain(hall: StoryHall) -> None:
    hall.officer_opens("3")
    for _ in range(6):
        hall.at("16:00").visitor_takes_ticket()
    tomorrow(hall.at("16:30"))  # an hour of work, and half an hour left

    assert hall.day().promised_tomorrow == 1
