"""Making bookings and arriving with them: between the table of bookings and the hall's door."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain.refusals import BookingUnknown, SlotFull, SlotNotOffered, UnknownService
from queue_server.domain.rules import HallRules
from queue_server.service.booking_file import read_bookings
from queue_server.service.hall import Answer, Hall, Handled
from queue_server.stores.bookings import Booking, Bookings, PlaceTaken

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike on paper
CODE_LENGTH = 10  # 31^10: nobody guesses one
STEP = timedelta(minutes=30)


class BookingDesk:
    def __init__(self, bookings: Bookings, hall: Hall, phone_key: bytes = b"") -> None:
        """`phone_key` makes the marks of telephones; without it none are kept."""
        self._bookings = bookings
        self._hall = hall
        self._phone_key = phone_key
        self._forgot_before: date | None = None

    @property
    def _rules(self) -> HallRules:
        return self._hall.rules

    # --- booking

    def slots(self, service: str, day: date) -> list[tuple[datetime, int]]:
        """The half hours of a day still to come, each with the places left."""
        places = self._places(service)
        taken = [booking.slot for booking in self.of_day(day) if booking.service == service]
        return [(slot, max(0, places - taken.count(slot))) for slot in self._offered(day)]

    def _offered(self, day: date) -> Iterator[datetime]:
        now = self._hall.clock.now()
        hours = self._rules.hours
        if not 0 <= (day - self._rules.day_of(now)).days <= self._rules.bookings.days_ahead:
            return
        for opens, _ in hours.of(day):
            slot = datetime.combine(day, opens, tzinfo=self._rules.timezone)
            while hours.is_open(slot):
                if slot > now:
                    yield slot
                slot += STEP

    def _places(self, service: str) -> int:
        if service not in self._rules.services:
            raise UnknownService(service=service)
        return self._rules.bookings.places(service)

    def book(self, service: str, slot: datetime, *, care: bool, language: str, people: int, phone: str = "") -> Booking:
        """Take a place. Raises SlotNotOffered or SlotFull."""
        places = self._places(service)
        local = slot.astimezone(self._rules.timezone)
        if places == 0 or local not in set(self._offered(local.date())):
            raise SlotNotOffered(slot=local.isoformat())
        booking = self._new("appointment", service, local, care, language, people, phone)
        try:
            self._bookings.add([(booking, local.date(), places)])
        except PlaceTaken as taken:
            raise SlotFull(slot=local.isoformat()) from taken
        return booking

    def _new(
        self, kind: str, service: str, slot: datetime, care: bool, language: str, people: int, phone: str = ""
    ) -> Booking:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        made_at = self._hall.clock.now()
        mark = self._mark(phone) if phone else ""
        return Booking(code, self._rules.hall, kind, service, slot, made_at, care, language, people, phone_mark=mark)

    def _mark(self, phone: str) -> str:
        """By which a telephone is found again, and from which nobody without the hall's key reads it."""
        return hmac.digest(self._phone_key, phone.encode(), "sha256").hex() if self._phone_key else ""

    def import_csv(self, text: str) -> int:
        """Take over another system's bookings, all or none; how many. Its own capacity counts. Raises CsvWrong."""
        rows = read_bookings(text, self._rules.services, self._rules.timezone)
        new = [
            self._new("appointment", one.service, one.slot, False, one.language, one.people, one.phone) for one in rows
        ]
        self._bookings.add((booking, booking.slot.date(), None) for booking in new)
        return len(new)

    # --- reading, cancelling

    def of_day(self, day: date) -> list[Booking]:
        return self._bookings.of_day(self._rules.hall, day)

    def find(self, code: str) -> Booking:
        """By its code, typed or scanned in any case. Raises BookingUnknown; a cancelled one is unknown too."""
        booking = self._bookings.find(self._rules.hall, code.strip().upper())
        if booking is None or booking.cancelled:
            raise BookingUnknown()
        return booking

    def find_by_phone(self, phone: str) -> Booking:
        """Today's booking of this telephone, the next one that has not arrived. Raises BookingUnknown."""
        day, arrived = self._hall.read(lambda day, at: (day.day, set(day.bookings_arrived)))
        found = self._bookings.of_phone(self._rules.hall, day, self._mark(phone))
        if not found:
            raise BookingUnknown()
        return next((booking for booking in found if booking.code not in arrived), found[-1])

    def forget_phones(self) -> None:
        """Once a day: the marks of days before today."""
        today = self._rules.day_of(self._hall.clock.now())
        if self._forgot_before != today:
            self._bookings.forget_phones(today)
            self._forgot_before = today

    def cancel(self, code: str) -> None:
        self._bookings.cancel(self._rules.hall, self.find(code).code)

    # --- arriving

    def arrive(self, code: str, actor: str, answer: Callable[[Handled], Answer], printer: str | None = None) -> Answer:
        """A number for this booking; the same one, however often the paper is shown. `answer`: as `Hall.grant`."""
        booking = self.find(code)
        command = c.ArriveBooked(
            id=f"arrive:{booking.code}",
            actor=actor,
            booking=booking.code,
            kind=booking.kind,
            service=booking.service,
            slot=booking.slot,
            promised_at=booking.made_at if booking.kind == "promise" else None,
            care=booking.care,
            language=booking.language,
            people=booking.people,
            printer=printer,
            missing=tuple(booking.missing.split()),
            large_print=booking.large_print,
        )
        return self._hall.grant(command, answer)

    def promise_tomorrow(
        self,
        wish: str,
        actor: str,
        service: str,
        *,
        care: bool,
        language: str,
        missing: tuple[str, ...] = (),
        printer: str | None = None,
        large_print: bool = False,
    ) -> Booking:
        """First in line on the next opening day. The log decides; then the promise is kept where it can be found.

        The booking is written first: a promise that was told and cannot be found would be the worst of both.
        """
        opening = self._next_opening()
        promise = self._new("promise", service, opening, care, language, 1)
        booking = replace(promise, missing=" ".join(missing), large_print=large_print)
        self._bookings.add([(booking, opening.date(), None)])
        command = c.PromiseTomorrow(
            id=wish,
            actor=actor,
            booking=booking.code,
            service=service,
            day=opening.date(),
            care=care,
            language=language,
            missing=missing,
            printer=printer,
            large_print=large_print,
        )
        try:
            handled = self._hall.handle(command)
        except Exception:  # refused or not durable: nobody was promised anything
            self._bookings.cancel(self._rules.hall, booking.code)
            raise
        told = handled.recorded[0].event
        code = str(getattr(told, "booking", booking.code))
        if code != booking.code:  # the same wish, asked again: the first answer stands
            self._bookings.cancel(self._rules.hall, booking.code)
        return self.find(code)

    def _next_opening(self) -> datetime:
        local = self._rules.local(self._hall.clock.now())
        midnight = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), tzinfo=self._rules.timezone)
        opening = self._rules.hours.next_opening(midnight)
        if opening is None:
            raise SlotNotOffered(slot=midnight.isoformat())
        return opening

    def missed(self) -> list[c.Command]:
        """Appointments of today whose late bound has passed and nobody came, as commands to the door."""
        self.forget_phones()
        day, at = self._hall.read(lambda day, at: (day, at))
        late = timedelta(minutes=self._rules.limits.booking_late_minutes)
        known = day.bookings_arrived.keys() | day.bookings_missed
        return [
            c.MarkBookingMissed(
                id=f"booking-missed:{booking.code}",
                actor="hall",
                booking=booking.code,
                service=booking.service,
                slot=booking.slot,
            )
            for booking in self.of_day(day.day)
            if booking.kind == "appointment" and booking.code not in known and at > booking.slot + late
        ]
