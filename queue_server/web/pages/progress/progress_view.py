"""What a visitor's page shows, from the day: plain values, with words by key. Knows no request and no clock."""

from __future__ import annotations

from typing import Any

from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Stage, Ticket
from queue_server.foresight.base import TicketForecast, WaitRange
from queue_server.web.views import Json, iso, visitor_ticket_view

MAY_LEAVE = frozenset({Stage.WAITING, Stage.CALLED, Stage.PARKED, Stage.MISSED})
STEP_OF_STAGE = {  # which of the steps is the present one
    Stage.WAITING: 1,
    Stage.MISSED: 1,
    Stage.CALLED: 2,
    Stage.SERVING: 2,
    Stage.HELD: 2,
    Stage.PARKED: 2,
    Stage.SERVED: 3,
}
NEAR_AHEAD = 3  # these two as progress_board.js
NEAR_MINUTES = 15
WHY_PARKED = ("form", "copy", "fetch")  # what an officer may have sent the visitor to do; else nothing is said


def ticket_values(ticket: Ticket, day: HallDay, forecast: TicketForecast | None) -> Json:
    """Everything the page draws of the ticket; taken out while the day is held still."""
    state = visitor_ticket_view(ticket, forecast)
    return {
        **state,
        "picture": picture_of(state),
        "service": ticket.service,
        "care": ticket.care,
        "wait_range": forecast.wait if forecast else None,
        "issued_at": ticket.first_arrival_at,
        "started_at": ticket.started_at,
        "ended_at": ticket.ended_at,
        "counter_was": ticket.counter,
        "outcome": ticket.outcome,
        "parked_to": ticket.reason if ticket.stage is Stage.PARKED and ticket.reason in WHY_PARKED else "other",
        "came_back": ticket.came_back,
        "moved": ticket.transfers > 0,
        "zone_closed": ticket.zone in day.closed_zones,
        "zone_notice": day.closed_zones.get(ticket.zone, ""),
        "near": is_near(ticket, forecast),
        "step": 4 if ticket.feedback is not None else STEP_OF_STAGE.get(ticket.stage),
        "may_leave": ticket.stage in MAY_LEAVE,
        "may_return": ticket.stage in {Stage.PARKED, Stage.MISSED},
        "is_over": ticket.is_over,
    }


def is_near(ticket: Ticket, forecast: TicketForecast | None) -> bool:
    """Few are left ahead, and not because nobody is serving: only then "nearly your turn" is true."""
    if not ticket.is_waiting or forecast is None or forecast.wait is None:
        return False
    return forecast.ahead <= NEAR_AHEAD and forecast.wait.low <= NEAR_MINUTES


def picture_of(state: Json) -> str:
    """Changes when the page must be drawn anew; people ahead and waits are filled in where they stand."""
    parts = (state["stage"], state["zone"], state["counter"], state["calls"], state["feedback"], state["presence"])
    return "|".join(["" if part is None else str(part) for part in parts] + ["help" if state["asked_for_help"] else ""])


def state_view(ticket: Ticket, day: HallDay, forecast: TicketForecast | None, clock: Json) -> Json:
    """The same as JSON, for the page's own script and for whoever builds another page."""
    return {
        "day": day.day.isoformat(),
        "seq": day.seq,
        "clock": clock,
        **visitor_ticket_view(ticket, forecast),
        "issued_at": iso(ticket.first_arrival_at),
        "ended_at": iso(ticket.ended_at),
    }


def wait_parts(wait: WaitRange | None) -> dict[str, Any] | None:
    """A range as its words need it. `within`: the low end is now, so only the high one is said. As waits.js says it."""
    if wait is None:
        return None
    low, high = wait.low, max(wait.low, wait.high)
    if low < 1:
        return {"within": True, "minutes": str(max(1, high)), "rough": wait.rough}
    return {"within": False, "minutes": str(low) if low == high else f"{low}–{high}", "rough": wait.rough}
