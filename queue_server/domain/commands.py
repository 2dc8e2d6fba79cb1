"""Wishes: what people and devices ask of the hall. May be refused; see `decide`.

`id` is unique to the wish, so that asking twice (a double press, a lost answer) gives the same events once.
`actor` is who asks, as `officer:li`, `guide:wang`, `kiosk:K1`, `visitor`, `hall`.
"""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.domain.rules import Way


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    id: str
    actor: str


# --- arriving


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueTicket(Command):
    service: str
    way: Way = Way.COUNTER
    care: bool = False
    language: str = "zh"
    printer: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReprintTicket(Command):
    ticket: str
    printer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportPaper(Command):
    """A printer says what became of a paper. `paper` counts the ticket's papers from 1."""

    ticket: str
    paper: int
    printed: bool
    problem: str | None = None


# --- at the counter


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDesk(Command):
    counter: str
    officer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PauseDesk(Command):
    counter: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseDesk(Command):
    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CallNext(Command):
    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CallTicket(Command):
    """Call one certain ticket, out of order; the log shows that it was chosen."""

    counter: str
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallTicket(Command):
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StartService(Command):
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldService(Command):
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ResumeService(Command):
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EndService(Command):
    ticket: str
    outcome: str = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class ParkTicket(Command):
    ticket: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkMissed(Command):
    ticket: str


# --- on the floor


@dataclass(frozen=True, kw_only=True, slots=True)
class TransferTicket(Command):
    """To a zone, a service or a counter; what is None stays as it is."""

    ticket: str
    zone: str | None = None
    service: str | None = None
    counter: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class UndoTransfer(Command):
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnTicket(Command):
    """Bring back a parked or missed ticket."""

    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkNoShow(Command):
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AbandonTicket(Command):
    ticket: str
    reason: str = "left"


# --- being heard


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForHelp(Command):
    """A visitor wants a person. `place` is a kiosk's id, or the ticket's number when asked from a phone."""

    place: str
    ticket: str | None = None
    question: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerHelp(Command):
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveFeedback(Command):
    """Five levels of 好差评, 5 best. Words are kept outside the log; `with_words` says that there are some."""

    ticket: str
    level: int
    reasons: tuple[str, ...] = ()
    with_words: bool = False


# --- the day


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseZone(Command):
    zone: str
    notice: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReopenZone(Command):
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseDay(Command):
    pass
