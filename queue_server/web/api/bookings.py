"""Booking a half hour, arriving with a booking, and the promise to be first tomorrow."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from queue_server.domain.hall_day import HallDay
from queue_server.service.booking_file import CsvWrong
from queue_server.stores.bookings import Booking
from queue_server.web.api.common import COMMAND, Wish, make_api, wish_id
from queue_server.web.api.shapes import BookingShape, BookingsShape, IssuedShape, PromiseShape, SlotsShape
from queue_server.web.api.tickets import MaterialCode, issued, known_printer
from queue_server.web.audited import looks_at
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import (
    FLOOR_STAFF,
    limit_public_post,
    needs_device,
    needs_role,
    open_to_all,
    who,
)
from queue_server.web.views import Json, iso

api = make_api("bookings", "Bookings")


class DayOfService(BaseModel):
    service: str = Field(max_length=40)
    day: date


class OneDay(BaseModel):
    day: date


class CodePath(BaseModel):
    code: str = Field(max_length=16)


class Book(Wish):
    service: str = Field(max_length=40)
    slot: AwareDatetime
    care: bool = False
    language: Literal["zh", "en"] = "zh"
    people: int = Field(1, ge=1, le=9)
    phone: str = Field(
        "", pattern="^(1[0-9]{10})?$", description="Not asked for; given, the booking is found by it on its day"
    )


class Arrive(Wish):
    printer: str | None = Field(None, max_length=32)


class Tomorrow(Wish):
    service: str = Field(max_length=40)
    care: bool = False
    language: Literal["zh", "en"] = "zh"
    missing: list[MaterialCode] = Field([], max_length=20, description="Codes of the materials not brought along")
    printer: str | None = Field(None, max_length=32, description="Where to print it; left out: no paper")
    large_print: bool = Field(False, description="Of the paper")


class Import(Wish):
    csv: str = Field(max_length=60_000, description="Header date,time,service and perhaps language,people,phone")


def booking_view(booking: Booking) -> Json:
    return {
        "code": booking.code,
        "kind": booking.kind,
        "service": booking.service,
        "slot": iso(booking.slot),
        "care": booking.care,
        "language": booking.language,
        "people": booking.people,
    }


@api.get("/bookings/slots", responses={200: SlotsShape})
@open_to_all
def read_slots(query: DayOfService) -> Json:
    """The half hours of one service with places left."""
    slots = here().booking_desk.slots(query.service, query.day)
    return {"slots": [{"slot": iso(slot), "places": places} for slot, places in slots if places]}


@api.post("/bookings", responses={201: BookingShape})
@open_to_all
def book(body: Book) -> tuple[Json, int]:
    """Book a half hour. Nothing personal is asked; the code is all one needs to bring."""
    limit_public_post()
    slot: datetime = body.slot
    booking = here().booking_desk.book(
        body.service, slot, care=body.care, language=body.language, people=body.people, phone=body.phone
    )
    return booking_view(booking), 201


@api.get("/bookings", responses={200: BookingsShape})
@needs_role(*FLOOR_STAFF)
@looks_at("bookings")
def read_bookings(query: OneDay) -> Json:
    """The bookings of one day; of today with the number that each has become, and whether nobody came."""
    bookings = here().booking_desk.of_day(query.day)
    return here().hall.read(lambda day, at: {"bookings": [booking_today(booking, day) for booking in bookings]})


def booking_today(booking: Booking, day: HallDay) -> Json:
    code = booking.code
    return {**booking_view(booking), "ticket": day.bookings_arrived.get(code), "missed": code in day.bookings_missed}


@api.post("/bookings/<code>/cancel", responses={200: BookingShape})
@open_to_all
def cancel(path: CodePath) -> Json:
    """Give the place back. Whoever has the code may."""
    limit_public_post()
    booking = here().booking_desk.find(path.code)
    here().booking_desk.cancel(booking.code)
    return booking_view(booking)


@api.post("/bookings/<code>/arrive", responses={201: IssuedShape})
@needs_role(*FLOOR_STAFF)
@needs_device("kiosk")
def arrive(path: CodePath, body: Arrive) -> tuple[Json, int]:
    """The visitor is here: a number, counted from the booked time when in its bounds."""
    context = here()
    known_printer(body.printer, context)
    return context.booking_desk.arrive(path.code, who().actor, issued(context), body.printer), 201


@api.post("/bookings/import", responses={201: BookingsShape})
@needs_role("supervisor")
def import_bookings(body: Import) -> tuple[Json, int]:
    """Bookings from another system, as CSV; all of them or none."""
    try:
        count = here().booking_desk.import_csv(body.csv)
    except CsvWrong as wrong:
        where = {"line": wrong.line, "column": wrong.column, "name": wrong.name, "found": wrong.found}
        raise ApiError(422, wrong.code, **where) from wrong
    return {"imported": count, "bookings": []}, 201


@api.post("/bookings/tomorrow", responses={201: PromiseShape}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
@needs_device("kiosk")
def promise_tomorrow(body: Tomorrow) -> tuple[Json, int]:
    """Too late for today, or something is missing: a dated code that is first in line on the next opening day."""
    someone = who()
    known_printer(body.printer, here())
    wish = wish_id(someone, "tomorrow")
    booking = here().booking_desk.promise_tomorrow(
        wish,
        someone.actor,
        body.service,
        care=body.care,
        language=body.language,
        missing=here().known_materials(body.service, body.missing),
        printer=body.printer,
        large_print=body.large_print,
    )
    return {**booking_view(booking), "paper": here().hall.read(lambda day, at: day.slip_of(wish))}, 201
