"""Taking a number, and its papers."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, wait
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Ticket


@fact
def _(event: e.TicketIssued, day: HallDay) -> None:
    prefix = event.ticket.rstrip("0123456789")
    day.issued_by_prefix[prefix] = day.issued_by_prefix.get(prefix, 0) + 1
    ticket = Ticket(
        number=event.ticket,
        issue=len(day.tickets) + 1,
        service=event.service,
        zone=event.zone,
        care=event.care,
        language=event.language,
        channel=event.actor,
        first_arrival_at=event.at,
        order_from=event.at,
        order_issue=len(day.tickets) + 1,
        paper="asked" if event.printer else "none",
        papers=1 if event.printer else 0,
    )
    day.tickets[ticket.number] = ticket
    day.unfinished[ticket.number] = ticket
    wait(day, ticket)


@fact
def _(event: e.PaperAsked, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.paper = "asked"
    ticket.papers = event.paper


@fact
def _(event: e.PaperPrinted, day: HallDay) -> None:
    day.tickets[event.ticket].paper = "printed"


@fact
def _(event: e.PaperFailed, day: HallDay) -> None:
    day.tickets[event.ticket].paper = "failed"
