"""Whether a number alone opens the question how it was: at the kiosk and on the rating screen, a short while only."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain.ticket import Stage, Ticket

RATED_WITHIN = timedelta(minutes=30)  # after the end; later only by the own phone


def just_served(ticket: Ticket, at: datetime) -> bool:
    is_recent = ticket.ended_at is not None and at - ticket.ended_at <= RATED_WITHIN
    return ticket.stage is Stage.SERVED and is_recent


def may_be_rated(ticket: Ticket, at: datetime) -> bool:
    return just_served(ticket, at) and bool(ticket.unrated)


def service_asked_about(ticket: Ticket) -> str:
    """The handling that comes next, where the visit had several; one after the other, the last first. Else empty."""
    several = len(ticket.services_done) > 1 and ticket.unrated
    return ticket.services_done[ticket.unrated[0] - 1].service if several else ""
