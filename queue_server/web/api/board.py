"""What the displays show: calls, recent calls, who waits."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.hall_day import HallDay
from queue_server.web.api.common import make_api
from queue_server.web.api.shapes import BoardShape
from queue_server.web.context import here
from queue_server.web.security import STAFF, needs_device, needs_role
from queue_server.web.views import (
    Json,
    calls_now,
    clock_view,
    missed_now,
    notice_views,
    public_desks,
    recent_calls,
    served_now,
)

api = make_api("board", "What the displays show")


@api.get("/board", responses={200: BoardShape})
@needs_role(*STAFF)
@needs_device("display", "kiosk", "voice")
def read_board() -> Json:
    """The board of now, and the place in the log from which the feed goes on."""
    context = here()
    picture = context.waits.picture()
    clock = clock_view(context.hall.clock, context.hall.rules)

    def board(day: HallDay, at: datetime) -> Json:
        return {
            "day": day.day.isoformat(),
            "seq": day.seq,
            "clock": clock,
            "calls": calls_now(day),
            "recent": recent_calls(day),
            "missed": missed_now(day),
            "zones": picture.zones,
            "next": picture.next_tickets(),
            "serving": served_now(day),
            "desks": public_desks(day),
            "notices": notice_views(day),
            "error_minutes": picture.error_minutes,
            "error_of": picture.error_of,
        }

    return context.hall.read(board)
