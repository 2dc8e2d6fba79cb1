"""Wishes: what people and devices ask of the hall. May be refused; see `decide`.

`id` is unique to the wish, so that asking twice (a double press, a lost answer) gives the same events once.
`actor` is who asks, as `officer:li`, `guide:wang`, `kiosk:K1`, `visitor`, `hall`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from queue_server.domain.alert_rules import FOR_SUPERVISORS
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
    services: tuple[str, ...] = ()  # further services of the same visit
    people: int = 1
    statutory: bool = False
    holder: str | None = None  # opaque mark of the phone page that asks
    again: bool = False  # “yes, another one”: answers the question whether the last number is still held
    choice_reason: str = ""  # why the visitor or guide went against the advised zone
    missing: tuple[str, ...] = ()  # codes of the materials that the visitor does not have along
    to_fetch: bool = False  # takes the number and steps aside for them
    large_print: bool = False  # of the paper
    # (zone, service) → chance that a newcomer is called before closing, as the hall's own forecast has it; never from
    # outside
    served_today: Mapping[tuple[str, str], float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaseNumbers(Command):
    """A kiosk keeps some numbers of one letter, to give them when it cannot reach the hall."""

    prefix: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RevokeLease(Command):
    """The kiosk that keeps these numbers is gone, or is not to give them. `lease`: its first number."""

    lease: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverTicket(Command):
    """A kiosk gave `number` by itself and printed it; the visitor stands in the hall, so it is never refused.

    `press` is the id under which the hall would know the same press, if the hall heard it and its answer was lost.
    """

    number: str
    press: str
    taken_at: datetime
    service: str
    zone: str
    services: tuple[str, ...] = ()  # further services of the same visit
    way: Way = Way.COUNTER
    care: bool = False
    language: str = "zh"
    printer: str | None = None
    people: int = 1
    missing: tuple[str, ...] = ()
    to_fetch: bool = False
    large_print: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EnterServedByHand(Command):
    """What a list on paper says of a ticket: it was called while the server was away. Not `came`: three times, in
    vain."""

    ticket: str
    counter: str
    called_at: datetime
    ended_at: datetime
    came: bool = True
    officer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ArriveBooked(Command):
    """A visitor with a booking is here. `kind`: appointment, or promise (“tomorrow first in line”).

    The caller has looked the booking up in the hall's bookings; `slot` and `promised_at` are aware.
    """

    booking: str
    kind: str
    service: str
    slot: datetime
    promised_at: datetime | None = None
    care: bool = False
    language: str = "zh"
    people: int = 1
    printer: str | None = None
    missing: tuple[str, ...] = ()
    large_print: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkBookingMissed(Command):
    booking: str
    service: str
    slot: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseTomorrow(Command):
    """Too late for today, or something is missing: a dated paper that is first in line on `day`.

    `booking` is its unguessable code.
    """

    booking: str
    service: str
    day: date
    care: bool = False
    language: str = "zh"
    printer: str | None = None
    missing: tuple[str, ...] = ()
    large_print: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForList(Command):
    """No number: what to bring on paper, for whoever lacks something and would rather come again."""

    service: str
    printer: str
    language: str = "zh"
    missing: tuple[str, ...] = ()
    large_print: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReprintTicket(Command):
    ticket: str
    printer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportPaper(Command):
    """A printer says what became of a paper. `paper` counts the ticket's papers from 1.

    `instead`: where it is to come out after all, since `printer` gave it up."""

    ticket: str
    paper: int
    printed: bool
    problem: str | None = None
    printer: str | None = None
    instead: str | None = None
    maybe_on_paper: bool = True


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
    """`if_free`: only where nobody stands at the counter; a forgotten end is then not concluded from it."""

    counter: str
    if_free: bool = False


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
    """`call_next`: call the next visitor at once; None: as the hall's options say.

    `told`: codes of the risk notices that the officer has told the visitor.
    """

    ticket: str
    outcome: str = "done"
    call_next: bool | None = None
    told: tuple[str, ...] = ()
    expected_stage: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ServeDirectly(Command):
    """Somebody stands at the counter without a number: number, call and start in one."""

    counter: str
    service: str
    care: bool = False
    language: str = "zh"
    people: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class AddService(Command):
    """One more service for this visit, after those it has."""

    ticket: str
    service: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DropService(Command):
    """A service still to come is no longer wanted."""

    ticket: str
    service: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UndoStep(Command):
    """Take back that the ticket was just ended, parked or marked missed."""

    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ParkTicket(Command):
    """`keep_for`: who may call it when it returns: queue (anybody who can), counter, or officer (“come back to me”)."""

    ticket: str
    reason: str = ""
    keep_for: str = "queue"
    expected_stage: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkMissed(Command):
    ticket: str


# --- on the floor


@dataclass(frozen=True, kw_only=True, slots=True)
class TransferTicket(Command):
    """To a zone, a service, a counter or an officer; what is None stays as it is.

    `position`: fair (the default: first arrival kept), first, or last. `expected_stage`: what the screen showed when
    the person decided; a ticket that has moved on since (it was just called) is refused, not torn away.
    """

    ticket: str
    zone: str | None = None
    service: str | None = None
    counter: str | None = None
    officer: str | None = None
    position: str = "fair"
    reason: str = ""
    expected_stage: str | None = None


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


@dataclass(frozen=True, kw_only=True, slots=True)
class AskPresence(Command):
    """“Are you still in the hall?” Asked near the front, never punished."""

    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmPresence(Command):
    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForMinutes(Command):
    """“I need five more minutes.” Others go first meanwhile; at nobody's cost but one's own."""

    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SayOnTheWay(Command):
    """“I am on my way.” Whoever called knows that waiting a little is not in vain; the order stays."""

    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeEscort(Command):
    """A guide goes to accompany a called visitor. `instead`: in place of another who had said so."""

    ticket: str
    guide: str
    instead: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NotePlace(Command):
    """Where the visitor sits, in one of the hall's own words; empty: no longer known."""

    ticket: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckMaterials(Command):
    """Looked through with the visitor on the floor. `missing`: codes of what is not there; empty: all complete."""

    ticket: str
    missing: tuple[str, ...] = ()


