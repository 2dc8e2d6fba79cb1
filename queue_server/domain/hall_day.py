"""One hall, one working day: the state that its events say. `apply` (its own package) changes it in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from queue_server.domain.alert_rules import FOR_SUPERVISORS
from queue_server.domain.lines import Kind, Lines, kind_of
from queue_server.domain.rules import Counter, HallRules
from queue_server.domain.ticket import Desk, Ticket


@dataclass(slots=True)
class HelpCall:
    """Somebody pressed “请人帮我”, or an officer called a colleague, and nobody has come yet."""

    place: str
    ticket: str | None
    question: str
    asked_at: datetime
    wanted: str = "guide"
    counter: str | None = None


@dataclass(frozen=True, slots=True)
class HallNotice:
    """A supervisor's word to everybody in the hall."""

    id: str
    text_zh: str
    text_en: str
    speak: bool
    put_up_at: datetime
    until: datetime
    emergency: bool = False


@dataclass(slots=True)
class StandingAlert:
    """Something that a rule of the hall told, and what people did about it. `stands` until it is so no more."""

    id: str
    kind: str
    level: str
    zone: str | None
    ticket: str | None
    counter: str | None
    place: str | None
    value: int
    limit: int
    sound: bool
    webhook: bool
    raised_at: datetime
    tells: tuple[str, ...] = FOR_SUPERVISORS  # roles; and persons by their ids
    people: tuple[str, ...] = ()
    times: int = 1  # how often today
    stands: bool = True
    taken_by: str = ""
    taken_at: datetime | None = None
    done: str = ""  # closed with this; empty: nobody closed it
    closed_by: str = ""
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.stands and not self.done


@dataclass(slots=True)
class Slip:
    """A paper without a number: of a promise for tomorrow, or the list of what to bring."""

    asked_by: str
    command: str
    paper: str = "asked"  # asked | printed | failed


@dataclass(slots=True)
class Lease:
    """Numbers of one letter that a kiosk keeps, to give them when it cannot reach the hall."""

    kiosk: str
    prefix: str
    first: int
    last: int
    leased_at: datetime
    revoked: bool = False
    handed_over: int = 0  # how many of them the hall knows to have been given

    def holds(self, prefix: str, number: int) -> bool:
        return self.prefix == prefix and self.first <= number <= self.last


@dataclass(slots=True)
class Crew:
    """Counters that share a queue, and what they may call of it: worked out once while the same desks are open."""

    counters: tuple[Counter, ...]
    _calls: dict[Kind, bool] = field(default_factory=dict)

    def may_call(self, kind: Kind, day: HallDay) -> bool:
        """Whether one of them may."""
        known = self._calls.get(kind)
        if known is None:
            known = self._calls[kind] = any(can_call(counter, kind, day) for counter in self.counters)
        return known


