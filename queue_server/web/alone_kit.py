"""What a kiosk needs to give a number without the hall: where each service begins, and its paper but for the number."""

from __future__ import annotations

from datetime import date, datetime

from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import HallRules, Service, Way, Zone
from queue_server.domain.ticket import Ticket
from queue_server.domain.triage import ticket_prefix, zone_for_visit
from queue_server.web.context import Context
from queue_server.web.printer_views import paper_view
from queue_server.web.views import Json

LANGUAGES = ("zh", "en")
WAYS = {"coaching": (Way.COACHING, False), "counter": (Way.COUNTER, False), "care": (Way.COUNTER, True)}
BLANK = ("ticket", "link", "issued_at", "ahead", "wait", "total")  # what the kiosk fills in, or cannot know


def kit_view(context: Context) -> Json:
    """`places`: the zone and letter by way (`coaching`, `counter`, `care`); a way that the service has not is left out.
    `papers`: zone → language → the paper.
    """
    rules, today = context.hall.rules, context.today()
    day = HallDay(rules, today)
    offered = [guide.id for guide in context.hall_file.catalogue.services if guide.is_in_force(today)]
    return {
        "setup": context.setup.held,
        "timezone": str(rules.timezone),
        "services": {
            service: _service_view(rules.services[service], rules, day, context)
            for service in offered
            if service in rules.services
        },
    }


def _service_view(service: Service, rules: HallRules, day: HallDay, context: Context) -> Json:
    places = _places(service, rules)
    return {
        "places": {way: {"zone": zone.id, "prefix": ticket_prefix(service, zone)} for way, zone in places.items()},
        "papers": {
            zone.id: {language: _paper(service.id, zone.id, language, day, context) for language in LANGUAGES}
            for zone in places.values()
        },
        "cards": {language: _card(service.id, language, context) for language in LANGUAGES},
    }


def _card(service: str, language: str, context: Context) -> Json:
    card, materials = context.card_and_materials(service, language)
    return {"service": card, "materials": materials}


def _places(service: Service, rules: HallRules) -> dict[str, Zone]:
    places = {}
    for name, way, care in (
        ("coaching", Way.COACHING, False),
        ("counter", Way.COUNTER, False),
        ("care", Way.COUNTER, True),
    ):
        try:
            places[name] = zone_for_visit(service, way, care, rules)
        except Refusal:
            continue
    return places


def _paper(service: str, zone: str, language: str, day: HallDay, context: Context) -> Json:
    midnight = datetime.combine(date.min, datetime.min.time(), day.rules.timezone)
    nobody = Ticket(
        number="",
        issue=0,
        service=service,
        zone=zone,
        care=False,
        language=language,
        channel="",
        first_arrival_at=midnight.replace(year=2000),
        order_from=midnight.replace(year=2000),
        order_issue=0,
    )
    paper = paper_view(nobody, day, None, context)
    return {name: value for name, value in paper.items() if name not in BLANK}
