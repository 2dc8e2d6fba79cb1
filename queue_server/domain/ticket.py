"""The ticket: the number that stands for one visit, as the day's events have left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


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
OVER = frozenset({Stage.SERVED, Stage.ABANDONED, Stage.NO_SHOW})


@dataclass(slots=True)
class Ticket:
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
    for_counter: str | None = None  # only this counter may call it
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
    came_back: bool = False  # returned after a miss
    transfers: int = 0
    bounced: bool = False  # came back from coaching to a counter
    before_transfer: Placement | None = None
    feedback: int | None = None  # 5 … 1
    asked_for_help_at: datetime | None = None
    paper: str = "none"  # none | asked | printed | failed
    papers: int = 0

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
class Placement:
    """Where a ticket stood before its last transfer, so that the transfer can be undone."""

    transferred_at: datetime
    stage: Stage
    service: str
    zone: str
    for_counter: str | None
    counter: str | None


@dataclass(slots=True)
class Desk:
    """An officer's working page while signed in at a counter."""

    counter: str
    officer: str
    opened_at: datetime
    paused: bool = False
    pause_reason: str | None = None
    idle_since: datetime | None = None
