"""A day replayed as a film: the screens' pictures of any of its moments. Only reads, and only the log."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import AwareDatetime, BaseModel, Field

from queue_server.domain.calling_order import queues_of
from queue_server.domain.hall_day import HallDay
from queue_server.web.alert_listeners import alerts_of_supervisors
from queue_server.web.api.common import make_api
from queue_server.web.context import here
from queue_server.web.security import needs_role
from queue_server.web.views import (
    Json,
    calls_now,
    hours_view,
    iso,
    missed_now,
    notice_views,
    public_desks,
    recent_calls,
    served_now,
    zone_view,
)
from queue_server.web.waits import NEXT_SHOWN
from queue_server.web.wall_view import wall_view

api = make_api("film", "A day as a film")


class FilmPath(BaseModel):
    day: date


class Moment(BaseModel):
    at: AwareDatetime = Field(
        description="A moment of that day; before its first and after its last event nothing moves"
    )


@api.get("/film")
@needs_role("supervisor")
def read_days() -> Json:
    """The days that can be watched, the newest first."""
    context = here()
    return {"days": [day.isoformat() for day in context.films.days()], "today": context.today().isoformat()}


@api.get("/film/<day>")
@needs_role("supervisor")
def read_film(path: FilmPath) -> Json:
    """When that day begins and ends, so far if it is today."""
    context = here()
    film = context.films.of(path.day)
    is_today = path.day == context.today()
    ends = max(film.ends, context.hall.clock.now()) if is_today else film.ends
    timezone = context.hall.rules.timezone.key
    return {"day": path.day.isoformat(), "begins": iso(film.begins), "ends": iso(ends), "timezone": timezone}


@api.get("/film/<day>/hall")
@needs_role("supervisor")
def read_hall_picture(path: FilmPath, query: Moment) -> Json:
    """What the hall's displays showed at a moment, without waits: those were foreseen then and are not known now."""
    return here().films.look(path.day, query.at, hall_picture)


@api.get("/film/<day>/wall")
@needs_role("supervisor")
def read_wall_picture(path: FilmPath, query: Moment) -> Json:
    """What the far wall showed at a moment, by the alerts of the log."""
    hall_file, is_mine = here().hall_file, alerts_of_supervisors(here())

    def picture(day: HallDay, at: datetime) -> Json:
        return {"at": iso(at), "hours": hours_view(day.rules, at), **wall_view(day, at, hall_file, None, is_mine)}

    return here().films.look(path.day, query.at, picture)


def hall_picture(day: HallDay, at: datetime) -> Json:
    queues = queues_of(day, at)
    return {
        "at": iso(at),
        "hours": hours_view(day.rules, at),
        "day": day.day.isoformat(),
        "seq": day.seq,
        "day_over": day.is_over,
        "calls": calls_now(day),
        "recent": recent_calls(day),
        "missed": missed_now(day),
        "zones": [zone_view(zone, day, None) for zone in day.rules.zones],
        "next": {zone: [ticket.number for ticket in queue[:NEXT_SHOWN]] for zone, queue in queues.items()},
        "serving": served_now(day),
        "desks": public_desks(day),
        "notices": notice_views(day),
    }
