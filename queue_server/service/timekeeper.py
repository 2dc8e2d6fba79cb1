"""What happens when time passes: no-shows after the tolerance, the day's end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from queue_server.domain.commands import CloseDay, Command, MarkNoShow
from queue_server.domain.decide.on_the_floor import tolerance_has_passed
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Stage
from queue_server.service.hall import Hall


def due_commands(day: HallDay, at: datetime) -> list[Command]:
    """What the hall itself should do now. Ids are derived, so that two processes do it once."""
    return [*_no_shows(day, at), *_closing(day, at)]


def _no_shows(day: HallDay, at: datetime) -> Iterator[Command]:
    for ticket in day.unfinished.values():
        if ticket.stage is Stage.MISSED and tolerance_has_passed(ticket, day, at):
            assert ticket.missed_at is not None
            identity = f"no-show:{ticket.number}:{ticket.missed_at.isoformat()}"
            yield MarkNoShow(id=identity, actor="hall", ticket=ticket.number)


def _closing(day: HallDay, at: datetime) -> Iterator[Command]:
    closes = day.rules.hours.closing_time(day.day)
    if day.is_over or not day.tickets or closes is None:
        return
    end = datetime.combine(day.day, closes, tzinfo=day.rules.timezone)
    if at >= end + timedelta(minutes=day.rules.limits.day_closes_after_minutes):
        yield CloseDay(id="close-day", actor="hall")


def keep_time(hall: Hall) -> None:
    """Do what is due now. Somebody may have been quicker (a return, a supervisor, another server process): then there
    is nothing to do.
    """
    due, is_quiet = hall.read(lambda day, at: (due_commands(day, at), day.is_over or day.last_at is None))
    if is_quiet:
        hall.clock.settle()
    for command in due:
        try:
            hall.handle(command)
        except Refusal:
            continue
