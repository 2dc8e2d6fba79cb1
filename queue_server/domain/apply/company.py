"""Who accompanies whom, where somebody sits, what papers were looked through."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact
from queue_server.domain.hall_day import HallDay


@fact
def _(event: e.EscortTaken, day: HallDay) -> None:
    day.tickets[event.ticket].escort = event.guide


@fact
def _(event: e.PlaceNoted, day: HallDay) -> None:
    day.tickets[event.ticket].place = event.place


@fact
def _(event: e.MaterialsChecked, day: HallDay) -> None:
    ticket = day.tickets[event.ticket]
    ticket.missing = event.missing
    ticket.materials_checked_at = event.at
