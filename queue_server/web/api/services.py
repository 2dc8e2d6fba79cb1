"""Finding a service, and reading about it before taking a number."""

from __future__ import annotations

from pydantic import BaseModel, Field

from queue_server.domain.refusals import UnknownService
from queue_server.web.api.common import make_api
from queue_server.web.api.shapes import ServiceShape, ServicesShape
from queue_server.web.context import here
from queue_server.web.security import STAFF, needs_device, needs_role
from queue_server.web.service_views import card_view, choices_view, guide_view
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
    language = reader_language()
    catalogue = context.hall_file.catalogue
    if query.q.strip():
        return {"services": [card_view(guide, language) for guide in context.search.find(query.q)]}
    return {
        "tiles": [
            {
                "id": tile.id,
                "title": said(tile.title, language),
                "hint": said(tile.hint, language),
                "services": [guide.id for guide in tile.services],
            }
            for tile in context.tiles
        ],
        "categories": [
            {"id": one.id, "title": said(one.title, language), "services": [guide.id for guide in one.services]}
            for one in catalogue.categories
        ],
        "services": [card_view(guide, language) for guide in catalogue.services],
    }


@api.get("/services/<service>", responses={200: ServiceShape})
@needs_role(*STAFF)
@needs_device("kiosk")
def read_service(path: ServicePath) -> Json:
    """One service in plain words, with the ways it can be done here and how long each would take now."""
    context = here()
    if path.service not in context.hall_file.catalogue:
        raise UnknownService(service=path.service)
    guide = context.hall_file.catalogue.service(path.service)
    forecast = context.waits.picture().forecast
    waits = {zone: forecast.for_newcomer(zone, guide.id) for zone in context.hall.rules.zones}
    choices = context.hall.read(lambda day, at: choices_view(guide, day, waits))
    return {**guide_view(guide, reader_language()), "choices": choices}
