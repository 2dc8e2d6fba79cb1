"""A service as the officer needs it while it is done, in one language."""

from __future__ import annotations

from queue_server.guidance.counter_guide import official_name, phrases_for
from queue_server.guidance.guides import Material, ServiceGuide
from queue_server.hall_file import HallFile
from queue_server.web.service_views import material_view
from queue_server.web.views import Json, both, said


def at_counter_view(guide: ServiceGuide, hall_file: HallFile, language: str) -> Json:
    """`usual_minutes`: what the hall reckons with; an estimate until the centre gives its own."""
    return {
        "service": guide.id,
        "papers": [_paper(material, language) for material in guide.materials],
        "mistakes": [{"text": said(one.text, language), "confirmed": one.confirmed} for one in guide.common_mistakes],
        "risks": [
            {"code": one.code, "step": one.step, "text": said(one.text, language), "confirmed": one.confirmed}
            for one in guide.risk_notices
        ],
        "phrases": [
            {"when": phrase.when, "words": both(phrase.words)} for phrase in phrases_for(guide.id, hall_file.phrases)
        ],
        "usual_minutes": hall_file.rules.services[guide.id].minutes,
        "usual_is_estimate": guide.typical_minutes.basis == "estimate",
    }


def _paper(material: Material, language: str) -> Json:
    official = official_name(material.code)
    same = official is None or official == material.name.zh
    return {**material_view(material, language), "official_name": None if same else official}
