"""A hall whose day can be told in sentences. Each method is one command; `at("09:10")` sets the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, convert
from msgspec.structs import asdict

from queue_server.clock import HallClock
from queue_server.domain import commands as c
from queue_server.domain.calling_order import people_ahead, queue_of
from queue_server.domain.commands import Command
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import (
    HallClosed,
    NothingChanges,
    QuotaReached,
    Refusal,
    TicketMovedOn,
    WrongStage,
)
from queue_server.domain.rules import (
    Counter,
    HallRules,
    Hours,
    Limits,
    OrderClass,
    Purpose,
    Service,
    Way,
    Zone,
)
from queue_server.domain.ticket import Stage, Ticket
from queue_server.service.hall import Hall, Handled
from queue_server.stores.base import Log

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, tzinfo=SHANGHAI)
WORKDAYS = dict.fromkeys(range(5), ((time(9), time(17)),))

RULES = HallRules(
    hall="test-hall",
    timezone=SHANGHAI,
    zones={
        "smart": Zone("smart", Purpose.COACHING, "W"),
        "special": Zone("special", Purpose.COUNTER),
        "care": Zone("care", Purpose.CARE, "A"),
    },
    services={
        "rent": Service("rent", "T", coaching=True, minutes=10),
        "loan": Service("loan", "D", coaching=False, minutes=40),
        "print": Service("print", "C", coaching=True, minutes=3),
    },
    counters={
        "1": Counter("1", "smart"),
        "3": Counter("3", "special"),
        "4": Counter("4", "special"),
        "6": Counter("6", "special", frozenset({"loan"})),
        "8": Counter("8", "care"),
    },
    hours=Hours(WORKDAYS),
    limits=Limits(calls_before_missed=2),
    care=OrderClass(rate=2.0),
)


# details of refusals that may be None: no opening within a month, a ticket at no counter, hours as usual again
MAY_BE_UNKNOWN = {
    (HallClosed, "opens_at"),
    (QuotaReached, "opens_at"),
    (WrongStage, "counter"),
    (TicketMovedOn, "counter"),
    (NothingChanges, "closes"),
}


def is_as_declared(record: Struct) -> None:
    """Every field holds what its type says. Nobody else would notice until it is read."""
    convert(asdict(record), type(record), from_attributes=True)


def says_all(refusal: Refusal) -> None:
    """The words are filled with the details: none of them may be missing."""
    unknown = {name for name, value in refusal.details.items() if value is None}
    missing = {name for name in unknown if (type(refusal), name) not in MAY_BE_UNKNOWN}
    assert not missing, f"{refusal} does not say {missing}"


class StoppedClock(HallClock):
    """Stands still until the story moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)


