"""Taking a number, and the paper it is printed on."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp, the_ticket, while_the_day_lasts
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import HallClosed, NumbersUsedUp, UnknownService, ZoneIsClosed
from queue_server.domain.triage import ticket_prefix, zone_for_visit

LAST_NUMBER = 9999  # four digits: visitors compare paper and screen digit by digit


@rule
def issue_ticket(command: c.IssueTicket, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    rules = day.rules
    local = rules.local(at)
    if not rules.hours.is_open(local):
        opening = rules.hours.next_opening(local)
        raise HallClosed(opens_at=opening.isoformat() if opening else None)
    service = rules.services.get(command.service)
    if service is None:
        raise UnknownService(service=command.service)
    zone = zone_for_visit(service, command.way, command.care, rules)
    if zone.id in day.closed_zones:
        raise ZoneIsClosed(zone=zone.id, notice=day.closed_zones[zone.id])
    return [
        e.TicketIssued(
            **stamp(command, at),
            ticket=next_number(day, ticket_prefix(service, zone)),
            service=service.id,
            zone=zone.id,
            way=command.way.value,
            care=command.care,
            language=command.language,
            printer=command.printer,
        )
    ]


def next_number(day: HallDay, prefix: str) -> str:
    """The letter and four digits, counting from 1 each day."""
    number = day.issued_by_prefix.get(prefix, 0) + 1
    if number > LAST_NUMBER:
        raise NumbersUsedUp(prefix=prefix)
    return f"{prefix}{number:04d}"


@rule
def reprint_ticket(command: c.ReprintTicket, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket)
    return [e.PaperAsked(**stamp(command, at), ticket=ticket.number, printer=command.printer, paper=ticket.papers + 1)]


@rule
def report_paper(command: c.ReportPaper, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket)
    if command.paper < ticket.papers:
        return []  # a later paper of the same ticket has been asked for since; its own report counts
    if command.printed:
        return [] if ticket.paper == "printed" else [printed(command, at)]
    problem = command.problem or "unknown"
    return [e.PaperFailed(**stamp(command, at), ticket=ticket.number, paper=command.paper, problem=problem)]


def printed(command: c.ReportPaper, at: datetime) -> e.PaperPrinted:
    return e.PaperPrinted(**stamp(command, at), ticket=command.ticket, paper=command.paper)
