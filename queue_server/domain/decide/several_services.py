"""Adding a service to a visit, and letting one go."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp, the_service, the_ticket
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import ServiceNotPlanned, ServiceTwice, TooManyServices
from queue_server.domain.ticket import OVER, Stage

PLANNABLE = frozenset(Stage) - OVER - {Stage.MISSED}  # nobody plans for somebody who is not there


@rule
def add_service(command: c.AddService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, PLANNABLE)
    service = the_service(day, command.service)
    planned = (ticket.service, *ticket.services_to_do)
    if service.id in planned:
        raise ServiceTwice(service=service.id)
    check_how_many(len(planned) + len(ticket.services_done) + 1, day)
    return [e.ServiceAdded(**stamp(command, at), ticket=ticket.number, service=service.id)]


@rule
def drop_service(command: c.DropService, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, PLANNABLE)
    if command.service not in ticket.services_to_do:
        raise ServiceNotPlanned(ticket=ticket.number, service=command.service)
    return [e.ServiceDropped(**stamp(command, at), ticket=ticket.number, service=command.service)]


def check_how_many(services: int, day: HallDay) -> None:
    most = day.rules.limits.services_per_visit
    if services > most:
        raise TooManyServices(services=services, most=most)
