"""What alerts need and the log does not know: machines that are silent, and whether closing time can be kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from queue_server.domain.alerts import Signs
from queue_server.domain.hall_day import HallDay
from queue_server.web.device_state import UNHEARD
from queue_server.web.printer_views import printer_states

if TYPE_CHECKING:
    from queue_server.web.context import Context

WATCHED = ("kiosk", "display", "voice")
NOTICED_SECONDS = 10.0  # less may be the way of the report
REMEMBERED_FOR = timedelta(days=7)  # a machine not seen for longer was put away


def signs_of(context: Context) -> Signs:
    """As things are now. Asks the door, so not from within it."""
    picture = context.waits.latest()
    states = printer_states(context).values()

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
            mute_voices=mute_voices(context, day, at),
            clocks_off=clocks_off(context, at),
            minutes_late=late,
            late_repairs=context.repair_desk.store.late(at),
            waits_drifted=context.told_waits.judged(day).has_drifted,
        )

    return context.hall.read(signs)


def clocks_off(context: Context, at: datetime) -> dict[str, tuple[float, datetime]]:
    """By how many minutes the clocks of devices differ from this machine's, of those that said so lately."""
    reports = context.accounts.device_reports.lately()
    return {one.id: (abs(one.clock_off) / 60, at) for one in reports if abs(one.clock_off) >= NOTICED_SECONDS}


def mute_voices(context: Context, day: HallDay, at: datetime) -> dict[str, datetime]:
    """Loudspeakers that are there and cannot be heard, since when by their own account; while the hall is open."""
    if day.is_over or not any(opens <= at < closes for opens, closes in day.open_hours()):
        return {}
    said = {one.id: one.report["parts"].get("voice", {}) for one in context.accounts.device_reports.lately()}
    return {
        voice: at - timedelta(seconds=float(part.get("for_seconds") or 0))
        for voice, part in said.items()
        if part.get("state") in UNHEARD
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