class StoryHall:
    """The door with a stopped clock; remembers everything that was published."""

    def __init__(self, log: Log, rules: HallRules = RULES, morning: datetime = MONDAY) -> None:
        self.log = log
        self.rules = rules
        self.clock = StoppedClock(morning.replace(hour=9))
        self._open(Hall(log, rules, self.clock))
        self._ids = count(1)

    def _open(self, hall: Hall) -> None:
        self.hall = hall
        self.told: list[int] = []
        hall.listen(lambda recorded, _: self.told.extend(one.seq for one in recorded))

    # --- time and questions

    def at(self, moment: str) -> StoryHall:
        hour, minute, *second = (int(part) for part in moment.split(":"))
        self.clock.moment = self.clock.moment.replace(hour=hour, minute=minute, second=second[0] if second else 0)
        return self

    def on(self, day: datetime) -> StoryHall:
        self.clock.moment = day.replace(hour=9)
        return self

    def handle(self, command: Command) -> Handled:
        try:
            done = self.hall.handle(command)
        except Refusal as refusal:
            says_all(refusal)
            raise
        for recorded in done.recorded:
            is_as_declared(recorded.event)
            if (number := getattr(recorded.event, "ticket", None)) in done.day.tickets:
                is_as_declared(done.day.tickets[number])
        return done

    def ticket(self, number: str) -> Ticket:
        return self.hall.read(lambda day, _: day.tickets[number])

    def stage(self, number: str) -> Stage:
        return self.ticket(number).stage

    def day(self) -> HallDay:
        return self.hall.read(lambda day, _: day)

    def queue(self, zone: str = "special") -> list[str]:
        return self.hall.read(lambda day, at: [ticket.number for ticket in queue_of(zone, day, at)])

    def ahead_of(self, number: str) -> int:
        return self.hall.read(lambda day, at: people_ahead(day.tickets[number], day, at))

    def events(self) -> Sequence[str]:
        return [type(recorded.event).__name__ for recorded in self.hall.events()]

    def restarted(self) -> StoryHall:
        """The same hall after its server came back, on the same log."""
        again = StoryHall(self.log, self.rules)
        again.clock.moment = self.clock.moment
        again._open(Hall(self.log, self.rules, again.clock))
        again._ids = self._ids
        return again

    # --- what people do

    def visitor_takes_ticket(
        self, service: str = "rent", *, care: bool = False, online: bool = False, also: Sequence[str] = (), **more: Any
    ) -> str:
        way = Way.COACHING if online else Way.COUNTER
        wish = {"service": service, "way": way, "care": care, "services": tuple(also), **more}
        done = self._do(c.IssueTicket, "kiosk:K1", **wish)
        return done.recorded[0].event.ticket  # type: ignore[attr-defined, no-any-return]

    def officer_opens(self, *counters: str) -> StoryHall:
        for counter in counters:
            self._do(c.OpenDesk, f"officer:{counter}", counter=counter, officer=f"officer-{counter}")
        return self

    def officer_pauses(self, counter: str) -> None:
        self._do(c.PauseDesk, f"officer:{counter}", counter=counter)

    def counter_calls_next(self, counter: str) -> str:
        done = self._do(c.CallNext, f"officer:{counter}", counter=counter)
        return done.recorded[0].event.ticket  # type: ignore[attr-defined, no-any-return]

    def counter_calls(self, counter: str, ticket: str) -> None:
        self._do(c.CallTicket, f"officer:{counter}", counter=counter, ticket=ticket)

    def counter_recalls(self, ticket: str) -> None:
        self._do(c.RecallTicket, "officer:3", ticket=ticket)

    def visitor_is_served(self, ticket: str) -> None:
        self._do(c.StartService, "officer:3", ticket=ticket)

    def officer_holds(self, ticket: str) -> None:
        self._do(c.HoldService, "officer:3", ticket=ticket)

    def officer_resumes(self, ticket: str) -> None:
        self._do(c.ResumeService, "officer:3", ticket=ticket)

    def officer_ends(self, ticket: str) -> None:
        self._do(c.EndService, "officer:3", ticket=ticket)

    def officer_parks(self, ticket: str, reason: str = "copy", keep_for: str = "queue") -> None:
        self._do(c.ParkTicket, "officer:3", ticket=ticket, reason=reason, keep_for=keep_for)

    def visitor_does_not_come(self, ticket: str) -> None:
        self._do(c.MarkMissed, "officer:3", ticket=ticket)

    def visitor_comes_back(self, ticket: str) -> None:
        self._do(c.ReturnTicket, "guide:ma", ticket=ticket)

    def visitor_leaves(self, ticket: str) -> None:
        self._do(c.AbandonTicket, "visitor", ticket=ticket)

    def guide_moves(self, ticket: str, **to: str) -> None:
        self._do(c.TransferTicket, "guide:ma", ticket=ticket, **to)

    def guide_undoes_the_move(self, ticket: str) -> None:
        self._do(c.UndoTransfer, "guide:ma", ticket=ticket)

    def day_is_closed(self) -> None:
        self._do(c.CloseDay, "supervisor:sun")

    def visitor_says(self, ticket: str, level: int) -> None:
        self._do(c.GiveFeedback, "visitor", ticket=ticket, level=level)

    def _do(self, kind: type[Command], actor: str, **fields: object) -> Handled:
        return self.handle(kind(id=f"story-{next(self._ids)}", actor=actor, **fields))
