"""What to advise when trouble is foreseen: which acts are worth trying, and which of them may be told.

Nothing is advised that was not lived through, that chance alone could have done, or that makes trouble elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.domain.hall_day import HallDay, can_serve
from queue_server.domain.measures import mean, percentile, wait_time
from queue_server.domain.rules import Counter, Purpose
from queue_server.domain.ticket import Ticket
from queue_server.foresight.acts import Act
from queue_server.foresight.what_if import LOOKS_AHEAD_MINUTES, Outlook, Variant

MOST_TRIED = 12
LEAST_MINUTES, LEAST_SHARE = 5.0, 0.15  # that the longest wait must lose, whichever is more
LEFT_OVER = 1.0  # people who would not be called before closing
BREAK_WITHIN = 90.0  # minutes; a later break is another hour's matter
BREAK_LATER = (30, 60)


@dataclass(frozen=True, slots=True)
class Trouble:
    """`kind`: long_wait (somebody will wait longer than the hall wants) or left_over (somebody will not be called)."""

    kind: str
    group: int  # its place
    zone: str
    category: str
    value: float  # minutes, or people


def troubles(outlook: Outlook, groups: Sequence[tuple[str, str]], limit: float) -> list[Trouble]:
    """Zones and categories whose longest wait is foreseen beyond `limit` minutes, the longest first; then the closing.

    A category that is as bad as its zone is told rather than the zone: it says what to do.
    """
    long = [
        Trouble("long_wait", place, zone, category, waits.longest)
        for place, ((zone, category), waits) in enumerate(zip(groups, outlook.groups, strict=True))
        if zone and waits.people >= 1 and waits.longest > limit
    ]
    long.sort(key=lambda one: (-one.value, not one.category))
    left = outlook.left_over.mean
    return long + ([Trouble("left_over", 0, "", "", left)] if left >= LEFT_OVER and long == [] else [])


def sensible_acts(
    trouble: Trouble, services: frozenset[str], day: HallDay, breaks: dict[str, float]
) -> list[tuple[Act, str]]:
    """What could help, each with the category it is told with. `services`: those that the trouble is about (none: all
    of the zone's); `breaks`: counter → minutes until its break, where one is to come."""
    found = list(_acts(trouble, services, day, breaks))
    return found[:MOST_TRIED]


def _acts(
    trouble: Trouble, services: frozenset[str], day: HallDay, breaks: dict[str, float]
) -> Iterator[tuple[Act, str]]:
    zone = trouble.zone
    counters = [one for one in day.rules.counters.values() if not zone or one.zone == zone]
    if trouble.category:
        for counter in counters:
            if _is_open(counter, day) and _knows(counter, services, day) and not _is_bound(counter, services):
                yield Act("serve", counter.id, services=tuple(sorted(services))), trouble.category
    for counter in counters:
        if counter.id not in day.desks and _knows(counter, services, day):
            yield Act("open", counter.id), ""
    for counter in counters:
        if _is_open(counter, day) and breaks.get(counter.id, BREAK_WITHIN + 1) <= BREAK_WITHIN:
            yield from ((Act("move_break", counter.id, minutes=later), "") for later in BREAK_LATER)
    if zone and day.rules.zones[zone].purpose is Purpose.COACHING:
        yield Act("add_people", zone=zone, people=1), ""
    if zone:
        for counter in day.rules.counters.values():
            spared = len(day.open_desks(counter.zone)) > 1
            if counter.zone != zone and spared and _is_open(counter, day):
                yield Act("serve", counter.id, zone=zone), ""


def _is_open(counter: Counter, day: HallDay) -> bool:
    desk = day.desks.get(counter.id)
    return desk is not None and not desk.paused


def _knows(counter: Counter, services: frozenset[str], day: HallDay) -> bool:
    desk = day.desks.get(counter.id)
    return not services or any(can_serve(counter, desk, service, day.rules) for service in services)


def _is_bound(counter: Counter, services: frozenset[str]) -> bool:
    """It serves nothing else anyway."""
    return counter.services is not None and counter.services <= services


def helps(trouble: Trouble, before: Outlook, variant: Variant, limit: float) -> bool:
    """Whether it may be advised: it mends this trouble beyond chance, saves people time in all, and no other group
    comes into trouble by it."""
    if not (variant.hours_saved.beyond_chance and variant.hours_saved.mean > 0):
        return False
    if any(
        after.longest > max(limit, earlier.longest) and change.beyond_chance and change.mean > 0
        for earlier, after, change in zip(before.groups, variant.outlook.groups, variant.longest, strict=True)
    ):
        return False
    if trouble.kind == "left_over":
        return variant.left_over.beyond_chance and variant.left_over.mean <= -LEFT_OVER
    change = variant.longest[trouble.group]
    least = max(LEAST_MINUTES, LEAST_SHARE * min(before.groups[trouble.group].longest, 2 * limit))
    told = before.groups[trouble.group].longest - variant.outlook.groups[trouble.group].longest
    return change.beyond_chance and change.mean <= -least and told >= least


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of the same people. Minutes."""

    people: int
    average: float | None
    p90: float | None
    longest: float | None
    not_called: int


def what_happened(day: HallDay, zone: str, services: frozenset[str], since: datetime, at: datetime) -> Happened | None:
    """Of those who waited then or came within the time looked ahead; None while one of them still waits.

    Whoever was sent to another zone since is counted where they are now.
    """
    until = since + timedelta(minutes=LOOKS_AHEAD_MINUTES)
    if at < until and not day.is_over:
        return None
    concerned = [ticket for ticket in day.tickets.values() if _is_of(ticket, zone, services, since, until)]
    if any(ticket.is_waiting for ticket in concerned):
        return None
    called = [ticket for ticket in concerned if ticket.served_call_at is not None]
    waits = [wait_time(ticket, at) for ticket in called]
    return Happened(
        len(concerned), mean(waits), percentile(waits, 0.9), max(waits, default=None), len(concerned) - len(called)
    )


def _is_of(ticket: Ticket, zone: str, services: frozenset[str], since: datetime, until: datetime) -> bool:
    if (zone and ticket.zone != zone) or (services and not services & _services_of(ticket)):
        return False
    if ticket.first_arrival_at > until:
        return False
    called = ticket.served_call_at
    return ticket.first_arrival_at > since or ticket.is_waiting or (called is not None and called >= since)


def _services_of(ticket: Ticket) -> frozenset[str]:
    done: Iterable[str] = (one.service for one in ticket.services_done)
    return frozenset((ticket.service, *done))
