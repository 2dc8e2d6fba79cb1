"""What a supervisor should look at, by the rules that the hall wrote. `look` is worth a glance, `act` wants a hand.

Pure: what is so at one moment. `alert_watch` makes of it what stands, without flickering.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queue_server.domain.alert_rules import FOR_SUPERVISORS, AlertRule, limit_of
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes, wait_time
from queue_server.domain.ticket import Stage, Ticket

LOW_MARK = 2  # 差评: 不满意 and 非常不满意
STILL_NEAR = timedelta(minutes=15)  # how long after the end a visitor is likely still in the building
LEAST_FORGOTTEN = 20.0  # minutes: three times a very short service is still no forgotten one
EASED_BELOW = 0.9  # of its limit; between the two an alert that stands goes on standing


@dataclass(frozen=True, slots=True)
class Signs:
    """What the log does not know: machines, and what is foreseen."""

    failing_printers: Mapping[str, datetime] = field(default_factory=dict)  # since when
    silent_devices: Mapping[tuple[str, str], datetime] = field(default_factory=dict)  # (kiosk | display | voice, id)
    mute_voices: Mapping[str, datetime] = field(default_factory=dict)  # loudspeakers that are there and not heard
    clocks_off: Mapping[tuple[str, str], tuple[float, datetime]] = field(default_factory=dict)  # minutes, since when
    minutes_late: Mapping[str, float] = field(default_factory=dict)  # zone: the last one's call after closing
    waits_drifted: bool = False
    late_repairs: Mapping[int, datetime] = field(default_factory=dict)  # since when its clock has run out


NO_SIGNS = Signs()


@dataclass(frozen=True, slots=True)
class Alert:
    """`value` against `limit`, both in the unit of its kind: minutes, people, or the mark."""

    kind: str
    level: str  # look | act
    since: datetime
    zone: str | None = None
    ticket: str | None = None
    counter: str | None = None
    place: str | None = None
    value: float | None = None
    limit: float | None = None
    rule: AlertRule | None = None
    tells: tuple[str, ...] = FOR_SUPERVISORS
    people: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same while it is about the same: the next in a long queue is no new alert."""
        ticket = None if self.kind == "longest_wait" else self.ticket
        return ":".join(part for part in (self.kind, self.zone, self.counter, ticket, self.place) if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing looked at. `measure` is held against the limit, `value` is said; `since` if it began by itself."""

    kind: str
    measure: float
    since: datetime | None = None
    zone: str | None = None
    ticket: str | None = None
    counter: str | None = None
    place: str | None = None
    value: float | None = None
    unit: float = 1.0  # what one of the limit is in the value's unit


def alerts(day: HallDay, at: datetime, signs: Signs = NO_SIGNS, ease: float = 1.0) -> list[Alert]:
    """Everything above the limits now, what wants a hand first, then by how long it has been so.

    `ease` 0.9: what is still within a tenth of its limit, too.
    """
    found = [alert for reading in readings(day, at, signs) if (alert := _alert(reading, day, at, ease))]
    return sorted(found, key=lambda alert: (alert.level != "act", alert.since))


def _alert(reading: Reading, day: HallDay, at: datetime, ease: float) -> Alert | None:
    """By the most severe of the rules that it passes; told to everybody whom one of them names. One that
    is passed later, while the alert stands at its level, tells nobody more (0069)."""
    passed = [
        (rule.level == "act", limit or 0.0, rule)
        for rule in day.rules.alert_rules
        if rule.concerns(reading.kind, reading.zone)
        and ((limit := limit_of(rule, day.rules.limits)) is None or reading.measure > limit * ease)
    ]
    if not passed:
        return None
    _, _, rule = max(passed, key=lambda each: each[:2])
    limit = _limit_said(reading, rule, day)
    since = reading.since or at
    if reading.kind == "longest_wait" and limit is not None:
        since += timedelta(minutes=limit)
    return Alert(
        reading.kind, rule.level, since, reading.zone, reading.ticket, reading.counter, reading.place,
        reading.measure if reading.value is None else reading.value, limit, rule,
        tells=each_once(name for _, _, one in passed for name in one.tells),
        people=each_once(name for _, _, one in passed for name in one.people),
    )  # fmt: skip


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _limit_said(reading: Reading, rule: AlertRule, day: HallDay) -> float | None:
    if reading.kind in ("bad_mark", "wants_talk"):
        return LOW_MARK
    if reading.kind == "help":
        return day.rules.limits.help_within_seconds / 60
    limit = limit_of(rule, day.rules.limits)
    return None if limit is None else limit * reading.unit


def readings(day: HallDay, at: datetime, signs: Signs) -> Iterator[Reading]:
    yield from _long_waits(day, at)
    yield from _crowds(day)
    yield from _help(day, at)
    yield from _bad_marks(day, at)
    yield from _idle(day, at)
    yield from _forgotten(day, at)
    yield from _machines(at, signs)
    for zone, late in signs.minutes_late.items():
        yield Reading("misses_closing", late, zone=zone)
    if signs.waits_drifted:
        yield Reading("waits_drifted", 0)
    for repair, due in signs.late_repairs.items():
        yield Reading("repair_late", (at - due) / timedelta(hours=1), due, place=str(repair))


def _long_waits(day: HallDay, at: datetime) -> Iterator[Reading]:
    for zone in day.rules.zones:
        longest = max(day.waiting(zone), key=lambda ticket: wait_time(ticket, at), default=None)
        if longest is not None:
            waited = wait_time(longest, at)
            yield Reading("longest_wait", waited, longest.first_arrival_at, zone, longest.number)


def _crowds(day: HallDay) -> Iterator[Reading]:
    for zone in day.rules.zones:
        waiting = len(list(day.waiting(zone)))
        desks = len(day.open_desks(zone))
        if waiting and not desks:
            yield Reading("nobody_serves", waiting, zone=zone)
        elif desks:
            yield Reading("too_many_waiting", waiting / desks, zone=zone)


def _help(day: HallDay, at: datetime) -> Iterator[Reading]:
    for call in day.help_calls.values():
        waited = minutes(at - call.asked_at)
        yield Reading("help", waited, call.asked_at, ticket=call.ticket, place=call.place, counter=call.counter)


def _bad_marks(day: HallDay, at: datetime) -> Iterator[Reading]:
    """A visitor who wants somebody to come stays on top until somebody goes."""
    for ticket in day.tickets.values():
        if ticket.feedback is None or ticket.feedback > LOW_MARK:
            continue
        handled_at = ticket.ended_at or ticket.services_done[-1].ended_at  # still here for the next service
        if asked_at := ticket.supervisor_asked_at:
            if ticket.supervisor_answered_at is None:
                yield Reading("wants_talk", ticket.feedback, asked_at, ticket.zone, ticket.number)
        elif at - handled_at <= STILL_NEAR:
            yield Reading("bad_mark", ticket.feedback, handled_at, ticket.zone, ticket.number)


def _idle(day: HallDay, at: datetime) -> Iterator[Reading]:
    """A desk open and free while somebody it may serve is waiting: since both have been so."""
    for desk in day.desks.values():
        if desk.paused or desk.idle_since is None:
            continue
        counter = day.rules.counters[desk.counter]
        waiting_since = min((one.wait_from or one.first_arrival_at for one in day.waiting_for(counter)), default=None)
        if waiting_since is not None:
            since = max(desk.idle_since, waiting_since)
            yield Reading("desk_idle", minutes(at - since), since, counter.zone, counter=desk.counter)


def _forgotten(day: HallDay, at: datetime) -> Iterator[Reading]:
    """Served so much longer than is usual that nobody may have pressed “finish”."""
    for counter, ticket in day.at_counter_now.items():
        served = minutes_served(ticket, at)
        if ticket.stage is Stage.SERVING and served > LEAST_FORGOTTEN:
            usual = day.rules.services[ticket.service].minutes
            zone = day.rules.counters[counter].zone
            yield Reading(
                "forgotten_finish", served / usual, ticket.started_at, zone, ticket.number, counter,
                value=served, unit=usual,
            )  # fmt: skip


def minutes_served(ticket: Ticket, at: datetime) -> float:
    return minutes(at - ticket.started_at - ticket.held_for) if ticket.started_at else 0.0


def _machines(at: datetime, signs: Signs) -> Iterator[Reading]:
    for printer, since in signs.failing_printers.items():
        yield Reading("printer", 0, since, place=printer)
    for (kind, device), since in signs.silent_devices.items():
        yield Reading(f"{kind}_down", minutes(at - since), since, place=device)
    for voice, since in signs.mute_voices.items():
        yield Reading("voice_mute", minutes(at - since), since, place=voice)
    alike = Counter(device for _, device in signs.clocks_off)  # a kiosk and its screen may go by one name
    for (kind, device), (off, since) in signs.clocks_off.items():
        yield Reading("clock_off", off, since, place=f"{device} ({kind})" if alike[device] > 1 else device)
