"""What a supervisor should look at, by the hall's own limits. `look` is worth a glance, `act` wants a hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes, wait_time

LOW_MARK = 2  # 差评: 不满意 and 非常不满意
STILL_NEAR = timedelta(minutes=15)  # how long after the end a visitor is likely still in the building


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

    @property
    def id(self) -> str:
        return ":".join(part for part in (self.kind, self.zone, self.counter, self.ticket, self.place) if part)


def alerts(day: HallDay, at: datetime) -> list[Alert]:
    """Everything above the limits now, what wants a hand first, then by how long it has been so."""
    found = [*_long_waits(day, at), *_crowded(day, at), *_help(day, at), *_bad_marks(day, at), *_idle(day, at)]
    return sorted(found, key=lambda alert: (alert.level != "act", alert.since))


def _long_waits(day: HallDay, at: datetime) -> Iterator[Alert]:
    limits = day.rules.limits
    for zone in day.rules.zones:
        longest = max(day.waiting(zone), key=lambda ticket: wait_time(ticket, at), default=None)
        if longest is None:
            continue
        waited = wait_time(longest, at)
        level = "act" if waited > limits.wait_act_minutes else "look"
        limit = limits.wait_act_minutes if level == "act" else limits.wait_look_minutes
        if waited > limits.wait_look_minutes:
            since = longest.first_arrival_at + timedelta(minutes=limit)
            yield Alert("longest_wait", level, since, zone=zone, ticket=longest.number, value=waited, limit=limit)


def _crowded(day: HallDay, at: datetime) -> Iterator[Alert]:
    limit = day.rules.limits.waiting_per_counter
    for zone in day.rules.zones:
        waiting = len(list(day.waiting(zone)))
        desks = len(day.open_desks(zone))
        if waiting and not desks:
            yield Alert("nobody_serves", "act", at, zone=zone, value=waiting, limit=0)
        elif desks and waiting / desks > limit:
            yield Alert("too_many_waiting", "look", at, zone=zone, value=waiting / desks, limit=limit)


def _help(day: HallDay, at: datetime) -> Iterator[Alert]:
    limit = day.rules.limits.help_within_seconds
    for call in day.help_calls.values():
        late = (at - call.asked_at).total_seconds() > limit
        waited = minutes(at - call.asked_at)
        level = "act" if late else "look"
        yield Alert("help", level, call.asked_at, ticket=call.ticket, place=call.place, value=waited, limit=limit / 60)


def _bad_marks(day: HallDay, at: datetime) -> Iterator[Alert]:
    """A visitor who wants somebody to come stays on top until somebody goes."""
    for ticket in day.tickets.values():
        if ticket.feedback is None or ticket.feedback > LOW_MARK or ticket.ended_at is None:
            continue
        if asked_at := ticket.supervisor_asked_at:
            if ticket.supervisor_answered_at is None:
                value, limit = ticket.feedback, LOW_MARK
                yield Alert("wants_talk", "act", asked_at, ticket.zone, ticket.number, value=value, limit=limit)
            continue
        if at - ticket.ended_at <= STILL_NEAR:
            yield Alert(
                "bad_mark",
                "act",
                ticket.ended_at,
                zone=ticket.zone,
                ticket=ticket.number,
                value=ticket.feedback,
                limit=LOW_MARK,
            )


def _idle(day: HallDay, at: datetime) -> Iterator[Alert]:
    """A desk open and free for some minutes while somebody it may serve is waiting."""
    patience = timedelta(minutes=3)
    for desk in day.desks.values():
        if desk.paused or desk.idle_since is None or at - desk.idle_since < patience:
            continue
        counter = day.rules.counters[desk.counter]
        if next(iter(day.waiting_for(counter)), None) is not None:
            idle = minutes(at - desk.idle_since)
            yield Alert("desk_idle", "look", desk.idle_since, zone=counter.zone, counter=desk.counter, value=idle)
