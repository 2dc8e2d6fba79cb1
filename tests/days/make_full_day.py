"""Makes the day of 2026-11-25: as `make_day`, with every rule and every event there was when it was recorded.

`python -m tests.days.make_full_day`. What a visitor or an officer may do beside the usual is done here by chance, once
or often enough that each kind of event stands in the log; `make_day` says when a day may be written anew.
"""

from __future__ import annotations

from datetime import time, timedelta

from queue_server.demo.profile import a_visitor
from queue_server.domain import commands as c
from queue_server.domain.calling_order import queue_of
from queue_server.domain.ticket import Stage
from queue_server.hall_file import read_hall_file
from queue_server.reports.day_file import DayFile
from tests.days.make_day import HERE, SimulatedDay, write_day
from tests.story import MONDAY

WEDNESDAY = MONDAY + timedelta(days=2)
HALL_FILE = HERE / f"{WEDNESDAY.date()}.hall.toml"
SEED = 20261125
PHONES = 6


class FullDay(SimulatedDay):
    def run(self) -> DayFile:
        """The acts of this day are planned before the usual ones begin."""
        for minutes in range(12, 440, 5):
            self.after(60 * minutes, self.somebody_does_something_rare)
        for hour in (9, 10, 11, 13, 14):
            self.at(time(hour, 50), self.somebody_comes_with_a_booking)
            self.at(time(hour, 15), self.somebody_with_precedence_comes)
        self.at(time(9, 45), lambda: self.wish(c.OpenReserve, "supervisor:sun", counter="5"))
        self.at(time(9, 46), lambda: self.open_desk("5"))
        self.at(time(15, 30), lambda: self.wish(c.CloseReserve, "supervisor:sun", counter="5"))
        self.at(time(16, 50), self.somebody_would_rather_come_tomorrow)
        self.at(time(17, 2), self.somebody_would_rather_come_tomorrow)
        self.at(time(17, 20), lambda: self.wish(c.CloseDay, "supervisor:sun"))
        self.at(time(17, 22), self.it_was_closed_too_early)
        return super().run()

    def watch_the_time(self) -> None:
        super().watch_the_time()
        for ticket in self.hall.read(lambda day, _: list(day.unfinished.values())):
            if ticket.presence_asked_at and not ticket.presence_confirmed_at and self.random.random() < 0.3:
                self.wish(c.ConfirmPresence, "visitor", ticket=ticket.number)
            if ticket.stage is Stage.CALLED and self.random.random() < 0.2:
                self.wish(c.SayOnTheWay, "visitor", ticket=ticket.number)

    def it_was_closed_too_early(self) -> None:
        self.wish(c.ReopenDay, "supervisor:sun")
        self.watch_the_time()

    def take_a_break(self, counter: str) -> None:
        """Between two visitors, however long that takes."""
        if self.hall.read(lambda day, _: day.at_counter(counter)) is not None:
            self.after(5, lambda: self.take_a_break(counter))
        else:
            super().take_a_break(counter)

    def a_waiting_number(self) -> str | None:
        zone = self.random.choice(sorted(self.rules.zones))
        queue = self.hall.read(lambda day, at: [ticket.number for ticket in queue_of(zone, day, at)])
        return self.random.choice(queue) if queue else None

    def somebody_does_something_rare(self) -> None:
        number = self.a_waiting_number()
        if number is None:
            return
        service = self.random.choice(sorted(self.rules.services))
        acts = [
            lambda: self.wish(c.AddService, "guide:ma", ticket=number, service=service),
            lambda: self.adds_and_drops(number, service),
            lambda: self.wish(c.AskForMinutes, "visitor", ticket=number),
            lambda: self.wish(
                c.TransferTicket, "guide:ma", ticket=number, zone="special", position="first", reason="unwell"
            ),
            lambda: self.wish(
                c.TransferTicket, "guide:ma", ticket=number, zone="special", position="last", reason="asked"
            ),
            lambda: self.wish(c.TransferTicket, "guide:ma", ticket=number, counter="4", reason="knows the case"),
            lambda: self.takes_a_number_by_phone(service),
            self.somebody_without_a_number_is_served,
            self.a_visitor_wants_a_supervisor,
        ]
        self.random.choice(acts)()

    def adds_and_drops(self, number: str, service: str) -> None:
        self.wish(c.AddService, "guide:ma", ticket=number, service=service)
        self.after(5, lambda: self.wish(c.DropService, "guide:ma", ticket=number, service=service))

    def takes_a_number_by_phone(self, service: str) -> None:
        self.takes_a_number(service, holder=f"phone-{self.random.randrange(PHONES)}")

    def somebody_with_precedence_comes(self) -> None:
        self.takes_a_number("TQ04", statutory=True)

    def takes_a_number(self, service: str, **more: object) -> None:
        self.known(self.wish(c.IssueTicket, "guide:ma", service=service, **more))

    def somebody_comes_with_a_booking(self) -> None:
        """One comes in time, one does not come, and one was promised this morning yesterday."""
        now, code = self.clock.now(), f"{self.clock.moment:%H%M}"
        slot = now + timedelta(minutes=10)
        fields = {"service": "TQ04", "slot": slot}
        self.known(self.wish(c.ArriveBooked, "kiosk:K1", booking=f"A{code}", kind="appointment", **fields))
        self.wish(c.MarkBookingMissed, "hall", booking=f"B{code}", service="TQ04", slot=now - timedelta(minutes=31))
        if self.clock.moment.hour == 9:
            promised = now - timedelta(hours=17)
            arrives = self.wish(c.ArriveBooked, "kiosk:K1", booking="C", kind="promise", promised_at=promised, **fields)
            self.known(arrives)

    def somebody_would_rather_come_tomorrow(self) -> None:
        day = self.clock.moment.date() + timedelta(days=1)
        booking = f"T{self.clock.moment:%H%M}"
        self.wish(c.PromiseTomorrow, "kiosk:K1", booking=booking, service="TQ04", day=day)

    def somebody_without_a_number_is_served(self) -> None:
        free = self.hall.read(lambda day, _: [one for one in sorted(day.desks) if day.at_counter(one) is None])
        if not free:
            return
        handled = self.wish(c.ServeDirectly, f"officer:o{free[0]}", counter=free[0], service="TQ04")
        if number := self.known(handled):
            self.after(240, lambda: self.end(free[0], number))

    def a_visitor_wants_a_supervisor(self) -> None:
        served = [one for one in self.hall.read(lambda day, _: list(day.tickets.values())) if one.outcome == "done"]
        if not served:
            return
        number = served[-1].number
        self.wish(c.GiveFeedback, "visitor", ticket=number, level=1, reasons=("waited",))
        self.wish(c.AskForSupervisor, "visitor", ticket=number)
        self.after(120, lambda: self.wish(c.AnswerSupervisorCall, "supervisor:sun", ticket=number))

    def known(self, handled: object) -> str | None:
        """The number that was given, with a visitor of its own."""
        recorded = getattr(handled, "recorded", [])
        if not recorded:
            return None
        number: str = recorded[0].event.ticket
        self.visitors.setdefault(number, a_visitor(self.services, self.random))
        return number


if __name__ == "__main__":
    write_day(FullDay(read_hall_file(HALL_FILE).rules, SEED, WEDNESDAY))
