"""How empty the hall will be on days to come, half hour by half hour. Minutes; half hours count from midnight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

HALF_HOUR = 30
LIKELY_TOO_LATE = 0.05  # share not called before closing, from which on nobody is sent into a half hour
AS_GOOD = 1.0  # minutes by which two times are still as good as each other
STILL_GOOD = 2.0  # minutes over the best at which neighbouring half hours belong to the same time to come
WORTH_SAYING = 10.0  # minutes that coming then must save, before anybody is bothered with it
MAKES_A_DIFFERENCE = 5.0  # minutes under the usual wait, from which on one time is called emptier than the others


@dataclass(frozen=True, slots=True)
class HalfHour:
    """Of those who come within it. `mean`, `p90`: their waits; `too_late`: the share not called before closing."""

    begins: int  # minutes since midnight
    people: float  # expected, of the whole group
    mean: float
    p90: float
    too_late: float

    @property
    def ends(self) -> int:
        return self.begins + HALF_HOUR

    @property
    def is_safe(self) -> bool:
        return self.too_late <= LIKELY_TOO_LATE


@dataclass(frozen=True, slots=True)
class Outlook:
    """One day for services that wait alike in one zone: the same counters can do them. None of a priority class."""

    day: date
    zone: str
    services: frozenset[str]
    half_hours: tuple[HalfHour, ...]  # in order; those that nothing is known of are missing


@dataclass(frozen=True, slots=True)
class TimeToCome:
    """Half hours of one day that follow each other. `until_closing`: nothing known comes after them that day."""

    day: date
    begins: int
    ends: int
    mean: float
    until_closing: bool


def best_time(outlooks: Iterable[Outlook]) -> TimeToCome | None:
    """The emptiest time of these days; of several as good as each other the soonest. None: nothing is known."""
    times = [time for outlook in outlooks for time in _times(outlook)]
    if not times:
        return None
    best = min(time.mean for time in times)
    return min((time for time in times if time.mean <= best + AS_GOOD), key=lambda time: (time.day, time.begins))


def _times(outlook: Outlook) -> list[TimeToCome]:
    """The stretches of the day around its emptiest half hour that are nearly as empty."""
    safe = [one for one in outlook.half_hours if one.is_safe]
    if not safe:
        return []
    good = min(one.mean for one in safe) + STILL_GOOD
    stretches: list[list[HalfHour]] = []
    for one in safe:
        if one.mean > good:
            continue
        if stretches and stretches[-1][-1].ends == one.begins:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    last = outlook.half_hours[-1]
    return [
        TimeToCome(outlook.day, own[0].begins, own[-1].ends, _mean(own), own[-1] is last and last.is_safe)
        for own in stretches
    ]


def usual_wait(outlooks: Iterable[Outlook]) -> float | None:
    """Of everybody who will come on these days."""
    return _mean([one for outlook in outlooks for one in outlook.half_hours]) if outlooks else None


def _mean(half_hours: Sequence[HalfHour]) -> float:
    """By people. Where nobody is expected, each half hour counts alike."""
    many = sum(one.people for one in half_hours)
    if not half_hours:
        return 0.0
    if not many:
        return sum(one.mean for one in half_hours) / len(half_hours)
    return sum(one.people * one.mean for one in half_hours) / many


def is_emptier(time: TimeToCome, outlooks: Sequence[Outlook]) -> bool:
    """Whether coming then rather than at any other time makes a difference."""
    usual = usual_wait(outlooks)
    return usual is not None and usual - time.mean >= MAKES_A_DIFFERENCE


def is_worth_saying(time: TimeToCome, wait_now: float) -> bool:
    """To somebody who is in the hall already, and would wait so many minutes now."""
    return wait_now - time.mean >= WORTH_SAYING


def still_to_come(outlooks: Iterable[Outlook], today: date, minute: float) -> list[Outlook]:
    """Without the half hours that have begun."""
    coming = []
    for one in outlooks:
        left = tuple(half for half in one.half_hours if one.day > today or half.begins >= minute)
        if one.day >= today and left:
            coming.append(Outlook(one.day, one.zone, one.services, left))
    return coming
