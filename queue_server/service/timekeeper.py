"""What happens when time passes: no-shows after the tolerance, the day's end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from queue_server.domain.commands import AskPresence, CloseDay, Command, MarkNoShow, ReturnTicket, TakeDownNotice
from queue_server.domain.decide.on_the_floor import tolerance_has_passed
from queue_server.domain.decide.presence import presence_due
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Stage
from queue_server.service.hall import Hall


def due_commands(day: HallDay, at: datetime) -> list[Command]:
    """What the hall itself should do now. Ids are derived, so that two processes do it once."""
    return [*_no_shows(day, at), *_minutes_over(day, at), *_presence(day, at), *_notices(day, at), *_closing(day, at)]


def _no_shows(day: HallDay, at: datetime) -> Iterator[Command]:
    for ticket in day.unfinished.values():
        if ticket.stage is Stage.MISSED and tolerance_has_passed(ticket, day, at):
            assert ticket.missed_at is not None
            identity = f"no-show:{ticket.number}:{ticket.missed_at.isoformat()}"
            yield MarkNoShow(id=identity, actor="hall", ticket=ticket.number)


def _minutes_over(day: HallDay, at: datetime) -> Iterator[Command]:
    """Who asked for more minutes stands in the queue again when they are over, without having to say so."""
    if day.is_over:
        return
    for ticket in day.unfinished.values():
        if ticket.back_at is not None and at >= ticket.back_at:
            identity = f"minutes-over:{ticket.number}:{ticket.back_at.isoformat()}"
            yield ReturnTicket(id=identity, actor="hall", ticket=ticket.number)


def _closing(day: HallDay, at: datetime) -> Iterator[Command]:
    closes = day.rules.hours.closing_time(day.day)
    if day.is_over or not day.tickets or closes is None:
        return
    end = datetime.combine(day.day, closes, tzinfo=day.rules.timezone)
    if day.reopened_at is not None:  # a supervisor wanted it open: as long again
        end = max(end, day.reopened_at)
    if at >= end + timedelta(minutes=day.rules.limits.day_closes_after_minutes):
        again = f":{day.reopened_at.isoformat()}" if day.reopened_at else ""
        yield CloseDay(id=f"close-day{again}", actor="hall")


def _presence(day: HallDay, at: datetime) -> Iterator[Command]:
    if day.is_over:
        return
    for ticket in presence_due(day, at):
        yield AskPresence(id=f"presence:{ticket.number}", actor="hall", ticket=ticket.number)


def _notices(day: HallDay, at: datetime) -> Iterator[Command]:
    """What has come to its end hangs no longer, whoever is still at work."""
    for notice in day.notices.values():
        if at >= notice.until:
            yield TakeDownNotice(id=f"notice-over:{notice.id}", actor="hall", notice=notice.id)


def keep_time(hall: Hall, also_due: Callable[[], list[Command]] = list) -> None:
    """Do what is due now. Somebody may have been quicker (a return, a supervisor, another server process): then there
    is nothing to do.
    """
    due, is_quiet = hall.read(lambda day, at: (due_commands(day, at), day.is_over or day.last_at is None))
    if is_quiet:
        hall.clock.settle()
    for command in [*due, *also_due()]:
        try:
            hall.handle(command)
        except Refusal:
            continue
