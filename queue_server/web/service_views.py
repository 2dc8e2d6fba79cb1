"""A service as the visitor reads it, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from datetime import date, datetime

from queue_server.domain.closing import promise_for
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Purpose
from queue_server.foresight.base import WaitRange
from queue_server.guidance.catalogue import Catalogue, Material, ServiceGuide
from queue_server.guidance.notices import is_confirmed, unconfirmed_notice
from queue_server.guidance.questions import Rather
from queue_server.guidance.terms import terms_of
from queue_server.hall_file_model import OtherCentre
from queue_server.web.views import Json, said, wait_view, zone_state_view
from queue_server.web.words import word

ENOUGH_FOR_A_COUNT = 20  # numbers taken today; before that one family could decide what is "most asked"
MOST_ASKED = 4


def card_view(guide: ServiceGuide, language: str) -> Json:
    return {
        "id": guide.id,
        "plain_name": said(guide.plain_name, language),
        "official_name": said(guide.official_name, language),
        "hint": said(guide.hint, language),
        "coaching": guide.coaching.possible,
        "confirmed": is_confirmed(guide),
    }


def offer_view(guide: ServiceGuide, language: str, today: date) -> Json:
    """The card, and whether what it tells holds today: a temporary rule is not offered before or after its days."""
    return {
        **card_view(guide, language),
        "in_force": guide.is_in_force(today),
        "not_in_force": _days(guide, language, today),
    }


def _days(guide: ServiceGuide, language: str, today: date) -> str | None:
    if guide.is_in_force(today):
        return None
    if guide.effective_until and today > guide.effective_until:
        return word("common.rule_ended", language, day=guide.effective_until.isoformat())
    return word("common.rule_not_begun", language, day=str(guide.effective_date))


def most_asked(day: HallDay, usual: Sequence[ServiceGuide], offered: Container[str]) -> Json:
    """What people took numbers for today, most first; while the day is young, what the catalogue calls usual."""
    counts = Counter({service: n for service, n in day.issued_of_service.items() if service in offered})
    if sum(counts.values()) >= ENOUGH_FOR_A_COUNT:
        return {"of": "today", "services": [service for service, _ in counts.most_common(MOST_ASKED)]}
    return {"of": "usual", "services": [guide.id for guide in usual if guide.id in offered][:MOST_ASKED]}


def rather_view(questions: Sequence[Rather], catalogue: Catalogue, language: str, today: date) -> list[Json]:
    """Questions of triage that lead to another service, where that one is offered today."""
    return [
        {"when": said(one.when, language), "service": to.id, "plain_name": said(to.plain_name, language)}
        for one in questions
        if (to := catalogue.service(one.service)).is_in_force(today)
    ]


def other_centre_view(centre: OtherCentre | None, service: str, language: str) -> Json | None:
    """Which of two centres holds the account, where that matters for the service."""
    if centre is None or service in centre.not_asked_for:
        return None
    texts = {"name": centre.name, "short": centre.short, "own_short": centre.own_short}
    texts |= {"who": centre.who, "what_then": centre.what_then}
    told: Json = {key: said(text.bilingual(), language) for key, text in texts.items()}
    return {**told, "how_to_tell": [said(way.bilingual(), language) for way in centre.how_to_tell]}


def guide_view(guide: ServiceGuide, language: str, today: date) -> Json:
    """The card and everything to know before taking a number; `choices` are added by the hall of the moment."""
    return {
        **offer_view(guide, language, today),
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
        "terms": terms_view(guide, language),
    }


def terms_view(guide: ServiceGuide, language: str) -> list[Json]:
    """The words in it that not everybody knows, each with what it means."""
    return [
        {"term": said(term.name, language), "means": said(term.means, language)} for term in terms_of(guide, language)
    ]


def materials_view(guide: ServiceGuide, language: str) -> list[Json]:
    return [material_view(material, language) for material in guide.materials]


def material_view(material: Material, language: str) -> Json:
    return {
        "code": material.code,
        "name": said(material.name, language),
        "required": material.required,
        "when": said(material.when, language) if material.when else None,
        "note": said(material.note, language) if material.note else None,
        "confirmed": material.confirmed,
    }


def left_today(guide: ServiceGuide, day: HallDay) -> int | None:
    """Numbers still to be had today where the service has a quota."""
    quota = day.rules.services[guide.id].quota
    return None if quota is None else max(0, quota - day.issued_of_service.get(guide.id, 0))


def choices_view(guide: ServiceGuide, day: HallDay, at: datetime, waits: dict[str, WaitRange | None]) -> list[Json]:
    """The ways this hall offers for the service, each with its queue of now and whether today is certain."""
    coaching = day.rules.zone_for(Purpose.COACHING) if guide.coaching.possible else None
    ways = [("coaching", coaching), ("counter", day.rules.zone_for(Purpose.COUNTER))]
    return [
        {
            "way": way,
            "zone": zone.id,
            "wait": wait_view(waits.get(zone.id)),
            "waiting": len(day.waiting_in.get(zone.id, ())),
            "closed": zone_state_view(zone.id, day)["closed"],
            "promise": promise_for(guide.id, zone.id, day, at),
        }
        for way, zone in ways
        if zone is not None
    ]
