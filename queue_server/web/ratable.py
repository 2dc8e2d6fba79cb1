"""Whether a number alone opens the question how it was: at the kiosk and on the rating screen, a short while only."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain.ticket import Stage, Ticket

RATED_WITHIN = timedelta(minutes=30)  # after the end; later only by the own phone


def may_be_rated(ticket: Ticket, at: datetime) -> bool:
    just_ended = ticket.ended_at is not None and at - ticket.ended_at <= RATED_WITHIN
    return ticket.stage is Stage.SERVED and bool(ticket.unrated) and just_ended
