"""The demo never leaves anybody before closed doors: when its day is done, the next one begins."""

from __future__ import annotations

from datetime import UTC

from queue_server.clock import DemoClock
from queue_server.domain.commands import CloseDay
from queue_server.domain.hall_day import HallDay
from queue_server.service.hall import Hall


def go_on_to_next_morning(hall: Hall) -> bool:
    """Once the hall has closed and everybody is served, set the demo clock to the next opening. True if it was set."""
    if not isinstance(hall.clock, DemoClock):
        return False
    local = hall.rules.local(hall.clock.now())
    opening = hall.rules.hours.next_opening(local)
    if hall.rules.hours.is_open(local) or opening is None or hall.read(lambda day, _: somebody_is_here(day)):
        return False
    if hall.read(lambda day, _: bool(day.tickets) and not day.is_over):
        hall.handle(CloseDay(id="close-day", actor="hall"))
    hall.clock.jump_to(opening.astimezone(UTC))
    return True


def somebody_is_here(day: HallDay) -> bool:
    """Somebody still waits or is served; officers who keep nobody waiting go home."""
    return bool(day.at_counter_now) or (bool(day.desks) and any(day.waiting_in.values()))
