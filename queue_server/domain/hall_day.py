"""One hall, one working day: the state that its events say. `apply` changes it in place, O(1), without judging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import singledispatch

from queue_server.domain import events as e
from queue_server.domain.rules import Counter, HallRules, Purpose
from queue_server.domain.ticket import Desk, Placement, Stage, Ticket


@dataclass(slots=True)
class HelpCall:
    """Somebody pressed “请人帮我” and nobody has come yet."""

    place: str
    ticket: str | None
    question: str
    asked_at: datetime


@dataclass(slots=True)
class HallDay:
    rules: HallRules
    day: date
    seq: int = 0  # of the last event applied
    tickets: dict[str, Ticket] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    closed_zones: dict[str, str] = field(default_factory=dict)  # zone -> notice
    help_calls: dict[str, HelpCall] = field(default_factory=dict)  # by place
    is_over: bool = False
    last_at: datetime | None = None
    # indexes kept by apply, so that nobody has to search the day
    waiting_in: dict[str, dict[str, Ticket]] = field(default_factory=dict)  # zone -> number -> ticket
    at_counter_now: dict[str, Ticket] = field(default_factory=dict)
    issued_by_prefix: dict[str, int] = field(default_factory=dict)
    calls_in_zone: dict[str, int] = field(default_factory=dict)
    seqs_of_command: dict[str, list[int]] = field(default_factory=dict)
    unfinished: dict[str, Ticket] = field(default_factory=dict)  # every ticket that is not over

    def ticket(self, number: str) -> Ticket | None:
        return self.tickets.get(number)

    def at_counter(self, counter: str) -> Ticket | None:
        return self.at_counter_now.get(counter)

    def waiting(self, zone: str) -> Iterable[Ticket]:
        return self.waiting_in.get(zone, {}).values()

    def waiting_for(self, counter: Counter) -> Iterator[Ticket]:
        """Tickets this counter may call, in no order."""
        return (ticket for ticket in self.waiting(counter.zone) if may_serve(counter, ticket))

    def open_desks(self, zone: str) -> list[Desk]:
        """Desks of a zone that are open and not paused."""
        counters = self.rules.counters
        return [desk for desk in self.desks.values() if not desk.paused and counters[desk.counter].zone == zone]


def may_serve(counter: Counter, ticket: Ticket) -> bool:
    return can_take(counter, ticket.service, ticket.for_counter)


def can_take(counter: Counter, service: str, for_counter: str | None) -> bool:
    """Whether a counter may call a ticket for this service that may wait for one certain counter."""
    if for_counter is not None:
        return for_counter == counter.id
    return counter.services is None or service in counter.services


def apply(day: HallDay, event: e.Event) -> HallDay:
    """Make the event so. An unknown event is a loud error. Returns the same day, changed."""
    _apply(event, day)
    day.seq += 1
    day.last_at = event.at
    day.seqs_of_command.setdefault(event.command, []).append(day.seq)
    return day


def replay(rules: HallRules, day: date, events: Iterable[e.Event]) -> HallDay:
    hall_day = HallDay(rules=rules, day=day)
    for event in events:
        apply(hall_day, event)
    return hall_day


@singledispatch
def _apply(event: e.Event, day: HallDay) -> None:
    raise TypeError(f"no rule to apply {type(event).__name__}")


# --- the moves every ticket event is made of


def _wait(day: HallDay, ticket: Ticket) -> None:
    ticket.stage = Stage.WAITING
    day.waiting_in.setdefault(ticket.zone, {})[ticket.number] = ticket


def _leave_queue(day: HallDay, ticket: Ticket) -> None:
    day.waiting_in.get(ticket.zone, {}).pop(ticket.number, None)


def _leave_counter(day: HallDay, ticket: Ticket, at: datetime) -> None:
    if ticket.counter is not None and day.at_counter_now.get(ticket.counter) is ticket:
        del day.at_counter_now[ticket.counter]
        if desk := day.desks.get(ticket.counter):
            desk.idle_since = at
    _stop_holding(ticket, at)


def _stop_holding(ticket: Ticket, at: datetime) -> None:
    if ticket.held_at is not None:
        ticket.held_for += at - ticket.held_at
        ticket.held_at = None


def _finish(day: HallDay, ticket: Ticket, stage: Stage, at: datetime) -> None:
    _leave_queue(day, ticket)
    _leave_counter(day, ticket, at)
    ticket.stage = stage
    ticket.ended_at = at
    day.unfinished.pop(ticket.number, None)


# --- arriving and paper


@_apply.register
def _(event: e.TicketIssued, day: HallDay) -> None:
    prefix = event.ticket.rstrip("0123456789")
    day.issued_by_prefix[prefix] = day.issued_by_prefix.get(prefix, 0) + 1
    ticket = Ticket(
        number=event.ticket,
        issue=len(day.tickets) + 1,
        service=event.service,
        zone=event.zone,
        care=event.care,
        language=event.language,
        channel=event.actor,
        first_arrival_at=event.at,
        order_from=event.at,
        order_issue=len(day.tickets) + 1,
        paper="asked" if event.printer else "none",
        papers=1 if event.printer else 0,
    )
    day.tickets[ticket.number] = ticket
    day.unfinished[ticket.number] = ticket
    _wait(day, ticket)


@_apply.register
def _(event: e.PaperAsked, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.paper = "asked"
    ticket.papers = event.paper


@_apply.register
def _(event: e.PaperPrinted, day: HallDay) -> None:
    day.tickets[event.ticket].paper = "printed"


@_apply.register
def _(event: e.PaperFailed, day: HallDay) -> None:
    day.tickets[event.ticket].paper = "failed"


# --- at the counter


@_apply.register
def _(event: e.TicketCalled, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    if event.attempt == 1:
        _leave_queue(day, ticket)
        day.calls_in_zone[ticket.zone] = day.calls_in_zone.get(ticket.zone, 0) + 1
        ticket.served_call_at = event.at
        ticket.before_transfer = None
    ticket.stage = Stage.CALLED
    ticket.counter = event.counter
    ticket.calls = event.attempt
    ticket.called_at = event.at
    ticket.first_called_at = ticket.first_called_at or event.at
    day.at_counter_now[event.counter] = ticket
    if desk := day.desks.get(event.counter):
        desk.idle_since = None


@_apply.register
def _(event: e.ServiceStarted, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.stage = Stage.SERVING
    ticket.started_at = event.at
    ticket.held_for = timedelta(0)


@_apply.register
def _(event: e.ServiceHeld, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.stage = Stage.HELD
    ticket.held_at = event.at


@_apply.register
def _(event: e.ServiceResumed, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.stage = Stage.SERVING
    _stop_holding(ticket, event.at)


@_apply.register
def _(event: e.ServiceEnded, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.outcome = event.outcome
    _finish(day, ticket, Stage.SERVED, event.at)


@_apply.register
def _(event: e.TicketParked, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    _leave_counter(day, ticket, event.at)
    ticket.stage = Stage.PARKED
    ticket.reason = event.reason


@_apply.register
def _(event: e.TicketMissed, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    _leave_counter(day, ticket, event.at)
    ticket.stage = Stage.MISSED
    ticket.missed_at = event.at
    ticket.missed_at_call = day.calls_in_zone.get(ticket.zone, 0)


@_apply.register
def _(event: e.TicketNoShow, day: HallDay) -> None:
    _finish(day, day.tickets[event.ticket], Stage.NO_SHOW, event.at)


# --- on the floor


@_apply.register
def _(event: e.TicketReturned, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.order_from = event.order_from
    ticket.order_issue = event.order_issue
    ticket.came_back = ticket.came_back or event.after_miss
    ticket.reason = None
    ticket.calls = 0
    _wait(day, ticket)


@_apply.register
def _(event: e.TicketTransferred, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.before_transfer = Placement(
        transferred_at=event.at,
        stage=ticket.stage,
        service=ticket.service,
        zone=ticket.zone,
        for_counter=ticket.for_counter,
        counter=ticket.counter if ticket.is_at_a_counter else None,
    )
    _leave_queue(day, ticket)
    _leave_counter(day, ticket, event.at)
    ticket.transfers += 1
    ticket.bounced = ticket.bounced or _is_bounce(day, event)
    _place(ticket, event)
    ticket.calls = 0
    _wait(day, ticket)


def _place(ticket: Ticket, event: e.TicketTransferred | e.TransferUndone) -> None:
    ticket.service = event.service
    ticket.zone = event.zone
    ticket.for_counter = event.for_counter


def _is_bounce(day: HallDay, event: e.TicketTransferred) -> bool:
    """A person who tried coaching and came back to a counter."""
    zones = day.rules.zones
    return zones[event.from_zone].purpose is Purpose.COACHING and zones[event.zone].purpose is not Purpose.COACHING


@_apply.register
def _(event: e.TransferUndone, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    _leave_queue(day, ticket)
    _place(ticket, event)
    ticket.transfers -= 1
    ticket.before_transfer = None
    ticket.stage = Stage(event.stage)
    if ticket.is_waiting:
        _wait(day, ticket)
    elif event.counter is not None:
        ticket.counter = event.counter
        day.at_counter_now[event.counter] = ticket
        if ticket.stage is Stage.HELD:
            ticket.held_at = event.at


@_apply.register
def _(event: e.TicketAbandoned, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.reason = event.reason
    _finish(day, ticket, Stage.ABANDONED, event.at)


# --- being heard


@_apply.register
def _(event: e.FeedbackGiven, day: HallDay) -> None:
    day.tickets[event.ticket].feedback = event.level


@_apply.register
def _(event: e.HelpAsked, day: HallDay) -> None:
    day.help_calls[event.place] = HelpCall(event.place, event.ticket, event.question, event.at)
    if event.ticket is not None:
        day.tickets[event.ticket].asked_for_help_at = event.at


@_apply.register
def _(event: e.HelpAnswered, day: HallDay) -> None:
    call = day.help_calls.pop(event.place)
    if call.ticket is not None:
        day.tickets[call.ticket].asked_for_help_at = None


# --- desks, zones, the day


@_apply.register
def _(event: e.DeskOpened, day: HallDay) -> None:
    day.desks[event.counter] = Desk(
        counter=event.counter, officer=event.officer, opened_at=event.at, idle_since=event.at
    )


@_apply.register
def _(event: e.DeskPaused, day: HallDay) -> None:
    desk = day.desks[event.counter]
    desk.paused = True
    desk.pause_reason = event.reason


@_apply.register
def _(event: e.DeskClosed, day: HallDay) -> None:
    del day.desks[event.counter]


@_apply.register
def _(event: e.ZoneClosed, day: HallDay) -> None:
    day.closed_zones[event.zone] = event.notice


@_apply.register
def _(event: e.ZoneReopened, day: HallDay) -> None:
    del day.closed_zones[event.zone]


@_apply.register
def _(event: e.DayClosed, day: HallDay) -> None:
    day.is_over = True
