"""What a move would do to somebody's wait, before it is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from queue_server.domain.commands import TransferTicket
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import UnknownTicket
from queue_server.domain.rules import HallRules
from queue_server.foresight.if_moved import Prospect, if_moved
from queue_server.web.api.common import make_api
from queue_server.web.api.shapes import WouldWaitAllShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError, refusal_shape
from queue_server.web.security import FLOOR_STAFF, needs_role
from queue_server.web.views import Json, wait_view
from queue_server.web.waits import Picture
from queue_server.web.words import reader_language

MOST_TICKETS = 30  # at once; more than a guide's hand can gather

api = make_api("moves", "What a move would do")


class Asked(BaseModel):
    tickets: str = Field(max_length=300, description="Numbers, with commas between; moved all at once")
    to: Literal["zone", "service", "counter"] = Field(
        "zone", description="Each zone, each service in the ticket's own zone, or each counter"
    )
    position: Literal["fair", "first", "last"] = "fair"


@api.get("/would-wait", responses={200: WouldWaitAllShape})
@needs_role(*FLOOR_STAFF)
def would_wait(query: Asked) -> Json:
    """How long these would wait elsewhere, and how long they are likely to wait where they are. Changes nothing."""
    context = here()
    picture = context.waits.picture()
    language = reader_language()
    numbers = list(dict.fromkeys(number for number in query.tickets.split(",") if number))
    if not 1 <= len(numbers) <= MOST_TICKETS:
        raise ApiError(422, "fields_wrong", fields=[{"field": "tickets", "problem": f"1–{MOST_TICKETS}"}])

    def foresee(day: HallDay, at: datetime) -> Json:
        for number in numbers:
            if day.ticket(number) is None:
                raise UnknownTicket(ticket=number)
        queues = picture.queues if picture.day == day.day else {}
        places: dict[str, list[Json]] = {number: [] for number in numbers}
        for target in _targets(query.to, day.rules):
            moves = [
                TransferTicket(id="would-wait", actor="", ticket=number, position=query.position, reason="-", **target)
                for number in numbers
            ]
            prospects = if_moved(moves, day, at, picture.forecast, queues)
            for number, prospect in zip(numbers, prospects, strict=True):
                places[number].append(_place_view(target, prospect, language))
        return {
            "seq": day.seq,
            "tickets": [_as_now(number, picture) | {"places": places[number]} for number in numbers],
        }

    return context.hall.read(foresee)


def _targets(to: str, rules: HallRules) -> Iterable[dict[str, str]]:
    return ({to: each} for each in {"zone": rules.zones, "service": rules.services, "counter": rules.counters}[to])


def _as_now(number: str, picture: Picture) -> Json:
    now = picture.of(number)
    return {"ticket": number, "ahead": now.ahead if now else None, "wait": wait_view(now.wait) if now else None}


def _place_view(target: dict[str, str], prospect: Prospect, language: str) -> Json:
    refused = prospect.refused
    return {
        "zone": target.get("zone", prospect.zone),
        "service": target.get("service"),
        "counter": target.get("counter"),
        "ahead": prospect.ahead,
        "wait": wait_view(prospect.wait),
        "refused": refused.code if refused else None,
        "message": refusal_shape(refused.code, refused.details, language)["message"] if refused else None,
    }
