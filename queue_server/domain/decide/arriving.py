"""Taking a number, and the paper it is printed on."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.closing import promise_for
from queue_server.domain.decide.base import rule, stamp, the_service, the_ticket, while_the_day_lasts
from queue_server.domain.decide.numbers import next_number, people_on_one_number
from queue_server.domain.decide.several_services import check_how_many
from queue_server.domain.hall_day import HallDay, Slip
from queue_server.domain.refusals import (
    HallClosed,
    QuotaReached,
    ServiceTwice,
    TookOneAlready,
    TookOneJustNow,
    TooManyByPhone,
    ZoneIsClosed,
)
from queue_server.domain.rules import HallRules, Service, Way, Zone
from queue_server.domain.triage import advise, ticket_prefix, zone_for_visit
from queue_server.domain.visits import first_of


@rule
def issue_ticket(command: c.IssueTicket, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    the_doors_are_open(day, at)
    services = _wanted(command, day)
    _is_no_hoard(command, day, at)
    for wanted in services:
        within_quota(wanted, day, at)
    zones = [_zone_of(service, command, day.rules) for service in services]
    first = first_of(services, [zone.id for zone in zones], day)
    service, zone = day.rules.services[services[first]], zones[first]
    is_open(zone, day)
    advised = _advice_not_followed(command, service, zone, day.rules)
    return [
        e.TicketIssued(
            at=at,
            actor=command.actor,
            command=command.id,
            ticket=next_number(day, ticket_prefix(service, zone)),
            service=service.id,
            zone=zone.id,
            way=str(command.way),
            care=command.care,
            language=command.language,
            printer=command.printer,
            services=tuple(other for other in services if other != service.id),
            people=people_on_one_number(command.people, day),
            statutory=command.statutory,
            holder=command.holder,
            promise=promise_for(service.id, zone.id, day, at, command.served_today.get((zone.id, service.id))),
            advised_zone=advised,
            missing=command.missing,
            to_fetch=command.to_fetch,
            large_print=command.large_print,
            choice_reason=command.choice_reason if advised else "",
        )
    ]


def _advice_not_followed(command: c.IssueTicket, service: Service, zone: Zone, rules: HallRules) -> str:
    """The advised zone, where somebody decided against it and said why; else empty.

    The staffed counter stands beside coaching as an equal choice: taking it is no decision against anything.
    """
    if not command.choice_reason:
        return ""
    advice = advise(service, command.care, rules)
    return advice.zone if advice.zone != zone.id else ""


def the_doors_are_open(day: HallDay, at: datetime) -> None:
    """Numbers are given in the opening hours, and for as many minutes before them as the hall has set."""
    local = day.rules.local(at)
    if local.date() == day.day and any(opens <= local < closes for opens, closes in day.open_hours()):
        return
    hours = day.rules.hours
    early = timedelta(minutes=day.rules.limits.tickets_before_opening_minutes)
    if hours.is_open(local) or (early and local.date() == (local + early).date() and hours.is_open(local + early)):
        return
    opening = hours.next_opening(local)
    reason = hours.closed_days.get(local.date())
    raise HallClosed(opens_at=opening.isoformat() if opening else None, **({"reason": reason} if reason else {}))


def _wanted(command: c.IssueTicket, day: HallDay) -> list[str]:
    services = [command.service, *command.services]
    for service in services:
        the_service(day, service)
        if services.count(service) > 1:
            raise ServiceTwice(service=service)
    check_how_many(len(services), day)
    return services


def _zone_of(service: str, command: c.IssueTicket, rules: HallRules) -> Zone:
    """Of several services those that cannot be done online go to a counter, whatever was chosen for the first."""
    known = rules.services[service]
    way = command.way
    if way is Way.COACHING and service != command.service and not known.coaching:
        way = Way.COUNTER
    return zone_for_visit(known, way, command.care, rules)


def is_open(zone: Zone, day: HallDay) -> None:
    if zone.id in day.closed_zones:
        raise ZoneIsClosed(zone=zone.id, notice=day.closed_zones[zone.id])


def within_quota(service: str, day: HallDay, at: datetime) -> None:
    quota = day.rules.services[service].quota
    if quota is not None and day.issued_of_service.get(service, 0) >= quota:
        tomorrow = day.rules.local(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        opening = day.rules.hours.next_opening(tomorrow)
        raise QuotaReached(service=service, quota=quota, opens_at=opening.isoformat() if opening else None)


def _is_no_hoard(command: c.IssueTicket, day: HallDay, at: datetime) -> None:
    """One phone page holds only so many numbers, and all together; a kiosk asks when the same is pressed at once.

    Nobody's identity is known to any of it.
    """
    if command.again:
        return
    limits = day.rules.limits
    held = day.held_by.get(command.holder, {}) if command.holder is not None else None
    if held and 0 < limits.tickets_per_phone <= len(held):
        raise TookOneAlready(ticket=next(iter(held)))
    if command.holder is not None and sum(map(len, day.held_by.values())) >= limits.tickets_by_phone:
        raise TooManyByPhone(most=limits.tickets_by_phone)
    last = day.last_of_channel.get(command.actor)
    if last is None or last.service != command.service or not last.is_waiting:
        return
    if at - last.first_arrival_at < timedelta(seconds=limits.same_kiosk_seconds):
        raise TookOneJustNow(ticket=last.number)


@rule
def reprint_ticket(command: c.ReprintTicket, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket)
    return [e.PaperAsked(**stamp(command, at), ticket=ticket.number, printer=command.printer, paper=ticket.papers + 1)]


@rule
def ask_for_list(command: c.AskForList, day: HallDay, at: datetime) -> list[e.Event]:
    """Whenever the day lasts, before the doors open too: it costs nobody a place."""
    while_the_day_lasts(day)
    return [
        e.ListAsked(
            **stamp(command, at),
            service=the_service(day, command.service).id,
            language=command.language,
            printer=command.printer,
            missing=command.missing,
            large_print=command.large_print,
        )
    ]


@rule
def report_paper(command: c.ReportPaper, day: HallDay, at: datetime) -> list[e.Event]:
    if slip := day.slips.get(command.ticket):
        return _slip_reported(command, slip, at)
    ticket = the_ticket(day, command.ticket)
    if command.paper < ticket.papers:
        return []  # a later paper of the same ticket has been asked for since; its own report counts
    if command.printed:
        return [] if ticket.paper == "printed" else [printed(command, at)]
    problem = command.problem or "unknown"
    failed = e.PaperFailed(**stamp(command, at), ticket=ticket.number, paper=command.paper, problem=problem)
    if command.instead is None or ticket.is_over:
        return [failed]
    moved = e.PaperAsked(
        **stamp(command, at),
        ticket=ticket.number,
        printer=command.instead,
        paper=ticket.papers + 1,
        instead_of=command.printer,
        maybe_on_paper=command.maybe_on_paper,
    )
    return [failed, moved]


def _slip_reported(command: c.ReportPaper, slip: Slip, at: datetime) -> list[e.Event]:
    if command.printed:
        return [] if slip.paper == "printed" else [printed(command, at)]
    problem = command.problem or "unknown"
    return [e.PaperFailed(**stamp(command, at), ticket=command.ticket, paper=command.paper, problem=problem)]


def printed(command: c.ReportPaper, at: datetime) -> e.PaperPrinted:
    return e.PaperPrinted(**stamp(command, at), ticket=command.ticket, paper=command.paper)
