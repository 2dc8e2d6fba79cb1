"""What stands in the log so that the hall can act on it, and is told to nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from queue_server.domain import events as e
from queue_server.domain.apply import replay
from queue_server.domain.hall_day import HallDay
from queue_server.stores.base import Recorded
from queue_server.web.feed_messages import own_message, public_message, staff_message
from tests.story import MONDAY, RULES

CODE, PHONE = "K7M2-9QXD", "mark-of-a-phone"
NINE = MONDAY.replace(hour=9)
STAMP = {"at": NINE, "actor": "kiosk:K1", "command": "press-1"}
ISSUED = e.TicketIssued(
    **STAMP,
    ticket="T0001",
    service="rent",
    zone="special",
    way="counter",
    care=False,
    language="zh",
    printer=None,
    holder=PHONE,
    booking=CODE,
)
BOOKED = [
    ISSUED,
    e.TomorrowPromised(
        **STAMP, booking=CODE, service="rent", day="2026-11-24", care=False, language="zh", printer=None
    ),
    e.BookingMissed(**STAMP, booking=CODE, service="rent", slot=NINE),
]


def to_staff(recorded: Recorded, day: HallDay) -> object:
    return staff_message(recorded, day, str)


@pytest.mark.parametrize("event", BOOKED, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("told", [to_staff, public_message, own_message])
def test_nobody_is_told_the_code_of_a_booking_or_the_mark_of_a_phone(
    event: e.Event, told: Callable[[Recorded, HallDay], object]
) -> None:
    day = replay(RULES, MONDAY.date(), [ISSUED])

    message = repr(told(Recorded(1, MONDAY.date(), event), day))

    assert CODE not in message
    assert PHONE not in message
