"""What somebody at a kiosk has in hand already: a ticket, by its number or its paper's QR, or a booking."""

from __future__ import annotations

import re
from datetime import datetime

from pydantic import Field

from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import UnknownTicket
from queue_server.domain.ticket import Stage, Ticket
from queue_server.foresight.base import TicketForecast
from queue_server.service.booking_desk import CODE_LENGTH, CODE_LETTERS
from queue_server.stores.bookings import Booking
from queue_server.web.api.bookings import booking_view
from queue_server.web.api.common import Wish, make_api
from queue_server.web.api.shapes import InHandShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.pages.progress.feedback_levels import REASONS
from queue_server.web.ratable import may_be_rated, service_asked_about
from queue_server.web.security import limit, needs_device, who
from queue_server.web.service_views import card_view
from queue_server.web.views import Json, said, wait_view
from queue_server.web.waits import Picture, ahead_of
from queue_server.web.words import reader_language

api = make_api("in-hand", "What a visitor has in hand already")

LINK = re.compile(r"(?:https?://[^\s/]+/p/)?([0-9]{4}-[A-Z]?[0-9]{4}-[A-Z2-7]{20})", re.IGNORECASE)
NUMBER = re.compile(r"([A-Z]?)([0-9]{1,4})")
BOOKING = re.compile(rf"(?:https?://[^\s/]+/b/)?([{CODE_LETTERS}]{{{CODE_LENGTH}}})", re.IGNORECASE)
PHONE = re.compile(r"1[0-9]{10}")
RETURNS = frozenset({Stage.PARKED, Stage.MISSED})


class InHand(Wish):
    code: str = Field(
        min_length=1, max_length=200, description="A paper's QR, a number of today, a booking's code or telephone"
    )


@api.post("/in-hand", responses={200: InHandShape})
@needs_device("kiosk")
def look_at(body: InHand) -> Json:
    """The ticket or the booking that a code stands for. Changes nothing; guessing is slowed down."""
    context = here()
    limit("in_hand", who().id, context.limits.codes_per_kiosk)
    code = body.code.strip()
    if found := LINK.fullmatch(code):
        return _by_link(found[1].upper())
    code = re.sub(r"[\s-]", "", code).upper()
    if found := NUMBER.fullmatch(code):
        return _by_number(found[1], found[2])
    if found := BOOKING.fullmatch(code):
        return _booking(context.booking_desk.find(found[1]))
    if PHONE.fullmatch(code):
        return _booking(context.booking_desk.find_by_phone(code))
    raise ApiError(404, "code_unknown")


def _by_link(link: str) -> Json:
    """Whoever has the paper's QR or the phone page has the ticket: a new paper may be printed."""
    context = here()
    picture = context.waits.picture()

    def seen(day: HallDay, at: datetime) -> Json | None:
        of_link = context.progress_links.read(link, day.day)
        if of_link is None or of_link.day != day.day or of_link.ticket not in day.tickets:
            return None
        return _ticket(day.tickets[of_link.ticket], day, at, picture)

    found = context.hall.read(seen)
    if found is None:
        raise ApiError(404, "unknown_link")
    return {**found, "link": link}


def _by_number(letter: str, digits: str) -> Json:
    """A number alone brings back and tells how it stands; of several with these digits the letter must say which."""
    context = here()
    picture = context.waits.picture()

    def seen(day: HallDay, at: datetime) -> Json:
        letters = [letter] if letter else list(day.issued_by_prefix)
        numbers = [f"{each}{int(digits):04d}" for each in letters]
        tickets = [day.tickets[number] for number in numbers if number in day.tickets]
        if not tickets:
            raise UnknownTicket(ticket=f"{letter}{int(digits):04d}")
        if len(tickets) > 1:
            raise ApiError(409, "letter_needed", number=f"{int(digits):04d}")
        return _ticket(tickets[0], day, at, picture)

    return context.hall.read(seen)


def _ticket(ticket: Ticket, day: HallDay, at: datetime, picture: Picture) -> Json:
    context = here()
    known = picture.of(ticket.number) or TicketForecast(ahead_of(ticket, day), picture.forecast.zones.get(ticket.zone))
    forecast = known if ticket.is_waiting else None
    guide = context.hall_file.catalogue.service(ticket.service)
    return {
        "kind": "ticket",
        "ticket": ticket.number,
        "stage": ticket.stage.value,
        "zone": ticket.zone,
        "counter": ticket.counter if ticket.is_at_a_counter else None,
        "ahead": forecast.ahead if forecast else None,
        "wait": wait_view(forecast.wait) if forecast else None,
        "service": card_view(guide, reader_language()),
        "may_return": ticket.stage in RETURNS,
        "may_rate": may_be_rated(ticket, at),
        "rating": _rating(ticket) if may_be_rated(ticket, at) else None,
        "link": None,
        "booking": None,
    }


def _rating(ticket: Ticket) -> Json:
    """What the question how it was needs: which service, where there were several, and the reasons of each level."""
    service = service_asked_about(ticket)
    guide = here().hall_file.catalogue.service(service) if service else None
    return {
        "service": said(guide.plain_name, reader_language()) if guide else None,
        "reasons": {str(level): list(codes) for level, codes in REASONS.items()},
    }


def _booking(booking: Booking) -> Json:
    guide = here().hall_file.catalogue.service(booking.service)
    return {"kind": "booking", "service": card_view(guide, reader_language()), "booking": booking_view(booking)}
