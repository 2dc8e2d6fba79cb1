"""Facts: what happened, past tense, never edited. Each says what it does to the ticket (stage before -> after).

Every event carries `at` (UTC), `actor` (who caused it) and `command` (the wish it answers). Events hold the outcome,
so replaying repeats and never decides again. Nothing personal is ever put here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    at: datetime
    actor: str
    command: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketIssued(Event):  # -> waiting
    """A visit began. `printer` is where its first paper was asked for, if anywhere."""

    ticket: str
    service: str
    zone: str
    way: str
    care: bool
    language: str
    printer: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperAsked(Event):  # stage unchanged
    """Another paper of the same number; `paper` counts from 1, the first being the one asked for at issue."""

    ticket: str
    printer: str
    paper: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperPrinted(Event):  # stage unchanged
    ticket: str
    paper: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperFailed(Event):  # stage unchanged
    ticket: str
    paper: int
    problem: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketCalled(Event):  # waiting | called -> called
    """A counter invited the visitor; `attempt` is 1 for a call, 2 and up for recalls. `chosen`: called out of order."""

    ticket: str
    counter: str
    attempt: int
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceStarted(Event):  # called -> serving
    ticket: str
    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceHeld(Event):  # serving -> held
    ticket: str
    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceResumed(Event):  # held -> serving
    ticket: str
    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceEnded(Event):  # serving | held -> served
    ticket: str
    counter: str
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketParked(Event):  # called | serving | held -> parked
    ticket: str
    counter: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketMissed(Event):  # called -> missed
    """Called and did not come. May return within the hall's tolerance."""

    ticket: str
    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketNoShow(Event):  # missed -> no_show
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketReturned(Event):  # parked | missed -> waiting
    """Back in the queue. After a miss `order_from` and `order_issue` put it just behind those it re-enters behind."""

    ticket: str
    after_miss: bool
    order_from: datetime
    order_issue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketTransferred(Event):  # any open stage -> waiting
    """Sent on; waits again with its first arrival time. `for_counter`: only that counter may call it."""

    ticket: str
    service: str
    zone: str
    for_counter: str | None
    from_service: str
    from_zone: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TransferUndone(Event):  # waiting -> the stage before the transfer
    ticket: str
    service: str
    zone: str
    for_counter: str | None
    counter: str | None
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketAbandoned(Event):  # waiting | called | parked | missed -> abandoned
    ticket: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackGiven(Event):  # stage unchanged
    ticket: str
    level: int
    reasons: tuple[str, ...]
    with_words: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpAsked(Event):
    place: str
    ticket: str | None
    question: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpAnswered(Event):
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskOpened(Event):
    counter: str
    officer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskPaused(Event):
    counter: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskClosed(Event):
    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneClosed(Event):
    zone: str
    notice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneReopened(Event):
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DayClosed(Event):
    """The working day is over: nothing more is issued or called."""