@dataclass(slots=True)
class HallDay:
    rules: HallRules
    day: date
    seq: int = 0  # of the last event applied
    tickets: dict[str, Ticket] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    closed_zones: dict[str, str] = field(default_factory=dict)  # zone -> notice
    help_calls: dict[str, HelpCall] = field(default_factory=dict)  # by place
    usual_counters: dict[str, Counter] = field(default_factory=dict)  # as set up, of those changed for today
    added_counters: set[str] = field(default_factory=set)  # for today alone
    rearranged: int = 0  # how often hours or counters were changed for today
    notices: dict[str, HallNotice] = field(default_factory=dict)  # that hang now, by their marks, in order
    notices_put_up: int = 0
    open_reserves: set[str] = field(default_factory=set)
    alerts: dict[str, StandingAlert] = field(default_factory=dict)  # by id; the latest of each
    bookings_arrived: dict[str, str] = field(default_factory=dict)  # booking -> ticket
    bookings_missed: set[str] = field(default_factory=set)
    promised_tomorrow: int = 0
    lists_asked: int = 0
    slips: dict[str, Slip] = field(default_factory=dict)  # by their marks, see `promise_mark` and `list_mark`
    leased_by_prefix: dict[str, int] = field(default_factory=dict)  # the last number of a letter that a kiosk keeps
    leases: dict[str, Lease] = field(default_factory=dict)  # by their first number
    handed_over_late: list[str] = field(default_factory=list)
    is_over: bool = False
    last_at: datetime | None = None
    reopened_at: datetime | None = None  # after being closed too early
    # indexes kept by apply, so that nobody has to search the day
    waiting_in: dict[str, dict[str, Ticket]] = field(default_factory=dict)  # zone -> number -> ticket
    lines: dict[str, Lines] = field(default_factory=dict)  # zone -> the same people in calling order
    at_counter_now: dict[str, Ticket] = field(default_factory=dict)
    issued_by_prefix: dict[str, int] = field(default_factory=dict)
    calls_in_zone: dict[str, int] = field(default_factory=dict)
    seqs_of_command: dict[str, list[int]] = field(default_factory=dict)
    unfinished: dict[str, Ticket] = field(default_factory=dict)  # every ticket that is not over
    issued_of_service: dict[str, int] = field(default_factory=dict)
    held_by: dict[str, dict[str, Ticket]] = field(default_factory=dict)  # holder -> unfinished tickets of that phone
    last_of_channel: dict[str, Ticket] = field(default_factory=dict)  # the latest ticket of each device or person
    calls_since_priority: dict[str, int] = field(default_factory=dict)  # counter -> calls since one passed others over
    overtaken_seconds: dict[str, int] = field(default_factory=dict)  # zone -> work let ahead of earlier people
    # worked out and kept; what the events say is all above
    crews: dict[object, Crew] = field(default_factory=dict, compare=False)  # until a desk opens or closes
    _hours: list[tuple[datetime, datetime]] | None = field(default=None, compare=False)

    def open_hours(self) -> list[tuple[datetime, datetime]]:
        """From when until when the hall is open on this day, in its own time."""
        if self._hours is None:  # until they are changed for today
            self._hours = self.rules.hours.spans_of(self.day, self.rules.timezone)
        return self._hours

    def usual_closing(self) -> time | None:
        """When the hall closes on such a day, whatever was decided for this one."""
        hours = self.rules.hours
        spans = () if self.day in hours.closed_days else hours.weekly.get(self.day.weekday(), ())
        return spans[-1][1] if spans else None

    def work_by(self, rules: HallRules) -> None:
        """Other rules for the rest of this day."""
        self.rules = rules
        self.crews.clear()
        self._hours = None

    def ticket(self, number: str) -> Ticket | None:
        return self.tickets.get(number)

    def at_counter(self, counter: str) -> Ticket | None:
        return self.at_counter_now.get(counter)

    def waiting(self, zone: str) -> Iterable[Ticket]:
        return self.waiting_in.get(zone, {}).values()

    def waiting_for(self, counter: Counter) -> Iterator[Ticket]:
        """Tickets of its zone that this counter may call, in no order."""
        return (ticket for ticket in self.waiting(counter.zone) if can_call(counter, kind_of(ticket), self))

    def open_desks(self, zone: str) -> list[Desk]:
        """Desks of a zone that are open and not paused."""
        counters = self.rules.counters
        return [desk for desk in self.desks.values() if not desk.paused and counters[desk.counter].zone == zone]

    def desk_of(self, officer: str) -> Desk | None:
        return next((desk for desk in self.desks.values() if desk.officer == officer), None)

    def slip_of(self, command: str) -> str | None:
        """The mark of the paper without a number that a wish asked for."""
        return next((mark for mark, slip in self.slips.items() if slip.command == command), None)


def lease_of(day: HallDay, prefix: str, number: int) -> Lease | None:
    return next((lease for lease in day.leases.values() if lease.holds(prefix, number)), None)


def promise_mark(count: int) -> str:
    """By which the paper of the day's n-th promise is told apart. Not its code: that admits whoever has it."""
    return f"+{count}"


def list_mark(count: int) -> str:
    """By which the paper of the day's n-th list of what to bring is told apart."""
    return f"+L{count}"


def can_call(counter: Counter, kind: Kind, day: HallDay) -> bool:
    """Whether a counter may call such a ticket of its zone now.

    A ticket kept for one counter or officer is theirs while that desk is open, paused or not. When they have gone
    home, it is anybody's who can do the service: nobody waits for an empty chair.
    """
    if kind.for_counter is not None and kind.for_counter in day.desks:
        return kind.for_counter == counter.id
    desk = day.desks.get(counter.id)
    if kind.for_officer is not None and day.desk_of(kind.for_officer):
        return desk is not None and desk.officer == kind.for_officer
    return can_serve(counter, desk, kind.service, day.rules)


def can_serve(counter: Counter, desk: Desk | None, service: str, rules: HallRules) -> bool:
    """Whether the counter, and the officer who sits there if anybody does, know this service."""
    if counter.services is not None and service not in counter.services:
        return False
    officer = rules.officers.get(desk.officer) if desk else None
    return officer is None or officer.services is None or service in officer.services


def may_serve(counter: Counter, ticket: Ticket, day: HallDay) -> bool:
    return can_call(counter, kind_of(ticket), day)
