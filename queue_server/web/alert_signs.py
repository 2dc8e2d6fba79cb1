"""What alerts need and the log does not know: machines that are silent, and whether closing time can be kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from queue_server.accounts.device_reports import Heard
from queue_server.domain.alerts import Signs
from queue_server.domain.hall_day import HallDay
from queue_server.stores.base import StorageTrouble
from queue_server.web.device_state import UNHEARD, number_in, part_of, word_in
from queue_server.web.printer_views import printer_states

if TYPE_CHECKING:
    from queue_server.web.context import Context

WATCHED = ("kiosk", "display", "voice")
DAY_SECONDS = 86_400.0
NOTICED_SECONDS = 10.0  # less may be the way of the report
REMEMBERED_FOR = timedelta(days=7)  # a machine not seen for longer was put away


def signs_of(context: Context) -> Signs:
    """As things are now. Asks the door, so not from within it; what lies beside the log is read before."""
    picture = context.waits.latest()
    states = printer_states(context).values()
    reports = context.accounts.device_reports.lately()
    repairs = late_repairs(context)

    def signs(day: HallDay, at: datetime) -> Signs:
        late: dict[str, float] = {}
        hours = day.open_hours()
        for ticket in day.unfinished.values():
            forecast = picture.of(ticket.number)
            if ticket.is_waiting and forecast and forecast.wait and hours:
                called = picture.at + timedelta(minutes=forecast.wait.high)
                late[ticket.zone] = max(late.get(ticket.zone, 0.0), (called - hours[-1][1]).total_seconds() / 60)
        return Signs(
            failing_printers={one.printer: one.since for one in states if one.is_failing and one.since},
            silent_devices=silent_devices(context, day, at),
            mute_voices=mute_voices(reports, day, at),
            clocks_off=clocks_off(reports, at),
            minutes_late=late,
            late_repairs=repairs,
            waits_drifted=context.told_waits.judged(day).has_drifted,
        )

    return context.hall.read(signs)


def late_repairs(context: Context) -> dict[int, datetime]:
    """None are known while their file cannot be used: no other alert depends on it."""
    try:
        return context.repair_desk.store.late(context.hall.clock.now())
    except StorageTrouble:  # the timekeeper, who follows repairs, writes it into the log
        return {}


def clocks_off(reports: Iterable[Heard], at: datetime) -> dict[tuple[str, str], tuple[float, datetime]]:
    """By how many minutes the clocks of devices (kind, id) differ from this machine's, of those that said so lately."""
    return {
        (one.kind, one.id): (abs(one.clock_off) / 60, at) for one in reports if abs(one.clock_off) >= NOTICED_SECONDS
    }


def mute_voices(reports: Iterable[Heard], day: HallDay, at: datetime) -> dict[str, datetime]:
    """Loudspeakers that are there and cannot be heard, since when by their own account; while the hall is open."""
    if day.is_over or not any(opens <= at < closes for opens, closes in day.open_hours()):
        return {}
    said = {one.id: part_of(one.report, "voice") for one in reports}
    return {
        voice: at - timedelta(seconds=min(max(number_in(part, "for_seconds"), 0.0), DAY_SECONDS))
        for voice, part in said.items()
        if word_in(part, "state") in UNHEARD
    }


def silent_devices(context: Context, day: HallDay, at: datetime) -> dict[tuple[str, str], datetime]:
    """Kiosks, displays and voices that were seen lately and are not now, since when; only while the hall is open, from
    its opening on. One that nobody has seen yet, or that was shut out, is not missed."""
    here = context.feed.devices_here()
    seen = context.accounts.devices_seen.look(here, at)
    span = next(((opens, closes) for opens, closes in day.open_hours() if opens <= at < closes), None)
    if span is None or day.is_over:
        return {}
    known = {(device.kind.value, device.id) for device in context.accounts.devices.all()}
    return {
        one: max(last, span[0])
        for one, last in seen.items()
        if one in known and one not in here and one[0] in WATCHED and at - last <= REMEMBERED_FOR
    }
