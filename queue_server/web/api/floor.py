"""Everything the guide and the supervisor see of the floor at once."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.hall_day import HallDay
from queue_server.web.api.common import make_api
from queue_server.web.api.shapes import FloorShape
from queue_server.web.context import here
from queue_server.web.printer_views import printer_views
from queue_server.web.security import FLOOR_STAFF, STAFF, needs_role
from queue_server.web.views import Json, clock_view, desk_views, floor_tickets, help_views, notice_views
from queue_server.web.words import reader_language

api = make_api("floor", "Everybody in the hall")


@api.get("/floor", responses={200: FloorShape})
@needs_role(*STAFF)
def read_floor() -> Json:
    """Tickets in the building, desks, queues, waits, calls for help, printers."""
    context = here()
    picture = context.waits.picture()
    clock = clock_view(context.hall.clock, context.hall.rules)
    printers = printer_views(context, reader_language())

    guides = {one.id: one.name for one in context.hall_file.people if not one.roles.isdisjoint(FLOOR_STAFF)}

    def floor(day: HallDay, at: datetime) -> Json:
        return {
            "day": day.day.isoformat(),
            "seq": day.seq,
            "clock": clock,
            "tickets": floor_tickets(day, at),
            "desks": desk_views(day, context.person_name),
            "queues": picture.queues,
            "waits": picture.waits(),
            "calls": picture.calls,
            "reserves": sorted(day.open_reserves),
            "day_over": day.is_over,
            "zones": picture.zones,
            "help": help_views(day),
            "notices": notice_views(day),
            "guides": guides,
            "printers": printers,
        }

    return context.hall.read(floor)
