"""The ticket: the number that stands for one visit, as the day's events have left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct


class Stage(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"  # service paused, the counter stays taken
    PARKED = "parked"  # the visitor stepped aside, the counter is free
    MISSED = "missed"  # called, did not come; may return within the tolerance
    SERVED = "served"
    ABANDONED = "abandoned"  # left while waiting
    NO_SHOW = "no_show"  # missed, and the tolerance has passed


AT_A_COUNTER = frozenset({Stage.CALLED, Stage.SERVING, Stage.HELD})
TO_FETCH = "fetch"  # reason of a parking: something has to be fetched
MINUTES = "minutes"  # reason of a parking that the visitor asked for by “I need more minutes”
OVER = frozenset({Stage.SERVED, Stage.ABANDONED, Stage.NO_SHOW})


class Ticket(Struct):
    number: str
    issue: int  # 1 for the day's first ticket; settles ties and never changes
    service: str
    zone: str
    care: bool
    language: str
    channel: str  # the device or person that issued it
    first_arrival_at: datetime  # kept through every transfer
    order_from: datetime  # from when credit is earned; later than first arrival only after a miss
    order_issue: int  # settles ties; its own issue, or that of the ticket it re-entered behind
    stage: Stage = Stage.WAITING
    services_to_do: tuple[str, ...] = ()  # after the present one, in the order asked
    services_done: list[ServiceDone] = []  # of its own: msgspec copies an empty default
    people: int = 1  # a family or group on one number
    statutory: bool = False  # precedence by law; no reason is kept
    holder: str | None = None  # opaque mark of the phone page that took it
    booking: str | None = None  # code of the booking it came from
    slot: datetime | None = None  # booked time, when the visitor came within its bounds
    promise: str = "certain"  # certain | standby: whether service today was promised
    advised_zone: str = ""  # what triage advised, where the visitor chose otherwise
    choice_reason: str = ""
    missing: tuple[str, ...] = ()  # codes of the materials that were missing when it was issued
    large_print: bool = False
    front_at: datetime | None = None  # put first by a person, at that moment
    overtaken_before: int = 0  # its zone's `overtaken_seconds` when it began to wait there
    delayed_seconds: int = 0  # what priority calls cost it in the queues it has left
    called_by_rule: str = ""  # of its latest call
    misses: int = 0
    presence_asked_at: datetime | None = None
    presence_confirmed_at: datetime | None = None
    minutes_asked: int = 0  # how often “I need more minutes”
    back_at: datetime | None = None  # parked for minutes of its own: until then
    on_the_way_at: datetime | None = None  # said by phone, since the latest call
    escort: str | None = None  # the guide who accompanies to the present call
    place: str = ""  # where the visitor sits, in a word of the hall's
    materials_checked_at: datetime | None = None  # by staff on the floor; `missing` is what was not there
    for_officer: str | None = None  # pool: only this officer may call it, while their desk is open
    for_counter: str | None = None  # pool: only this counter may call it, while its desk is open
    counter: str | None = None  # where it is, or was last
    calls: int = 0  # calls of the present invitation
    called_at: datetime | None = None  # latest call
    first_called_at: datetime | None = None
    served_call_at: datetime | None = None  # the call that led to service
    started_at: datetime | None = None
    held_at: datetime | None = None
    held_for: timedelta = timedelta(0)
    ended_at: datetime | None = None
    outcome: str | None = None
    reason: str | None = None  # of parking or leaving
    missed_at: datetime | None = None
    missed_at_call: int = 0  # how many tickets its zone had called when it was missed
    came_back: bool = False  # re-entered behind the first few, after a miss or an errand
    transfers: int = 0
    bounced: bool = False  # came back from coaching to a counter
    wait_from: datetime | None = None  # when it began to wait for the present service; None: from its first arrival
    waited: timedelta = timedelta(0)  # for the services already done
    before_transfer: Placement | None = None
    before_step: Placement | None = None  # where it stood before it was ended, parked or missed, for undoing that
    marks: dict[int, int] = {}  # 5 … 1, by handling: the first service done is 1; see `unrated`
    supervisor_asked_at: datetime | None = None
    supervisor_answered_at: datetime | None = None
    asked_for_help_at: datetime | None = None
    doubts: tuple[str, ...] = ()  # about a number that a kiosk gave alone, see decide.leased
    number_on_paper: str = ""  # where the paper says another one
    by_hand: bool = False  # called from a list on paper, and entered afterwards
    press: str = ""  # id of the wish that it was given for
    paper: str = "none"  # none | asked | printed | failed
    papers: int = 0

    @property
    def feedback(self) -> int | None:
        """The lowest mark of the visit: one bad handling is not made good by another."""
        return min(self.marks.values(), default=None)

    @property
    def unrated(self) -> list[int]:
        """Handlings without a mark, the last first. Mark 0, as earlier versions gave it, was for the whole visit."""
        done = range(len(self.services_done), 0, -1)
        return [] if 0 in self.marks else [handling for handling in done if handling not in self.marks]

    @property
    def is_fetching(self) -> bool:
        """Took the number and went for what was missing, without having been called yet."""
        return self.stage is Stage.PARKED and self.reason == TO_FETCH and self.first_called_at is None

    @property
    def is_waiting(self) -> bool:
        return self.stage is Stage.WAITING

    @property
    def is_at_a_counter(self) -> bool:
        return self.stage in AT_A_COUNTER

    @property
    def is_over(self) -> bool:
        return self.stage in OVER


@dataclass(frozen=True, slots=True)
class ServiceDone:
    """One service of a visit that came to its end. `took` has the holds taken out."""

    service: str
    counter: str
    outcome: str
    started_at: datetime
    ended_at: datetime
    took: timedelta
    officer: str = ""  # who served; empty when the desk was closed meanwhile
    inferred: bool = False  # nobody pressed “finish”: the hall concluded it from the next call
    by_hand: bool = False  # times as written on paper


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a ticket stood before its last step, so that the step can be undone."""

    transferred_at: datetime
    stage: Stage
    service: str
    zone: str
    for_counter: str | None
    counter: str | None
    for_officer: str | None = None
    services_to_do: tuple[str, ...] = ()
    front_at: datetime | None = None
    order_from: datetime | None = None
    order_issue: int | None = None
    bounced: bool = False
    step: str = ""  # ended, parked or missed; empty: a transfer
    calls: int = 0
    called_by_rule: str = ""
    served_call_at: datetime | None = None
    started_at: datetime | None = None
    held_at: datetime | None = None
    held_for: timedelta = timedelta(0)
    wait_from: datetime | None = None
    waited: timedelta = timedelta(0)
    back_at: datetime | None = None


@dataclass(slots=True)
class Desk:
    """An officer's working page while signed in at a counter."""

    counter: str
    officer: str
    opened_at: datetime
    paused: bool = False
    pause_reason: str | None = None
    idle_since: datetime | None = None
