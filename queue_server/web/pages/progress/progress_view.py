"""What a visitor's page shows, from the day: plain values, with words by key. Knows no request and no clock."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from queue_server.domain.decide.more_minutes import MAY_ASK, minutes_left
from queue_server.domain.decide.presence import COMING
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Stage, Ticket
from queue_server.foresight.base import TicketForecast, WaitRange
from queue_server.web.views import Json, iso, notice_views, visitor_ticket_view
from queue_server.web.waits import Picture, ahead_of
from queue_server.web.words import find_word, word

MAY_LEAVE = frozenset({Stage.WAITING, Stage.CALLED, Stage.PARKED, Stage.MISSED})
SCRIPT_WORDS = (
    *("progress.ahead", "progress.ahead_none", "progress.wait", "progress.wait_rough", "progress.bell"),
    *("progress.bell_on", "progress.total", "progress.offline", "progress.sending_offline", "progress.push_refused"),
    *("common.minutes_short", "common.wait_within", "common.wait_unknown", "common.stale_since"),
)
NEAR_AHEAD = 3  # these two as progress_board.js
NEAR_MINUTES = 15
WHY_PARKED = ("form", "copy", "fetch")  # what an officer may have sent the visitor to do; else nothing is said


def ticket_values(ticket: Ticket, day: HallDay, forecast: TicketForecast | None) -> Json:
    """Everything the page draws of the ticket; taken out while the day is held still."""
    state = visitor_ticket_view(ticket, forecast)
    return {
        **state,
        "day": day.day.isoformat(),
        "seq": day.seq,
        "notices": notice_views(day),
        "picture": picture_of(state, day),
        "service": ticket.service,
        "care": ticket.care,
        "wait_range": forecast.wait if forecast else None,
        "total_range": forecast.total if forecast else None,
        "issued_at": ticket.first_arrival_at,
        "started_at": ticket.started_at,
        "ended_at": ticket.ended_at,
        "counter_was": ticket.counter,
        "handled": [done.service for done in ticket.services_done],
        "outcome": ticket.outcome,
        "parked_to": ticket.reason if ticket.stage is Stage.PARKED and ticket.reason in WHY_PARKED else "other",
        "came_back": ticket.came_back,
        "moved": ticket.transfers > 0,
        "zone_closed": ticket.zone in day.closed_zones,
        "zone_notice": day.closed_zones.get(ticket.zone, ""),
        "near": is_near(ticket, forecast),
        "back_at": ticket.back_at,
        "minutes_left": minutes_left(ticket, day.rules) if ticket.stage in MAY_ASK else 0,
        "may_come": ticket.stage in COMING and ticket.stage is not Stage.PARKED,
        "may_leave": ticket.stage in MAY_LEAVE,
        "may_return": ticket.stage in {Stage.PARKED, Stage.MISSED},
        "is_over": ticket.is_over,
        "is_settled": ticket.is_over and state["supervisor"] != "asked",  # nothing more will happen to this page
    }


def forecast_of(ticket: Ticket, day: HallDay, picture: Picture) -> TicketForecast | None:
    """From the picture of this second; for one who waits since less, as the kiosk told a moment ago."""
    if not ticket.is_waiting:
        return None
    known = picture.of(ticket.number)
    return known or TicketForecast(ahead_of(ticket, day), picture.forecast.zones.get(ticket.zone))


def is_near(ticket: Ticket, forecast: TicketForecast | None) -> bool:
    """Few are left ahead, and not because nobody is serving: only then "nearly your turn" is true."""
    if not ticket.is_waiting or forecast is None or forecast.wait is None:
        return False
    return forecast.ahead <= NEAR_AHEAD and forecast.wait.low <= NEAR_MINUTES


def picture_of(state: Json, day: HallDay) -> str:
    """Changes when the page must be drawn anew; people ahead and waits are filled in where they stand."""
    names = ("stage", "zone", "counter", "calls", "feedback", "presence", "back_at", "supervisor", "promise")
    parts = ["" if state[name] is None else str(state[name]) for name in names]
    flags = [name for name in ("asked_for_help", "on_the_way") if state[name]]
    unrated = [f"unrated {handling}" for handling in state["unrated"]]
    flags += [f"notice {notice}" for notice in day.notices]
    return "|".join([*parts, *flags, *unrated, *state["services_to_do"]])


def state_view(ticket: Ticket, day: HallDay, forecast: TicketForecast | None, clock: Json) -> Json:
    """The same as JSON, for the page's own script and for whoever builds another page."""
    state = visitor_ticket_view(ticket, forecast)
    return {
        "day": day.day.isoformat(),
        "seq": day.seq,
        "clock": clock,
        **state,
        "picture": picture_of(state, day),
        "near": is_near(ticket, forecast),
        "issued_at": iso(ticket.first_arrival_at),
        "ended_at": iso(ticket.ended_at),
    }


@cache
def script_words(language: str) -> str:
    """The few words that the page's script fills in by itself, with their gaps, as JSON in the page."""
    return json.dumps(
        {key: find_word(key, language) or word(key, language) for key in SCRIPT_WORDS}, ensure_ascii=False
    )


def wait_parts(wait: WaitRange | None) -> dict[str, Any] | None:
    """A range as its words need it. `within`: the low end is now, so only the high one is said. As waits.js says it."""
    if wait is None:
        return None
    low, high = wait.low, max(wait.low, wait.high)
    if low < 1:
        return {"within": True, "minutes": str(max(1, high)), "rough": wait.rough}
    return {"within": False, "minutes": str(low) if low == high else f"{low}–{high}", "rough": wait.rough}
