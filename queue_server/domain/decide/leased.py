"""Numbers that kiosks keep for when the hall cannot be reached, and what they gave of them meanwhile.

A number on paper is a promise to somebody who stands in the hall, so handing over is never refused. What was not as it
should be is kept as doubts with the ticket, for the supervisor to look at:

* lease_unknown: no lease of this kiosk holds the number (the hall came back with an older log)
* lease_revoked: a supervisor had taken the lease back
* number_taken: somebody else has the number; this visitor keeps the place and gets another one
* asked_before: the hall had heard the same press and given a number that never reached the visitor; that one ends
* served_before: the same, and that number is at a counter or was served; then this one ends
* zone_closed, hall_closed, quota_reached: the hall itself would have said no
* clock_ahead: the kiosk's clock was ahead; it counts as taken now
"""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.arriving import the_doors_are_open, within_quota
from queue_server.domain.decide.base import rule, stamp, the_service, while_the_day_lasts
from queue_server.domain.decide.numbers import next_number, numbers_to_keep
from queue_server.domain.hall_day import HallDay, lease_of
from queue_server.domain.numbers import split_number, whole_number
from queue_server.domain.refusals import (
    HallClosed,
    LeaseIsRevoked,
    NoSuchNumber,
    QuotaReached,
    UnknownLease,
    UnknownPrefix,
)
from queue_server.domain.ticket import Stage, Ticket

MOST_AT_ONCE = 200
SAME_MOMENT = timedelta(seconds=5)  # a kiosk knows the hall's time to within what an answer takes
REACHED_A_COUNTER = frozenset({Stage.SERVING, Stage.HELD, Stage.SERVED})


@rule
def lease_numbers(command: c.LeaseNumbers, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    if command.prefix not in prefixes(day):
        raise UnknownPrefix(prefix=command.prefix)
    first, last = numbers_to_keep(day, command.prefix, max(1, min(command.count, MOST_AT_ONCE)))
    return [e.NumbersLeased(**stamp(command, at), prefix=command.prefix, first=first, last=last)]


def prefixes(day: HallDay) -> set[str]:
    """The letters that a number of this hall may begin with."""
    rules = day.rules
    return {zone.prefix for zone in rules.zones.values() if zone.prefix} | {
        service.prefix for service in rules.services.values()
    }


@rule
def revoke_lease(command: c.RevokeLease, day: HallDay, at: datetime) -> list[e.Event]:
    lease = day.leases.get(command.lease)
    if lease is None:
        raise UnknownLease(lease=command.lease)
    if lease.revoked:
        raise LeaseIsRevoked(lease=command.lease)
    return [e.LeaseRevoked(**stamp(command, at), lease=command.lease, reason=command.reason)]


@rule
def hand_over(command: c.HandOverTicket, day: HallDay, at: datetime) -> list[e.Event]:
    service = the_service(day, command.service)
    prefix, number = _number(command.number)
    if day.is_over or day.rules.local(command.taken_at).date() < day.day:
        late = e.HandedOverLate(
            **stamp(command, at), number=command.number, service=service.id, taken_at=command.taken_at
        )
        return [late]
    taken_at = min(command.taken_at, at)
    before = _given_for_the_same_press(command.press, day)
    taken = command.number in day.tickets
    issued = e.TicketIssued(
        **stamp(command, at),
        ticket=next_number(day, prefix) if taken else command.number,
        service=service.id,
        zone=command.zone if command.zone in day.rules.zones else next(iter(day.rules.zones)),
        way=command.way.value,
        care=command.care,
        language=command.language,
        # a second number of the same visitor is told by a person; its paper would come out when they are long gone
        printer=None if taken else command.printer,
        services=tuple(other for other in command.services if other in day.rules.services and other != service.id),
        people=command.people,
        missing=command.missing,
        to_fetch=command.to_fetch,
        large_print=command.large_print,
        taken_at=taken_at,
        doubts=(*_of_the_number(command, prefix, number, day), *_of_the_hall(command, before, day, at)),
        number_on_paper=command.number if taken else "",
    )
    return [issued, *_one_of_both_ends(command, issued, before, at)]


def _number(written: str) -> tuple[str, int]:
    try:
        prefix, number = split_number(written)
    except ValueError:
        raise NoSuchNumber(number=written) from None
    if len(prefix) != 1 or number < 1 or whole_number(prefix, number) != written:
        raise NoSuchNumber(number=written)
    return prefix, number


def _given_for_the_same_press(press: str, day: HallDay) -> Ticket | None:
    """Rarely asked, so nobody keeps an index for it."""
    return next((ticket for ticket in day.tickets.values() if ticket.press == press), None)


def _of_the_number(command: c.HandOverTicket, prefix: str, number: int, day: HallDay) -> list[str]:
    doubts = []
    lease = lease_of(day, prefix, number)
    if lease is None or lease.kiosk != command.actor:
        doubts.append("lease_unknown")
    elif lease.revoked:
        doubts.append("lease_revoked")
    if command.number in day.tickets:
        doubts.append("number_taken")
    return doubts


def _of_the_hall(command: c.HandOverTicket, before: Ticket | None, day: HallDay, at: datetime) -> list[str]:
    doubts = []
    if before is not None:
        doubts.append("served_before" if before.stage in REACHED_A_COUNTER else "asked_before")
    if command.taken_at > at + SAME_MOMENT:
        doubts.append("clock_ahead")
    if command.zone in day.closed_zones:
        doubts.append("zone_closed")
    try:
        the_doors_are_open(day, min(command.taken_at, at))
        within_quota(command.service, day, at)
    except HallClosed:
        doubts.append("hall_closed")
    except QuotaReached:
        doubts.append("quota_reached")
    return doubts


def _one_of_both_ends(
    command: c.HandOverTicket, issued: e.TicketIssued, before: Ticket | None, at: datetime
) -> list[e.Event]:
    """One visitor, two numbers: the one on the paper stays, unless the other has reached a counter."""
    if before is None:
        return []
    ends = issued.ticket if before.stage in REACHED_A_COUNTER else before.number
    if ends == before.number and before.is_over:
        return []
    return [e.TicketAbandoned(**stamp(command, at), ticket=ends, reason="double")]
