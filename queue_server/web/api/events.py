"""The day's events, for a screen or program that missed some and has no feed."""

from __future__ import annotations

from pydantic import BaseModel, Field

from queue_server.web.api.common import make_api
from queue_server.web.api.shapes import EventsShape
from queue_server.web.audited import looks_at
from queue_server.web.context import here
from queue_server.web.feed import Listener
from queue_server.web.security import STAFF, needs_device, needs_role, who
from queue_server.web.views import Json

api = make_api("events", "The day's log")
MOST_EVENTS = 2000


class After(BaseModel):
    after: int = Field(0, ge=0, le=10_000_000)


@api.get("/events", responses={200: EventsShape})
@needs_role(*STAFF)
@looks_at("log")
@needs_device("display", "kiosk", "voice")
def read_events(query: After) -> Json:
    """Events with a greater `seq`, as the reader's feed would have told them; at most 2,000, then ask again."""
    context = here()
    someone = who()
    listener = (
        Listener("staff", role=someone.highest) if someone.is_staff else Listener(someone.role, device=someone.id)
    )
    recorded = context.hall.events(after=query.after)[:MOST_EVENTS]
    day = context.hall.read(lambda day, at: day)
    messages = [listener.version(one, day, context.person_name) for one in recorded]
    return {
        "day": day.day.isoformat(),
        "seq": recorded[-1].seq if recorded else query.after,
        "events": [message for message in messages if message is not None],
    }
