"""A bad experience being mended: somebody gets in touch, mends it and asks again, each within working days.

Pure. What was said, by whom and how to reach them stands elsewhere (`stores/repairs.py`) and is deleted; this is what
stays. National rules: a real-name 差评 is answered within 1 working day, mended in 5 to 15, everybody is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from queue_server.domain.refusals import RepairIsEnded, RepairStepTooEarly
from queue_server.domain.rules import Hours, Limits

Clock = Literal["contact", "fix", "follow_up"]
CLOCKS: tuple[Clock, ...] = ("contact", "fix", "follow_up")
STOPS: dict[str, Clock] = {"contacted": "contact", "fixed": "fix", "followed_up": "follow_up"}
# What may be done, in the order in which it usually is. `closed` comes with why nothing more is done.
STEPS = ("taken", "tried", "contacted", "promised", "fixed", "followed_up", "noted", "closed", "reopened")
WHY_CLOSED = ("unreachable", "not_wanted", "unfounded")
LOOK_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Step:
    """`note`: what was said or done; personal, so it may be gone by now."""

    at: datetime
    by: str
    what: str
    person: str = ""  # of `taken`: who has it from then on
    why: str = ""  # of `closed`
    note: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """`due` is set when it is opened: what was due then stays due, whatever the hall changes later."""

    id: int
    day: date  # of the visit
    ticket: str  # empty: nobody knows the number
    service: str
    level: int | None  # the mark, where there was one
    origin: str  # mark | story | hand
    opened_at: datetime
    opened_by: str
    due: dict[Clock, datetime]
    owner: str = ""
    done: dict[Clock, datetime] = field(default_factory=dict)
    ended_at: datetime | None = None
    why_closed: str = ""

    @property
    def state(self) -> str:
        """open | contacted | fixed | done | closed"""
        if self.ended_at is not None:
            return "closed" if self.why_closed else "done"
        return "fixed" if "fix" in self.done else "contacted" if "contact" in self.done else "open"

    @property
    def next_clock(self) -> Clock | None:
        """Which runs now; None when it is over. What is done stops the clocks before it, too."""
        if self.ended_at is not None:
            return None
        last = max((CLOCKS.index(clock) for clock in self.done), default=-1)
        return CLOCKS[last + 1]

    @property
    def next_due(self) -> datetime | None:
        return None if (clock := self.next_clock) is None else self.due[clock]


def due_times(opened_on: date, hours: Hours, timezone: tzinfo, limits: Limits) -> dict[Clock, datetime]:
    days = (limits.repair_contact_days, limits.repair_fix_days, limits.repair_follow_up_days)
    return {
        clock: end_of_working_day(opened_on, count, hours, timezone) for clock, count in zip(CLOCKS, days, strict=True)
    }


def end_of_working_day(start: date, count: int, hours: Hours, timezone: tzinfo) -> datetime:
    """When the hall closes on its `count`th working day after `start`. A hall that never opens has calendar days."""
    day, left = start, count
    while left and day - start < LOOK_AHEAD:
        day += timedelta(days=1)
        left -= bool(hours.of(day))
    if left:
        day = start + timedelta(days=count)
    return datetime.combine(day, hours.closing_time(day) or time(23, 59), tzinfo=timezone)


def after(repair: Repair, step: Step) -> Repair:
    """As it is once this is done. Raises RepairIsEnded, RepairStepTooEarly."""
    if step.what == "reopened":
        if repair.ended_at is None:
            return repair
        done: dict[Clock, datetime] = {clock: at for clock, at in repair.done.items() if clock == "contact"}
        return replace(repair, ended_at=None, why_closed="", done=done)
    if repair.ended_at is not None and step.what != "noted":
        raise RepairIsEnded(repair=repair.id)
    if step.what == "followed_up" and "fix" not in repair.done:
        raise RepairStepTooEarly(repair=repair.id)
    if step.what == "taken":
        return replace(repair, owner=step.person)
    if step.what == "closed":
        return replace(repair, ended_at=step.at, why_closed=step.why)
    clock = STOPS.get(step.what)
    if clock is None:
        return repair
    repair = replace(repair, done={clock: step.at, **repair.done})  # the first time counts
    return replace(repair, ended_at=step.at) if clock == "follow_up" else repair


def in_time(repair: Repair, clock: Clock, at: datetime) -> bool | None:
    """None: still running, or it never had to be done."""
    if clock in repair.done:
        return repair.done[clock] <= repair.due[clock]
    if any(CLOCKS.index(other) > CLOCKS.index(clock) for other in repair.done):
        return min(repair.done[other] for other in repair.done) <= repair.due[clock]  # reached when it was mended
    end = repair.ended_at or at
    return False if end > repair.due[clock] else None


@dataclass(frozen=True, slots=True)
class RepairFigures:
    """Of those opened in a span. `in_time`: by clock, how many held it and of how many that is known."""

    opened: int
    standing: int
    late: int  # of the standing, their clock has run out
    done: int
    closed: int
    in_time: dict[Clock, tuple[int, int]]


def repair_figures(repairs: Sequence[Repair], at: datetime) -> RepairFigures:
    return RepairFigures(
        opened=len(repairs),
        standing=sum(one.ended_at is None for one in repairs),
        late=sum(is_late(one, at) for one in repairs),
        done=sum(one.state == "done" for one in repairs),
        closed=sum(one.state == "closed" for one in repairs),
        in_time={clock: _held(in_time(one, clock, at) for one in repairs) for clock in CLOCKS},
    )


def is_late(repair: Repair, at: datetime) -> bool:
    return repair.next_due is not None and at > repair.next_due


def _held(known: Iterable[bool | None]) -> tuple[int, int]:
    found = [one for one in known if one is not None]
    return sum(found), len(found)
