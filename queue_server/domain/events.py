"""Facts: what happened, past tense, never edited. Each says what it does to the ticket (stage before -> after).

Every event carries `at` (UTC), `actor` (who caused it) and `command` (the wish it answers). Events hold the outcome,
so replaying repeats and never decides again. Nothing personal is ever put here.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from queue_server.domain.alert_rules import FOR_SUPERVISORS


class Event(Struct, frozen=True, kw_only=True, gc=False):
    at: datetime
    actor: str
    command: str


class TicketIssued(Event, frozen=True, kw_only=True):  # -> waiting, or parked: to fetch what is missing
    """A visit began. `printer` is where its first paper was asked for, if anywhere."""

    ticket: str
    service: str
    zone: str
    way: str
    care: bool
    language: str
    printer: str | None
    services: tuple[str, ...] = ()  # to do after `service`
    people: int = 1
    statutory: bool = False
    holder: str | None = None
    booking: str | None = None
    slot: datetime | None = None  # counted as an appointment of this time
    order_from: datetime | None = None  # credit from here instead of `at`
    promise: str = "certain"
    advised_zone: str = ""
    choice_reason: str = ""
    missing: tuple[str, ...] = ()  # codes of materials, nothing about the person
    to_fetch: bool = False
    large_print: bool = False
    taken_at: datetime | None = None  # given by a kiosk that could not reach the hall, then and not `at`
    doubts: tuple[str, ...] = ()  # what was not as it should be when the kiosk handed it over; see decide.leased
    number_on_paper: str = ""  # where the paper says another number, since somebody else has that one


class NumbersLeased(Event, frozen=True, kw_only=True):  # no ticket
    """A kiosk keeps `first` to `last` of one letter; the hall gives them to nobody else today."""

    prefix: str
    first: int
    last: int


class LeaseRevoked(Event, frozen=True, kw_only=True):  # no ticket
    """`lease` is the first number of it. Nobody gets these numbers: some may be on paper already."""

    lease: str
    reason: str


class HandedOverLate(Event, frozen=True, kw_only=True):  # no ticket
    """A number that a kiosk gave by itself and could tell only after its day was over."""

    number: str
    service: str
    taken_at: datetime


class ServedByHand(Event, frozen=True, kw_only=True):  # any but over -> served | no_show
    """Called and served by a list on paper while the server was away, and entered afterwards: `at` is when it was
    entered, by `actor`; `called_at` and `ended_at` are what stands on the list. Nobody calls it any more."""

    ticket: str
    counter: str
    called_at: datetime
    ended_at: datetime
    came: bool = True
    officer: str = ""  # who served, as the list says


class TomorrowPromised(Event, frozen=True, kw_only=True):  # no ticket yet
    """A dated paper was given: first in line on `day`. The booking of that code holds it."""

    booking: str
    service: str
    day: str  # ISO date
    care: bool
    language: str
    printer: str | None
    missing: tuple[str, ...] = ()
    large_print: bool = False


class ListAsked(Event, frozen=True, kw_only=True):  # no ticket
    """Somebody goes with the list of what to bring instead of a number. `missing`: codes of the materials."""

    service: str
    language: str
    printer: str
    missing: tuple[str, ...] = ()
    large_print: bool = False


class BookingMissed(Event, frozen=True, kw_only=True):  # no ticket
    """An appointment whose visitor did not come within its bounds."""

    booking: str
    service: str
    slot: datetime


class PaperAsked(Event, frozen=True, kw_only=True):  # stage unchanged
    """Another paper of the same number; `paper` counts from 1, the first being the one asked for at issue.

    `instead_of`: the printer that could not print it; then `maybe_on_paper` tells whether some of it may be there."""

    ticket: str
    printer: str
    paper: int
    instead_of: str | None = None
    maybe_on_paper: bool = True


class PaperPrinted(Event, frozen=True, kw_only=True):  # stage unchanged
    ticket: str
    paper: int


class PaperFailed(Event, frozen=True, kw_only=True):  # stage unchanged
    ticket: str
    paper: int
    problem: str


class TicketCalled(Event, frozen=True, kw_only=True):  # waiting | called -> called
    """A counter invited the visitor; `attempt` is 1 for a call, 2 and up for recalls. `chosen`: called out of order."""

    ticket: str
    counter: str
    attempt: int
    chosen: bool = False
    rule: str = "credit"  # why this one; see calling_order
    passed_over: str | None = None  # an ordinary ticket that came earlier and could have been called
    overtook_seconds: int = 0  # what this adds to the wait of those passed over, by usual service times


class ServiceStarted(Event, frozen=True, kw_only=True):  # called -> serving
    ticket: str
    counter: str


class ServiceHeld(Event, frozen=True, kw_only=True):  # serving -> held
    ticket: str
    counter: str


class ServiceResumed(Event, frozen=True, kw_only=True):  # held -> serving
    ticket: str
    counter: str


class ServiceEnded(Event, frozen=True, kw_only=True):  # serving | held -> served, or waiting for its next service
    ticket: str
    counter: str
    outcome: str
    service: str = ""  # empty in old logs: the ticket's own
    next_service: str | None = None  # of the same visit; then -> waiting in `next_zone`, first arrival kept
    next_zone: str | None = None
    inferred: bool = False  # concluded from the next call
    told: tuple[str, ...] = ()  # codes of the risk notices that the visitor was told


class ServiceAdded(Event, frozen=True, kw_only=True):  # stage unchanged
    ticket: str
    service: str


class ServiceDropped(Event, frozen=True, kw_only=True):  # stage unchanged
    ticket: str
    service: str


class StepUndone(Event, frozen=True, kw_only=True):  # served | waiting | parked | missed -> the stage before that step
    """`step`: ended, parked or missed."""

    ticket: str
    step: str
    stage: str
    counter: str | None


class TicketParked(Event, frozen=True, kw_only=True):  # called | serving | held -> parked
    """`for_counter`, `for_officer`: whose pool it returns to; both None: the queue's."""

    ticket: str
    counter: str
    reason: str
    for_counter: str | None = None
    for_officer: str | None = None


