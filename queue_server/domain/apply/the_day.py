"""Desks, zones and the day itself."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact
from queue_server.domain.hall_day import HallDay, HallNotice
from queue_server.domain.ticket import Desk


@fact
def _(event: e.DeskOpened, day: HallDay) -> None:
    day.desks[event.counter] = Desk(
        counter=event.counter, officer=event.officer, opened_at=event.at, idle_since=event.at
    )
    day.crews.clear()


@fact
def _(event: e.DeskPaused, day: HallDay) -> None:
    desk = day.desks[event.counter]
    desk.paused = True
    desk.pause_reason = event.reason


@fact
def _(event: e.DeskClosed, day: HallDay) -> None:
    del day.desks[event.counter]
    day.crews.clear()


@fact
def _(event: e.ZoneClosed, day: HallDay) -> None:
    day.closed_zones[event.zone] = event.notice


@fact
def _(event: e.ZoneReopened, day: HallDay) -> None:
    del day.closed_zones[event.zone]


@fact
def _(event: e.DayClosed, day: HallDay) -> None:
    day.is_over = True


@fact
def _(event: e.DayReopened, day: HallDay) -> None:
    day.is_over = False
    day.reopened_at = event.at


@fact
def _(event: e.ReserveOpened, day: HallDay) -> None:
    day.open_reserves.add(event.counter)


@fact
def _(event: e.ReserveClosed, day: HallDay) -> None:
    day.open_reserves.discard(event.counter)


@fact
def _(event: e.NoticePutUp, day: HallDay) -> None:
    day.notices_put_up += 1
    day.notices[event.notice] = HallNotice(
        event.notice, event.text_zh, event.text_en, event.speak, event.at, event.until, event.emergency
    )


@fact
def _(event: e.NoticeTakenDown, day: HallDay) -> None:
    day.notices.pop(event.notice, None)
