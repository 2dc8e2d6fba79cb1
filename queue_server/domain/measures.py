"""Figures of the day, each a function of the same tickets and events, so that report and screen cannot disagree.

Waits are minutes from first arrival to the call that led on; percentiles are nearest-rank.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules, Purpose
from queue_server.domain.ticket import ServiceDone, Stage, Ticket

LAST_HOUR = timedelta(hours=1)
LOWEST_MARKS = 2  # 差评


def minutes(span: timedelta) -> float:
    return span.total_seconds() / 60


def wait_time(ticket: Ticket, at: datetime) -> float:
    """Minutes waited: arrival to the latest first call of an invitation, or until now for one who still waits."""
    until = ticket.served_call_at if ticket.served_call_at and not ticket.is_waiting else None
    if until is None:
        until = ticket.ended_at or at
    return minutes(ticket.waited + until - (ticket.wait_from or ticket.first_arrival_at))


def service_time(ticket: Ticket) -> float | None:
    """Minutes served in all services of the visit, holds taken out; None before the end."""
    if ticket.stage is not Stage.SERVED or not ticket.services_done:
        return None
    return sum(minutes(done.took) for done in ticket.services_done)


def service_times(day: HallDay) -> list[tuple[str, float]]:
    """(service, minutes) of each that was done to its end, to learn from.

    One broken off says nothing of its length, one whose end was inferred lasted until somebody noticed, and times
    written by hand are rounded.
    """
    services = (done for ticket in day.tickets.values() for done in ticket.services_done)
    return [(done.service, minutes(done.took)) for done in services if is_exact(done)]


def is_exact(done: ServiceDone) -> bool:
    return done.outcome == "done" and not done.inferred and not done.by_hand


def percentile(values: Iterable[float], share: float) -> float | None:
    """Nearest-rank percentile (`share` .9 for P90); None of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


@dataclass(frozen=True, slots=True)
class ZoneMeasures:
    """One zone now (`zone` empty: the whole hall), or one service in all zones. Waits in minutes; None where nobody
    gives a figure."""

    zone: str
    waiting: int
    longest_wait: float | None
    average_wait: float | None  # of the calls of the last hour
    p50_wait: float | None
    p90_wait: float | None
    within_target: float | None  # share of the calls of the last hour that came within the hall's target
    counters: int
    open_desks: int
    served: int
    missed: int
    abandoned: int
    no_show: int
    bounced: int
    service: str = ""


def zone_measures(day: HallDay, at: datetime) -> list[ZoneMeasures]:
    """One row a zone, in the hall's own order."""
    return [_measure(day, at, zone) for zone in day.rules.zones]


def hall_measures(day: HallDay, at: datetime) -> ZoneMeasures:
    return _measure(day, at, "")


def service_measures(day: HallDay, at: datetime) -> list[ZoneMeasures]:
    """One row for each service somebody came for today, in the catalogue's order."""
    asked = {ticket.service for ticket in day.tickets.values()}
    return [_measure(day, at, "", service) for service in day.rules.services if service in asked]


# What is counted, and by which tickets: the number and the list behind it come from the same question.
BEHIND: dict[str, Callable[[Ticket, datetime], bool]] = {
    "waiting": lambda ticket, at: ticket.is_waiting,
    "called": lambda ticket, at: was_called_since(ticket, at - LAST_HOUR),
    "served": lambda ticket, at: ticket.stage is Stage.SERVED,
    "missed": lambda ticket, at: ticket.stage is Stage.MISSED,
    "abandoned": lambda ticket, at: ticket.stage is Stage.ABANDONED,
    "no_show": lambda ticket, at: ticket.stage is Stage.NO_SHOW,
    "bounced": lambda ticket, at: ticket.bounced,
    "feedback": lambda ticket, at: ticket.feedback is not None,
    "low": lambda ticket, at: ticket.feedback is not None and ticket.feedback <= LOWEST_MARKS,
}


def tickets_behind(day: HallDay, at: datetime, figure: str, zone: str = "", service: str = "") -> list[Ticket]:
    """The tickets that a figure counts, the longest wait first. Raises KeyError for one that nobody knows."""
    counts = BEHIND[figure]
    found = [ticket for ticket in _of(day, zone, service) if counts(ticket, at)]
    return sorted(found, key=lambda ticket: -wait_time(ticket, at))


def _of(day: HallDay, zone: str, service: str) -> Iterator[Ticket]:
    return (t for t in day.tickets.values() if zone in ("", t.zone) and service in ("", t.service))


def _measure(day: HallDay, at: datetime, zone: str, service: str = "") -> ZoneMeasures:
    behind = {figure: tickets_behind(day, at, figure, zone, service) for figure in BEHIND}
    called = [wait_time(ticket, at) for ticket in behind["called"]]
    zones = [zone] if zone else list(day.rules.zones)
    target = day.rules.limits.target_wait_minutes
    return ZoneMeasures(
        zone=zone,
        service=service,
        waiting=len(behind["waiting"]),
        longest_wait=max((wait_time(ticket, at) for ticket in behind["waiting"]), default=None),
        average_wait=mean(called),
        p50_wait=percentile(called, 0.5),
        p90_wait=percentile(called, 0.9),
        within_target=mean([float(wait <= target) for wait in called]),
        counters=sum(len(day.rules.counters_of(name)) for name in zones),
        open_desks=sum(len(day.open_desks(name)) for name in zones),
        served=len(behind["served"]),
        missed=len(behind["missed"]),
        abandoned=len(behind["abandoned"]),
        no_show=len(behind["no_show"]),
        bounced=len(behind["bounced"]),
    )


