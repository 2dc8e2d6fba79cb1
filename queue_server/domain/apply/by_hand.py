"""Served from a list on paper, entered afterwards: the times are the list's."""

from __future__ import annotations

from datetime import timedelta

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, finish
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import ServiceDone, Stage


@fact
def _(event: e.ServedByHand, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    finish(day, ticket, Stage.SERVED if event.came else Stage.NO_SHOW, event.at)
    day.calls_in_zone[ticket.zone] = day.calls_in_zone.get(ticket.zone, 0) + 1
    ticket.ended_at = event.ended_at
    ticket.by_hand = True
    ticket.counter = event.counter
    ticket.calls = ticket.calls or 1
    ticket.called_by_rule = "by_hand"
    ticket.called_at = ticket.served_call_at = event.called_at
    ticket.first_called_at = ticket.first_called_at or event.called_at
    ticket.before_step = ticket.before_transfer = None
    if not event.came:
        return
    ticket.outcome = "done"
    ticket.started_at = event.called_at
    ticket.held_for = timedelta(0)
    ticket.services_done.append(
        ServiceDone(
            service=ticket.service,
            counter=event.counter,
            outcome="done",
            started_at=event.called_at,
            ended_at=event.ended_at,
            took=event.ended_at - event.called_at,
            officer=event.officer,
            by_hand=True,
        )
    )