class TicketMissed(Event, frozen=True, kw_only=True):  # called -> missed
    """Called and did not come. May return within the hall's tolerance."""

    ticket: str
    counter: str


class TicketNoShow(Event, frozen=True, kw_only=True):  # missed -> no_show
    ticket: str


class TicketReturned(Event, frozen=True, kw_only=True):  # parked | missed -> waiting
    """Back in the queue. After a miss `order_from` and `order_issue` put it just behind those it re-enters behind."""

    ticket: str
    after_miss: bool
    order_from: datetime
    order_issue: int


class TicketTransferred(Event, frozen=True, kw_only=True):  # any open stage -> waiting
    """Sent on; waits again with its first arrival time. `for_counter`: only that counter may call it."""

    ticket: str
    service: str
    zone: str
    for_counter: str | None
    from_service: str
    from_zone: str
    reason: str
    for_officer: str | None = None
    position: str = "fair"  # fair | first | last


class TransferUndone(Event, frozen=True, kw_only=True):  # waiting -> the stage before the transfer
    ticket: str
    service: str
    zone: str
    for_counter: str | None
    counter: str | None
    stage: str


class TicketAbandoned(Event, frozen=True, kw_only=True):  # waiting | called | parked | missed -> abandoned
    ticket: str
    reason: str


class PresenceAsked(Event, frozen=True, kw_only=True):  # stage unchanged
    ticket: str


class PresenceConfirmed(Event, frozen=True, kw_only=True):  # stage unchanged
    ticket: str


class MinutesAsked(Event, frozen=True, kw_only=True):  # waiting | called -> parked
    """Steps aside until `until`; then the hall brings it back by itself, counted from `order_from`."""

    ticket: str
    until: datetime
    order_from: datetime


class OnTheWaySaid(Event, frozen=True, kw_only=True):  # stage unchanged
    ticket: str


class EscortTaken(Event, frozen=True, kw_only=True):  # stage unchanged
    """This guide accompanies the visitor to the counter that called."""

    ticket: str
    guide: str


