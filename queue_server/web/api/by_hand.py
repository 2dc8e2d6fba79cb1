"""Counters without a server: the list to call from, and what was called from it, entered afterwards."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime, Field

from queue_server.domain import commands as c
from queue_server.domain.hall_day import HallDay
from queue_server.paper_mode.paper_list import as_text, zone_lists
from queue_server.web.api.common import COMMAND, Done, Wish, done, handle, make_api, wish_id
from queue_server.web.context import here
from queue_server.web.security import FLOOR_STAFF, needs_role, who
from queue_server.web.views import Json, said
from queue_server.web.words import reader_language

api = make_api("by-hand", "Called by hand while the server was away")


class ServedByHand(Wish):
    """Times by the hall's clock, as they stand on the list."""

    ticket: str = Field(max_length=8)
    counter: str = Field(max_length=16)
    called_at: AwareDatetime
    ended_at: AwareDatetime
    came: bool = Field(True, description="False: called three times, in vain")
    officer: str = Field("", max_length=32, description="Sign-in name of who served, where the list says so")


@api.get("/paper-list")
@needs_role(*FLOOR_STAFF)
def read_paper_list() -> Json:
    """Who waits in which order, to call by hand from paper should the server be away."""
    seq, text = paper_list()
    return {"seq": seq, "text": text}


def people() -> set[str]:
    """Ids of everybody who works here."""
    return {one.id for one in here().hall_file.people}


def paper_list() -> tuple[int, str]:
    """Up to which place of the log, and the list as text, in the reader's language. For the API and the page."""
    context, language = here(), reader_language()
    file = context.hall_file

    def listed(day: HallDay, at: datetime) -> tuple[int, str]:
        zones = zone_lists(
            day,
            at,
            lambda zone: said(file.zones[zone].name, language),
            lambda service: said(file.catalogue.service(service).plain_name, language),
        )
        now = f"{day.rules.local(at):%Y-%m-%d %H:%M}"
        return day.seq, as_text(said(file.name, language), zones, now, now, language)

    return context.hall.read(listed)


@api.post("/served-by-hand", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
def enter_served_by_hand(body: ServedByHand) -> Json:
    """What a list on paper says of a ticket: called and served while the server was away."""
    someone = who()
    command = c.EnterServedByHand(
        id=wish_id(someone, "by-hand"),
        actor=someone.actor,
        ticket=body.ticket,
        counter=body.counter,
        called_at=body.called_at,
        ended_at=body.ended_at,
        came=body.came,
        officer=body.officer if body.officer in people() else "",
    )
    return handle(command, done)
