"""The whole story of a ticket, minute by minute, with who did what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pydantic import BaseModel, Field

from queue_server.domain import events as e
from queue_server.domain.refusals import NoTicketThatDay, UnknownTicket
from queue_server.stores.base import Recorded
from queue_server.stores.codec import body_of, name_of
from queue_server.web.api.common import TicketPath, make_api
from queue_server.web.audited import looks_at
from queue_server.web.context import here
from queue_server.web.feed_messages import NEVER_TOLD
from queue_server.web.security import needs_role
from queue_server.web.views import Json, iso

api = make_api("story", "What became of a ticket")


class OfDay(BaseModel):
    day: date | None = Field(None, description="Left out: today")


@api.get("/tickets/<ticket>/story")
@needs_role("supervisor")
@looks_at("story")
def read_story(path: TicketPath, query: OfDay) -> Json:
    """Everything the log says of it, in order, with who did it; also of a day that is past."""
    context = here()
    today, seq = context.hall.read(lambda day, at: (day.day, day.seq))
    on = query.day or today
    events = context.hall.events() if on == today else context.hall.events_of(on)
    recorded = [one for one in events if _is_of(one.event, path.ticket)]
    if not any(isinstance(one.event, e.TicketIssued) for one in recorded):
        if on != today:
            raise NoTicketThatDay(ticket=path.ticket, day=on.isoformat())
        raise UnknownTicket(ticket=path.ticket)
    return {
        "seq": seq,
        "day": on.isoformat(),
        "ticket": path.ticket,
        "steps": [step_view(one, context.person_name) for one in recorded],
    }


def _is_of(event: e.Event, ticket: str) -> bool:
    return getattr(event, "ticket", None) == ticket or getattr(event, "place", None) == ticket


def step_view(recorded: Recorded, name_of_person: Callable[[str], str]) -> Json:
    event = recorded.event
    kind, _, person = event.actor.partition(":")
    return {
        "seq": recorded.seq,
        "at": iso(event.at),
        "name": name_of(event),
        "by": {"kind": kind, "id": person, "name": name_of_person(person) if person else ""},
        "fields": {name: value for name, value in body_of(event).items() if name not in NEVER_TOLD},
    }