def was_called_since(ticket: Ticket, since: datetime) -> bool:
    return ticket.served_call_at is not None and ticket.served_call_at >= since and not ticket.is_waiting


def overrides(day: HallDay) -> dict[tuple[str, str], int]:
    """How many visits began elsewhere than advised, by (advised zone, reason given)."""
    against = (ticket for ticket in day.tickets.values() if ticket.advised_zone)
    return dict(Counter((ticket.advised_zone, ticket.choice_reason) for ticket in against))


def bounces_by_service(events: Iterable[e.Event], rules: HallRules) -> dict[str, int]:
    """How many came back from coaching to a counter, by the service they tried. A move that was undone is none."""
    bounces: Counter[str] = Counter()
    last: dict[str, str | None] = {}  # ticket -> the service its latest move bounced, if it did
    for event in events:
        if isinstance(event, e.TicketTransferred):
            came, went = rules.purpose_of(event.from_zone), rules.purpose_of(event.zone)
            bounced = came is Purpose.COACHING and went is not Purpose.COACHING
            last[event.ticket] = event.from_service if bounced else None
            bounces.update([event.from_service] if bounced else [])
        elif isinstance(event, e.TransferUndone) and (service := last.pop(event.ticket, None)):
            bounces.subtract([service])
    return {service: many for service, many in bounces.items() if many}


def moves_by_reason(events: Iterable[e.Event]) -> dict[tuple[str, str], int]:
    """How many tickets people sent on, by (place in line, reason given). A move that was undone is none."""
    moves: Counter[tuple[str, str]] = Counter()
    last: dict[str, tuple[str, str]] = {}
    for event in events:
        if isinstance(event, e.TicketTransferred):
            last[event.ticket] = (event.position, event.reason)
            moves[last[event.ticket]] += 1
        elif isinstance(event, e.TransferUndone) and (move := last.pop(event.ticket, None)):
            moves[move] -= 1
    return {move: many for move, many in moves.items() if many}


@dataclass(frozen=True, slots=True)
class FeedbackMeasures:
    count: int
    average: float | None  # 1 … 5
    low: int  # marks of 1 and 2: 差评


def feedback_measures(day: HallDay) -> FeedbackMeasures:
    marks = [mark for ticket in day.tickets.values() for mark in ticket.marks.values()]
    return FeedbackMeasures(len(marks), mean([float(mark) for mark in marks]), sum(mark <= 2 for mark in marks))


@dataclass(frozen=True, slots=True)
class WaitingSeries:
    """How many waited, at equal steps since the first arrival; `zones[z][i]` belongs to `times[i]`."""

    step_minutes: int
    times: list[datetime]
    zones: dict[str, list[int]]


def waiting_series(events: Iterable[e.Event], day: HallDay, at: datetime, step_minutes: int = 5) -> WaitingSeries:
    """Replays who waited where, from the events alone."""
    series = WaitingSeries(step_minutes, [], {zone: [] for zone in day.rules.zones})
    place: dict[str, str] = {}  # ticket -> zone it waits in
    home: dict[str, str] = {}  # ticket -> zone it belongs to
    came_from: dict[str, str] = {}  # ticket -> zone of the service before, should its end be undone
    step = timedelta(minutes=step_minutes)
    tick: datetime | None = None
    for event in events:
        if tick is None and isinstance(event, e.TicketIssued):
            tick = _whole_step(event.at, step_minutes)
        while tick is not None and tick <= event.at:
            _note(series, tick, place)
            tick += step
        _move(event, place, home, came_from)
    while tick is not None and tick <= at:
        _note(series, tick, place)
        tick += step
    if series.times:
        _note(series, at, place)
    return series


def _whole_step(at: datetime, step_minutes: int) -> datetime:
    return at.replace(minute=at.minute - at.minute % step_minutes, second=0, microsecond=0)


def _note(series: WaitingSeries, tick: datetime, place: dict[str, str]) -> None:
    series.times.append(tick)
    zones = list(place.values())
    for zone, counts in series.zones.items():
        counts.append(zones.count(zone))


def _move(event: e.Event, place: dict[str, str], home: dict[str, str], came_from: dict[str, str]) -> None:
    match event:
        case e.TicketIssued() | e.TicketTransferred():
            home[event.ticket] = place[event.ticket] = event.zone
        case e.TransferUndone():
            home[event.ticket] = event.zone
            place.pop(event.ticket, None)
            if event.stage == Stage.WAITING:
                place[event.ticket] = event.zone
        case e.TicketCalledBack():
            home[event.ticket] = place[event.ticket] = event.zone
        case e.TicketReturned():
            place[event.ticket] = home[event.ticket]
        case e.ServiceEnded(next_zone=str() as zone):
            came_from[event.ticket] = home[event.ticket]
            home[event.ticket] = place[event.ticket] = zone
        case e.StepUndone():
            place.pop(event.ticket, None)
            if event.step == "ended":
                home[event.ticket] = came_from.pop(event.ticket, home[event.ticket])
        case e.TicketCalled() | e.TicketAbandoned() | e.ServedByHand():
            place.pop(event.ticket, None)
