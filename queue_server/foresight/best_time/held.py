"""What was said of days to come, against what then was: of each half hour the mean wait of those who came. Minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from queue_server.domain import events as e
from queue_server.domain.lines import class_name
from queue_server.domain.measures import minutes
from queue_server.domain.ticket import Ticket
from queue_server.foresight.best_time.outlook import HALF_HOUR, HalfHour, Outlook, best_time
from queue_server.foresight.learn_habits import PastDay

LEAST_HALF_HOURS = 20  # with fewer an error would say nothing


Waits = Mapping[tuple[str, str, int], Sequence[float]]  # (zone, service, half hour's begin) → minutes


@dataclass(frozen=True, slots=True)
class Published:
    made_on: date
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class HeldTimes:
    """Of all figures told before their day. Half hours count by the people who came in them."""

    half_hours: int
    visits: int
    error: float | None  # mean distance of the half hour's mean wait from what was said; None: too few
    bias: float | None  # above nothing: said longer than it was
    coverage: float | None  # share of visits not longer than the P90 said
    advised: float | None  # mean wait of those who came when it was said to be emptiest …
    otherwise: float | None  # … and of everybody on the same days


@dataclass(frozen=True, slots=True)
class _Pair:
    said: HalfHour
    waits: Sequence[float]


def held_times(published: Iterable[Published], past: Sequence[PastDay]) -> HeldTimes:
    """Of figures for days that are over."""
    return held_by(published, {one.state.day: _waits_of(one) for one in past})


def held_by(published: Iterable[Published], waits: Mapping[date, Waits]) -> HeldTimes:
    """The same, where the waits of those days are known already."""
    known = [one for one in published if one.made_on < one.outlook.day and one.outlook.day in waits]
    pairs = [pair for one in known for pair in _pairs(one.outlook, waits[one.outlook.day])]
    advised, otherwise = _advised(known, waits)
    many = np.array([len(pair.waits) for pair in pairs], float)
    enough = len(pairs) >= LEAST_HALF_HOURS
    off = np.array([pair.said.mean - float(np.mean(pair.waits)) for pair in pairs])
    kept = sum(wait <= pair.said.p90 + 1 for pair in pairs for wait in pair.waits)  # P90 counts whole minutes
    return HeldTimes(
        len(pairs),
        int(many.sum()),
        float(np.average(np.abs(off), weights=many)) if enough else None,
        float(np.average(off, weights=many)) if enough else None,
        float(kept / many.sum()) if enough else None,
        advised if enough else None,
        otherwise if enough else None,
    )


def _waits_of(day: PastDay) -> Waits:
    direct = {one.ticket for one in day.events if isinstance(one, e.TicketCalled) and one.rule == "direct"}
    found: dict[tuple[str, str, int], list[float]] = {}
    for ticket in day.state.tickets.values():
        waited = _waited(ticket)
        if waited is not None and ticket.number not in direct:
            local = day.state.rules.local(ticket.first_arrival_at)
            begins = (local.hour * 60 + local.minute) // HALF_HOUR * HALF_HOUR
            found.setdefault((ticket.zone, ticket.service, begins), []).append(waited)
    return found


def _waited(ticket: Ticket) -> float | None:
    """Only of those whom the figures speak of: no priority, nobody sent elsewhere, nobody who stepped aside."""
    called = ticket.first_called_at
    moved = ticket.transfers or ticket.came_back or ticket.minutes_asked
    if called is None or moved or class_name(ticket) != "ordinary":
        return None
    return max(0.0, minutes(called - ticket.first_arrival_at))


def _pairs(outlook: Outlook, waits: Waits) -> list[_Pair]:
    pairs = [_Pair(said, _came(outlook, said, waits)) for said in outlook.half_hours]
    return [pair for pair in pairs if pair.waits]


def _came(outlook: Outlook, said: HalfHour, waits: Waits) -> list[float]:
    return [wait for service in outlook.services for wait in waits.get((outlook.zone, service, said.begins), ())]


def _advised(known: Sequence[Published], waits: Mapping[date, Waits]) -> tuple[float | None, float | None]:
    """(mean wait of whoever came when it was said to be emptiest, and of everybody on the days it was said of)."""
    then: list[float] = []
    otherwise: list[float] = []
    together: dict[tuple[date, str, frozenset[str]], list[Outlook]] = {}
    for one in known:
        together.setdefault((one.made_on, one.outlook.zone, one.outlook.services), []).append(one.outlook)
    for outlooks in together.values():
        time = best_time(outlooks)
        if time is None:
            continue
        for outlook in outlooks:
            for pair in _pairs(outlook, waits[outlook.day]):
                is_then = outlook.day == time.day and time.begins <= pair.said.begins < time.ends
                (then if is_then else otherwise).extend(pair.waits)
    if not then or not otherwise:
        return None, None
    return float(np.mean(then)), float(np.mean(otherwise))
