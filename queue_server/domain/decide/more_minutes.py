"""“I need five more minutes”: others go first meanwhile, and nobody pays for it but who asked.

The ticket steps aside for the hall's minutes; the counter that called it is free at once. Then it stands in the queue
again by itself, as if its visitor had come so many minutes later: whoever came within those minutes stays before it.
So everybody else is called when they would have been, or sooner (decision 0024).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp, the_ticket, while_the_day_lasts
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import MinutesUsedUp
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import Stage, Ticket

MAY_ASK = frozenset({Stage.WAITING, Stage.CALLED})


@rule
def ask_for_minutes(command: c.AskForMinutes, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    ticket = the_ticket(day, command.ticket, MAY_ASK)
    if not minutes_left(ticket, day.rules):
        raise MinutesUsedUp(ticket=ticket.number, times=day.rules.limits.more_minutes_times)
    span = timedelta(minutes=day.rules.limits.more_minutes)
    return [
        e.MinutesAsked(**stamp(command, at), ticket=ticket.number, until=at + span, order_from=ticket.order_from + span)
    ]


def minutes_left(ticket: Ticket, rules: HallRules) -> int:
    """How often this visitor may still ask."""
    return max(0, rules.limits.more_minutes_times - ticket.minutes_asked)
