"""Who has booked for about now, could come to a counter and is not here yet: half hours and services, no codes."""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Sequence
from datetime import datetime, timedelta

from queue_server.domain.hall_day import HallDay, can_serve
from queue_server.domain.rules import Counter, Way
from queue_server.domain.triage import zone_for_visit
from queue_server.stores.bookings import Booking
from queue_server.web.views import Json, iso

SOON = timedelta(hours=1)
STILL_AWAITED = timedelta(minutes=30)  # after the booked time


def due_at(counter: Counter, bookings: Sequence[Booking], day: HallDay, at: datetime) -> list[Json]:
    due = Count(
        (one.slot, one.service)
        for one in bookings
        if one.kind == "appointment" and at - STILL_AWAITED <= one.slot <= at + SOON
        if one.code not in day.bookings_arrived and one.code not in day.bookings_missed
        if _may_come_to(counter, one, day)
    )
    return [{"slot": iso(slot), "service": service, "bookings": many} for (slot, service), many in sorted(due.items())]


def _may_come_to(counter: Counter, booking: Booking, day: HallDay) -> bool:
    service = day.rules.services.get(booking.service)
    if service is None or not can_serve(counter, day.desks.get(counter.id), booking.service, day.rules):
        return False
    return zone_for_visit(service, Way.COUNTER, booking.care, day.rules).id == counter.zone
