"""The far wall: what may be read by whoever passes."""

from __future__ import annotations

from queue_server.web.alert_listeners import alerts_of_supervisors
from queue_server.web.api.common import make_api
from queue_server.web.context import here
from queue_server.web.security import needs_device, needs_role
from queue_server.web.views import Json, clock_view
from queue_server.web.wall_view import wall_view

api = make_api("wall", "The far wall")


@api.get("/wall")
@needs_role("supervisor")
@needs_device("wall")
def read_wall() -> Json:
    """The hall and its zones in figures, and what wants a glance: no number of a ticket, nobody's name, no marks."""
    context = here()
    picture = context.waits.picture()
    clock = clock_view(context.hall.clock, context.hall.rules)
    hall_file, is_mine = context.hall_file, alerts_of_supervisors(context)
    return context.hall.read(lambda day, at: {"clock": clock, **wall_view(day, at, hall_file, picture, is_mine)})