# --- being heard


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForHelp(Command):
    """Somebody wants a person. `place` is a kiosk's id, the ticket's number when a visitor asks from a phone, or
    `desk_place` when an officer calls a colleague without a word said aloud. `wanted`: guide or supervisor.
    """

    place: str
    ticket: str | None = None
    question: str = ""
    wanted: str = "guide"
    counter: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerHelp(Command):
    place: str


def desk_place(counter: str, wanted: str) -> str:
    """From where an officer calls: one call for each kind of colleague may be open at a counter."""
    return f"counter-{counter}-{wanted}"


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveFeedback(Command):
    """Five levels of 好差评, 5 best. Words are kept outside the log; `with_words` says that there are some.

    `handling`: which of the services done, the first is 1; None: the last that has no mark.
    """

    ticket: str
    level: int
    reasons: tuple[str, ...] = ()
    with_words: bool = False
    handling: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForSupervisor(Command):
    """After a low mark: “yes, I would like somebody to come now.”"""

    ticket: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerSupervisorCall(Command):
    """A supervisor goes to the visitor."""

    ticket: str


# --- the day


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseZone(Command):
    """`move_to`: whoever waits in the zone goes on waiting there, with their first arrival; None: they stay."""

    zone: str
    notice: str = ""
    move_to: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReopenZone(Command):
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenReserve(Command):
    """A supervisor opens a reserve counter; an officer may then sit down at it."""

    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseReserve(Command):
    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtendHours(Command):
    """Open longer today. `closes`: the new end; None: as the hall usually does."""

    closes: datetime | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeCounter(Command):
    """What a counter serves for the rest of today. `services` empty: everything its zone does."""

    counter: str
    zone: str
    services: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RestoreCounter(Command):
    """As the hall has set it up."""

    counter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AddCounter(Command):
    """A counter for today alone; shut again like a reserve counter."""

    counter: str
    zone: str
    services: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallBack(Command):
    """A visitor who has been served, or who has left, is asked to come back to a counter that is open."""

    ticket: str
    counter: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PutUpNotice(Command):
    """A word to everybody in the hall, on all screens until `until`; `speak`: also said aloud; `emergency`: said
    at once and shown before all else. Never about a person."""

    text_zh: str
    until: datetime
    text_en: str = ""
    speak: bool = False
    emergency: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeDownNotice(Command):
    """`notice`: its mark, as the event that put it up has it."""

    notice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RaiseAlert(Command):
    """The hall itself found something by its rules. `value` and `limit` in whole units of the kind."""

    alert: str
    kind: str
    level: str
    zone: str | None = None
    ticket: str | None = None
    counter: str | None = None
    place: str | None = None
    value: int = 0
    limit: int = 0
    sound: bool = False
    webhook: bool = False
    tells: tuple[str, ...] = FOR_SUPERVISORS
    people: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EaseAlert(Command):
    """What an alert told of is so no more."""

    alert: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeAlert(Command):
    """“I see to it”, or somebody else shall. `person` is their id."""

    alert: str
    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseAlert(Command):
    """Seen to. `done`: a code of what was done, or a short sentence; never a visitor's name."""

    alert: str
    done: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseDay(Command):
    pass


@dataclass(frozen=True, kw_only=True, slots=True)
class ReopenDay(Command):
    """A day closed too early goes on; tickets that were dealt with at closing stay as they are."""
