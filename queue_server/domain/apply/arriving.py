"""Taking a number, and its papers."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, wait
from queue_server.domain.hall_day import HallDay, Lease, Slip, lease_of, list_mark, promise_mark
from queue_server.domain.numbers import split_number, whole_number
from queue_server.domain.ticket import TO_FETCH, Stage, Ticket


@fact
def _(event: e.TicketIssued, day: HallDay) -> None:
    _number_is_used(day, event)
    arrived_at = event.taken_at or event.at
    ticket = Ticket(
        number=event.ticket,
        issue=len(day.tickets) + 1,
        service=event.service,
        zone=event.zone,
        care=event.care,
        language=event.language,
        channel=event.actor,
        first_arrival_at=arrived_at,
        order_from=event.order_from or event.slot or arrived_at,
        order_issue=len(day.tickets) + 1,
        paper="asked" if event.printer else "none",
        papers=1 if event.printer else 0,
        services_to_do=event.services,
        people=event.people,
        statutory=event.statutory,
        holder=event.holder,
        booking=event.booking,
        slot=event.slot,
        promise=event.promise,
        advised_zone=event.advised_zone,
        choice_reason=event.choice_reason,
        missing=event.missing,
        large_print=event.large_print,
        press=event.command,
        doubts=event.doubts,
        number_on_paper=event.number_on_paper,
    )
    day.tickets[ticket.number] = ticket
    day.unfinished[ticket.number] = ticket
    _count(day, ticket)
    if event.to_fetch:
        ticket.stage, ticket.reason = Stage.PARKED, TO_FETCH
    else:
        wait(day, ticket)


def _number_is_used(day: HallDay, event: e.TicketIssued) -> None:
    """A number that a kiosk kept was counted when it was leased; from one that no lease knows its row goes on."""
    prefix, number = split_number(event.ticket)
    if event.taken_at is None:
        day.issued_by_prefix[prefix] = number
    elif lease := lease_of(day, prefix, number):
        lease.handed_over += 1
    else:
        row = day.leased_by_prefix if number >= day.rules.limits.lease_from else day.issued_by_prefix
        row[prefix] = max(row.get(prefix, 0), number)


@fact
def _(event: e.NumbersLeased, day: HallDay) -> None:
    day.leased_by_prefix[event.prefix] = event.last
    day.leases[whole_number(event.prefix, event.first)] = Lease(
        event.actor, event.prefix, event.first, event.last, event.at
    )


@fact
def _(event: e.LeaseRevoked, day: HallDay) -> None:
    day.leases[event.lease].revoked = True


@fact
def _(event: e.HandedOverLate, day: HallDay) -> None:
    day.handed_over_late.append(event.number)


def _count(day: HallDay, ticket: Ticket) -> None:
    """For quotas, for those who already hold a number, and so that a booking is used once."""
    for service in (ticket.service, *ticket.services_to_do):
        day.issued_of_service[service] = day.issued_of_service.get(service, 0) + 1
    day.last_of_channel[ticket.channel] = ticket
    if ticket.holder is not None:
        day.held_by.setdefault(ticket.holder, {})[ticket.number] = ticket
    if ticket.booking is not None:
        day.bookings_arrived[ticket.booking] = ticket.number


@fact
def _(event: e.TomorrowPromised, day: HallDay) -> None:
    day.promised_tomorrow += 1
    if event.printer is not None:
        day.slips[promise_mark(day.promised_tomorrow)] = Slip(event.actor, event.command)


@fact
def _(event: e.ListAsked, day: HallDay) -> None:
    day.lists_asked += 1
    day.slips[list_mark(day.lists_asked)] = Slip(event.actor, event.command)


@fact
def _(event: e.BookingMissed, day: HallDay) -> None:
    day.bookings_missed.add(event.booking)


@fact
def _(event: e.PaperAsked, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.paper = "asked"
    ticket.papers = event.paper


@fact
def _(event: e.PaperPrinted, day: HallDay) -> None:
    _paper_is(day, event.ticket, "printed")


@fact
def _(event: e.PaperFailed, day: HallDay) -> None:
    _paper_is(day, event.ticket, "failed")


def _paper_is(day: HallDay, of: str, state: str) -> None:
    """Of a ticket, or of a paper without a number by its mark."""
    if slip := day.slips.get(of):
        slip.paper = state
    else:
        day.tickets[of].paper = state
