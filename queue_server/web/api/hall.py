"""What the hall is: zones, counters, hours, limits. The same for everybody."""

from __future__ import annotations

from queue_server.web.api.common import make_api
from queue_server.web.context import Context, here
from queue_server.web.security import open_to_all
from queue_server.web.views import Json, both, clock_view, counter_view, hours_view, voice_view

api = make_api("hall", "What the hall is")


@api.get("/hall")
@open_to_all
def read_hall() -> Json:
    """The hall, its zones, counters, hours, limits and clock."""
    context = here()
    hall_rules, file = context.hall.rules, context.hall_file
    at = context.hall.clock.now()
    return {
        "hall": file.id,
        "name": both(file.name),
        "centre": both(file.centre),
        "day": hall_rules.day_of(at).isoformat(),
        "zones": [_zone(zone, context) for zone in hall_rules.zones],
        "counters": [counter_view(counter) for counter in hall_rules.counters.values()],
        "hours": hours_view(hall_rules, at),
        "limits": _limits(context),
        "call_on_finish": hall_rules.options.call_on_finish,
        "bookings": hall_rules.bookings.offered,
        "voice": voice_view(file.voice),
        "displays": [display.model_dump() for display in file.displays],
        "clock": clock_view(context.hall.clock, hall_rules),
        "simulation": context.demo.view(),
        "demo": context.settings.demo,
        "seats": [both(seat) for seat in file.seats],
        "notices": [both(notice) for notice in file.notices],
    }


def _zone(zone: str, context: Context) -> Json:
    text = context.hall_file.zones[zone]
    return {
        "id": zone,
        "purpose": context.hall.rules.zones[zone].purpose.value,
        "name": both(text.name),
        "shape": text.shape,
        "way": both(text.way),
        "tone": text.tone,
    }


def _limits(context: Context) -> Json:
    limits, screens = context.hall.rules.limits, context.hall_file.screens
    return {
        "recall_after_seconds": limits.recall_after_seconds,
        "care_recall_extra_seconds": limits.care_recall_extra_seconds,
        "calls_before_missed": limits.calls_before_missed,
        "return_within_numbers": limits.return_within_numbers,
        "return_within_minutes": limits.return_within_minutes,
        "return_behind": limits.return_behind,
        "undo_within_seconds": limits.undo_within_seconds,
        "services_per_visit": limits.services_per_visit,
        "people_per_ticket": limits.people_per_ticket,
        "wait_good_minutes": limits.wait_good_minutes,
        "wait_look_minutes": limits.wait_look_minutes,
        "wait_act_minutes": limits.wait_act_minutes,
        "target_wait_minutes": limits.target_wait_minutes,
        "target_percent": limits.target_percent,
        "waiting_per_counter": limits.waiting_per_counter,
        "help_within_seconds": limits.help_within_seconds,
        "kiosk_idle_seconds": screens.kiosk_idle_seconds,
        "kiosk_warning_seconds": screens.kiosk_warning_seconds,
        "call_dwell_seconds": screens.call_dwell_seconds,
        "care_dwell_extra_seconds": screens.care_dwell_extra_seconds,
        "stale_after_seconds": screens.stale_after_seconds,
        "voice_stale_after_seconds": context.hall_file.voice.stale_after_seconds,
    }
