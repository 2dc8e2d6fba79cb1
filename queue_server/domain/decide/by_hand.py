"""What was called from a list on paper while the server was away. The list is what happened; it is only checked."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp, the_counter, the_ticket, while_the_day_lasts
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import HandTimesWrong, WrongStage
from queue_server.domain.ticket import OVER, Stage


@rule
def enter_served_by_hand(command: c.EnterServedByHand, day: HallDay, at: datetime) -> list[e.Event]:
    """Never of a ticket that is over, or that another counter has by now: somebody looks at the paper then."""
    while_the_day_lasts(day)
    ticket = the_ticket(day, command.ticket, set(Stage) - OVER)
    counter = the_counter(day, command.counter).id
    if ticket.is_at_a_counter and ticket.counter != counter:
        raise WrongStage(ticket=ticket.number, stage=ticket.stage.value, counter=ticket.counter)
    # a list has minutes without seconds
    came_at = ticket.wait_from or ticket.first_arrival_at
    if not came_at.replace(second=0, microsecond=0) <= command.called_at <= command.ended_at <= at:
        raise HandTimesWrong(ticket=ticket.number)
    return [
        e.ServedByHand(
            **stamp(command, at),
            ticket=ticket.number,
            counter=counter,
            called_at=max(command.called_at, came_at),
            ended_at=max(command.ended_at, came_at),
            came=command.came,
            officer=command.officer,
        )
    ]
