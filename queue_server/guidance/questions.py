"""The questions of triage that lead to another service; the rest of what a counter asks it asks at the counter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from queue_server.guidance.catalogue import Bilingual, Catalogue, CatalogueError
from queue_server.guidance.guide_reader import read_bilingual


@dataclass(frozen=True, slots=True)
class Rather:
    """“If that is so, this is the service you need.”"""

    when: Bilingual
    service: str


def load_questions(catalogue: Catalogue) -> Mapping[str, tuple[Rather, ...]]:
    """By service. Raises CatalogueError when a question leads from or to a service that the catalogue does not have."""
    raw = json.loads((files("queue_server.guidance") / "questions.json").read_text(encoding="utf-8"))["rather"]
    return {service: tuple(_read(one, service, catalogue) for one in questions) for service, questions in raw.items()}


def _read(one: Mapping[str, object], service: str, catalogue: Catalogue) -> Rather:
    to = str(one["service"])
    for known in (service, to):
        if known not in catalogue:
            raise CatalogueError(f"questions of {service}: unknown service {known}")
    if to == service:
        raise CatalogueError(f"questions of {service}: leads to itself")
    return Rather(read_bilingual(one["when"], f"questions of {service}"), to)
