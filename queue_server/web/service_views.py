"""A service as the visitor reads it, in one language."""

from __future__ import annotations

from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Purpose
from queue_server.foresight.base import WaitRange
from queue_server.guidance.catalogue import Material, ServiceGuide
from queue_server.guidance.notices import is_confirmed, unconfirmed_notice
from queue_server.web.views import Json, said, wait_view, zone_state_view


def card_view(guide: ServiceGuide, language: str) -> Json:
    return {
        "id": guide.id,
        "plain_name": said(guide.plain_name, language),
        "official_name": said(guide.official_name, language),
        "hint": said(guide.hint, language),
        "coaching": guide.coaching.possible,
        "confirmed": is_confirmed(guide),
    }


def guide_view(guide: ServiceGuide, language: str) -> Json:
    """The card and everything to know before taking a number; `choices` are added by the hall of the moment."""
    return {
        **card_view(guide, language),
        "summary": said(guide.summary, language),
        "materials": materials_view(guide, language),
        "mistakes": [said(mistake.text, language) for mistake in guide.common_mistakes],
        "minutes": guide.typical_minutes.value,
        "minutes_are_estimate": guide.typical_minutes.basis == "estimate",
        "time_limit": said(guide.time_limit.text, language),
        "result": said(guide.result, language),
        "notice": unconfirmed_notice(guide, language),
        "zone_advice": guide.zone,
        "zone_reason": said(guide.zone_reason, language),
    }


def materials_view(guide: ServiceGuide, language: str) -> list[Json]:
    return [_material(material, language) for material in guide.materials]


def _material(material: Material, language: str) -> Json:
    return {
        "name": said(material.name, language),
        "required": material.required,
        "when": said(material.when, language) if material.when else None,
        "note": said(material.note, language) if material.note else None,
        "confirmed": material.confirmed,
    }


def choices_view(guide: ServiceGuide, day: HallDay, waits: dict[str, WaitRange | None]) -> list[Json]:
    """The ways this hall offers for the service, each with its queue of now."""
    coaching = day.rules.zone_for(Purpose.COACHING) if guide.coaching.possible else None
    ways = [("coaching", coaching), ("counter", day.rules.zone_for(Purpose.COUNTER))]
    return [
        {
            "way": way,
            "zone": zone.id,
            "wait": wait_view(waits.get(zone.id)),
            "waiting": len(day.waiting_in.get(zone.id, ())),
            "closed": zone_state_view(zone.id, day)["closed"],
        }
        for way, zone in ways
        if zone is not None
    ]
