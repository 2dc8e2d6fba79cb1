"""How it was, asked on the kiosk's own screen: by the number alone, a short while after the end of the visit."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from queue_server.domain import commands as c
from queue_server.domain.hall_day import HallDay
from queue_server.service.hall import Handled
from queue_server.web.api.common import COMMAND, Done, TicketPath, Wish, done, handle, make_api, wish_id
from queue_server.web.api.shapes import RatedShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.pages.progress.feedback_levels import LOW_LEVELS, reasons_of
from queue_server.web.ratable import just_served, service_asked_about
from queue_server.web.security import limit, needs_device, who
from queue_server.web.views import Json, said
from queue_server.web.words import reader_language

api = make_api("ratings", "How it was")


class Rating(Wish):
    level: int = Field(ge=1, le=5, description="5 非常满意 … 1 非常不满意")
    reasons: list[str] = Field([], max_length=5, description="Codes of GB/T 39735 that belong to the level")


@api.post("/tickets/<ticket>/rating", responses={200: RatedShape}, openapi_extensions=COMMAND)
@needs_device("kiosk")
def rate(path: TicketPath, body: Rating) -> Json:
    """One mark for one handling, by the visitor's own hand. Nobody's name is asked for or kept."""
    _is_their_moment(path.ticket)
    language, catalogue = reader_language(), here().hall_file.catalogue

    def rated(handled: Handled) -> Json:
        service = service_asked_about(handled.day.tickets[path.ticket])
        return {
            **done(handled),
            "low": body.level in LOW_LEVELS,
            "next_service": said(catalogue.service(service).plain_name, language) if service else None,
        }

    command = c.GiveFeedback(
        id=wish_id(who(), "rating"),
        actor="visitor",
        ticket=path.ticket,
        level=body.level,
        handling=None,
        reasons=reasons_of(body.level, body.reasons),
        with_words=False,
    )
    return handle(command, rated)


@api.post("/tickets/<ticket>/rating/supervisor", responses={200: Done}, openapi_extensions=COMMAND)
@needs_device("kiosk")
def ask_for_supervisor(path: TicketPath) -> Json:
    """“Yes, somebody should come now”, after a low mark."""
    _is_their_moment(path.ticket)
    command = c.AskForSupervisor(id=wish_id(who(), "supervisor"), actor="visitor", ticket=path.ticket)
    return handle(command, done)


def _is_their_moment(number: str) -> None:
    """A number alone opens this, so it does only while its holder is likely to stand there."""
    limit("rating", who().id, here().limits.ratings_per_device)

    def is_so(day: HallDay, at: datetime) -> bool:
        return number in day.tickets and just_served(day.tickets[number], at)

    if not here().hall.read(is_so):
        raise ApiError(409, "not_to_be_rated", ticket=number)
