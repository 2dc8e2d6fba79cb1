"""What a guide does beside a visitor: going along, knowing where they sit, looking through papers, giving minutes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queue_server.domain import commands as c
from queue_server.domain.refusals import UnknownTicket
from queue_server.web.api.common import COMMAND, TicketPath, Wish, done, handle, make_api, wish_id
from queue_server.web.api.shapes import DoneShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import FLOOR_STAFF, needs_role, who
from queue_server.web.views import Json

api = make_api("company", "Beside a visitor")


class Escort(Wish):
    instead: bool = Field(False, description="In place of another guide who had said so")


class Place(Wish):
    place: str = Field("", max_length=20, description="One of the hall's `seats`, its Chinese word; empty: not known")


class Materials(Wish):
    missing: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=20, description="Codes; empty: complete")


@api.post("/tickets/<ticket>/escort", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
def take_escort(path: TicketPath, body: Escort) -> Json:
    """“I go with them”: to the counter that has just called. The others see it."""
    someone = who()
    command = c.TakeEscort(
        id=wish_id(someone, "escort"),
        actor=someone.actor,
        ticket=path.ticket,
        guide=someone.id,
        instead=body.instead,
    )
    return handle(command, done)


@api.post("/tickets/<ticket>/place", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
def note_place(path: TicketPath, body: Place) -> Json:
    """Where the visitor sits, for whoever goes to fetch them. On no public screen."""
    if body.place and body.place not in {seat.zh for seat in here().hall_file.seats}:
        raise ApiError(422, "fields_wrong", fields=[{"field": "place", "problem": body.place}])
    someone = who()
    return handle(
        c.NotePlace(id=wish_id(someone, "place"), actor=someone.actor, ticket=path.ticket, place=body.place), done
    )


@api.post("/tickets/<ticket>/materials", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def check_materials(path: TicketPath, body: Materials) -> Json:
    """The papers were looked through with the visitor; what is missing stays with the ticket."""
    context, someone = here(), who()
    ticket = context.hall.read(lambda day, at: day.ticket(path.ticket))
    if ticket is None:
        raise UnknownTicket(ticket=path.ticket)
    command = c.CheckMaterials(
        id=wish_id(someone, "materials"),
        actor=someone.actor,
        ticket=path.ticket,
        missing=context.known_materials(ticket.service, body.missing),
    )
    return handle(command, done)


@api.post("/tickets/<ticket>/minutes", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
def give_minutes(path: TicketPath) -> Json:
    """The visitor steps out for the hall's minutes; others go first meanwhile, and it comes back by itself."""
    someone = who()
    return handle(c.AskForMinutes(id=wish_id(someone, "minutes"), actor=someone.actor, ticket=path.ticket), done)