class PlaceNoted(Event, frozen=True, kw_only=True):  # stage unchanged
    """Where the visitor sits. Staff's alone."""

    ticket: str
    place: str


class MaterialsChecked(Event, frozen=True, kw_only=True):  # stage unchanged
    """`missing`: codes of materials, nothing about the person."""

    ticket: str
    missing: tuple[str, ...]


class FeedbackGiven(Event, frozen=True, kw_only=True):  # stage unchanged
    """`handling`: which of the services done, the first is 1; 0, from earlier versions: the visit as a whole."""

    ticket: str
    level: int
    reasons: tuple[str, ...]
    with_words: bool
    handling: int = 0


class SupervisorAsked(Event, frozen=True, kw_only=True):  # stage unchanged
    """After a low mark, by the visitor's own hand."""

    ticket: str


class SupervisorAnswered(Event, frozen=True, kw_only=True):  # stage unchanged
    """A supervisor is going there."""

    ticket: str


class HelpAsked(Event, frozen=True, kw_only=True):
    """`counter`: an officer there calls a colleague; no visitor's screen is told."""

    place: str
    ticket: str | None
    question: str
    wanted: str = "guide"  # guide | supervisor
    counter: str | None = None


class HelpAnswered(Event, frozen=True, kw_only=True):
    place: str


class DeskOpened(Event, frozen=True, kw_only=True):
    counter: str
    officer: str


class DeskPaused(Event, frozen=True, kw_only=True):
    counter: str
    reason: str


class DeskClosed(Event, frozen=True, kw_only=True):
    counter: str


class ZoneClosed(Event, frozen=True, kw_only=True):
    zone: str
    notice: str


class ZoneReopened(Event, frozen=True, kw_only=True):
    zone: str


class ReserveOpened(Event, frozen=True, kw_only=True):
    counter: str


class ReserveClosed(Event, frozen=True, kw_only=True):
    counter: str


class HoursExtended(Event, frozen=True, kw_only=True):
    """Open longer today, until `closes`; None: as usual again."""

    closes: datetime | None
    reason: str


class CounterChanged(Event, frozen=True, kw_only=True):
    """For the rest of today. `services` empty: everything its zone does. `added`: a counter for today alone."""

    counter: str
    zone: str
    services: tuple[str, ...]
    added: bool
    reason: str


class CounterRestored(Event, frozen=True, kw_only=True):
    """As the hall has set it up."""

    counter: str


class TicketCalledBack(Event, frozen=True, kw_only=True):  # served | abandoned | no_show | missed | parked -> waiting
    """Waits first in line for that counter alone, which calls it at once when nobody is there."""

    ticket: str
    counter: str
    zone: str
    reason: str


class NoticePutUp(Event, frozen=True, kw_only=True):
    """On all screens until `until` or until it is taken down. `notice` counts the day's from 1. An `emergency` is said
    before all else and always."""

    notice: str
    text_zh: str
    text_en: str
    speak: bool
    until: datetime
    emergency: bool = False


class NoticeTakenDown(Event, frozen=True, kw_only=True):
    """By a person, or by the hall itself at its end. It says all again, so that a listener need not remember."""

    notice: str
    text_zh: str
    text_en: str
    speak: bool
    until: datetime
    emergency: bool = False


class AlertRaised(Event, frozen=True, kw_only=True):
    """A rule of the hall found something. The same `alert` again: it came back, or now wants a hand."""

    alert: str
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
    tells: tuple[str, ...] = FOR_SUPERVISORS  # roles; and persons by their ids
    people: tuple[str, ...] = ()


class AlertEased(Event, frozen=True, kw_only=True):
    """It is so no more."""

    alert: str


class AlertTaken(Event, frozen=True, kw_only=True):
    alert: str
    person: str


class AlertClosed(Event, frozen=True, kw_only=True):
    alert: str
    done: str


class DayClosed(Event, frozen=True, kw_only=True):
    """The working day is over: nothing more is issued or called."""


class DayReopened(Event, frozen=True, kw_only=True):
    """It was closed too early; it goes on."""
