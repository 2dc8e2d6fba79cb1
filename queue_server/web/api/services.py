"""Finding a service, and reading about it before taking a number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.refusals import UnknownService
from queue_server.guidance.catalogue import ServiceGuide
from queue_server.web.api.common import COMMAND, Wish, handle, make_api, wish_id
from queue_server.web.api.service_shapes import AtCounterShape, MostAskedShape, ServiceShape, ServicesShape
from queue_server.web.api.shapes import ListAskedShape
from queue_server.web.api.tickets import MaterialCode, known_printer
from queue_server.web.at_counter_view import at_counter_view
from queue_server.web.best_time_words import better_time
from queue_server.web.context import here
from queue_server.web.security import FLOOR_STAFF, STAFF, limit, needs_device, needs_role, who
from queue_server.web.service_views import (
    choices_view,
    guide_view,
    left_today,
    most_asked,
    offer_view,
    other_centre_view,
    rather_view,
)
from queue_server.web.views import Json, said
from queue_server.web.words import reader_language

api = make_api("services", "What people come for")


class Search(BaseModel):
    q: str = Field("", max_length=60, description="Everyday words, pinyin or its initials")
    lang: str | None = Field(None, description="zh or en")


class ServicePath(BaseModel):
    service: str = Field(max_length=40)


@api.get("/services", responses={200: ServicesShape})
@needs_role(*STAFF)
@needs_device("kiosk")
def read_services(query: Search) -> Json:
    """All services by tile and category; with `q` the ones that fit, best first."""
    context = here()
    language, today = reader_language(), context.today()
    catalogue = context.hall_file.catalogue
    if query.q.strip():
        # also what is not in force: whoever asks for it is told so instead of finding nothing
        return {"services": [offer_view(guide, language, today) for guide in context.search.find(query.q)]}

    def offered(guides: Iterable[ServiceGuide]) -> list[str]:
        return [guide.id for guide in guides if guide.is_in_force(today)]

    in_force = set(offered(catalogue.services))
    return {
        "tiles": [
            {
                "id": tile.id,
                "title": said(tile.title, language),
                "hint": said(tile.hint, language),
                "services": offered(tile.services),
            }
            for tile in context.tiles
        ],
        "categories": [
            {"id": one.id, "title": said(one.title, language), "services": offered(one.services)}
            for one in catalogue.categories
        ],
        "services": [offer_view(guide, language, today) for guide in catalogue.services],
        "most_asked": context.hall.read(lambda day, at: most_asked(day, context.usual, in_force)),
    }


@api.get("/services/<service>", responses={200: ServiceShape})
@needs_role(*STAFF)
@needs_device("kiosk")
def read_service(path: ServicePath) -> Json:
    """One service in plain words, with the ways it can be done here and how long each would take now."""
    context = here()
    catalogue = context.hall_file.catalogue
    if path.service not in catalogue:
        raise UnknownService(service=path.service)
    guide, language, today = catalogue.service(path.service), reader_language(), context.today()
    forecast = context.waits.picture().forecast
    waits = {zone: forecast.for_newcomer(zone, guide.id) for zone in context.hall.rules.zones}
    choices, left = context.hall.read(lambda day, at: (choices_view(guide, day, at, waits), left_today(guide, day)))
    local = context.hall.rules.local(context.hall.clock.now())
    offered = {choice["zone"]: waits[choice["zone"]] for choice in reversed(choices) if not choice["closed"]}
    return {
        **guide_view(guide, language, today),
        "choices": choices,
        "left_today": left,
        "better_time": better_time(context.coming_days(), guide.id, offered, local, language),
        "rather": rather_view(context.questions.get(guide.id, ()), catalogue, language, today),
        "other_centre": other_centre_view(context.hall_file.other_centre, guide.id, language),
    }


@api.get("/services/<service>/at-counter", responses={200: AtCounterShape})
@needs_role("officer", *FLOOR_STAFF)
def read_at_counter(path: ServicePath) -> Json:
    """What the desk shows while it is done: papers, mistakes, risks to tell, words that help, its usual time."""
    context = here()
    catalogue = context.hall_file.catalogue
    if path.service not in catalogue:
        raise UnknownService(service=path.service)
    return at_counter_view(catalogue.service(path.service), context.hall_file, reader_language())


class ToBring(Wish):
    printer: str = Field(max_length=32)
    language: Literal["zh", "en"] = "zh"
    missing: list[MaterialCode] = Field([], max_length=20, description="Codes of the materials not brought along")
    large_print: bool = False


@api.post("/services/<service>/list", responses={201: ListAskedShape}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
@needs_device("kiosk")
def ask_for_list(path: ServicePath, body: ToBring) -> tuple[Json, int]:
    """Print what to bring, without a number: what is missing first."""
    context, someone = here(), who()
    limit("list", someone.id, context.limits.kiosk_sheets)
    known_printer(body.printer, context)
    command = c.AskForList(
        id=wish_id(someone, "list"),
        actor=someone.actor,
        service=path.service,
        printer=body.printer,
        language=body.language,
        missing=context.known_materials(path.service, body.missing),
        large_print=body.large_print,
    )
    return handle(command, lambda handled: {"paper": handled.day.slip_of(command.id)}), 201


@api.get("/services/most-asked", responses={200: MostAskedShape})
@needs_role(*STAFF)
@needs_device("kiosk")
def read_most_asked() -> Json:
    """What people took numbers for today, most first; while the day is young, what is usual."""
    context = here()
    today = context.today()
    offered = {guide.id for guide in context.hall_file.catalogue.services if guide.is_in_force(today)}
    return context.hall.read(lambda day, at: most_asked(day, context.usual, offered))
