"""Words of the fund that not everybody knows, explained where they occur."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from queue_server.guidance.guide_reader import read_bilingual
from queue_server.guidance.guides import Bilingual, ServiceGuide

MOST_EXPLAINED = 5  # of one service; more would be a lesson


@dataclass(frozen=True, slots=True)
class Term:
    """`also`: other forms of it in Chinese; `also_en`: beginnings of English words that say it."""

    name: Bilingual
    also: tuple[str, ...]
    also_en: tuple[str, ...]
    means: Bilingual

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name.zh, *self.also)


@cache
def load_terms() -> tuple[Term, ...]:
    raw = json.loads((files("queue_server.guidance") / "terms.json").read_text(encoding="utf-8"))["terms"]
    return tuple(
        Term(
            read_bilingual({"zh": one["zh"], "en": one["en"]}, f"term {one['zh']}"),
            tuple(one["also"]),
            tuple(one["also_en"]),
            read_bilingual(one["means"], f"term {one['zh']}.means"),
        )
        for one in raw
    )


def texts_of(guide: ServiceGuide) -> list[Bilingual]:
    """Everything that a visitor reads of a service before taking a number."""
    return [
        guide.official_name,
        guide.plain_name,
        guide.summary,
        guide.hint,
        guide.result,
        guide.time_limit.text,
        *(mistake.text for mistake in guide.common_mistakes),
        *(text for one in guide.materials for text in (one.name, one.when, one.note) if text),
    ]


def terms_of(guide: ServiceGuide, language: str = "zh") -> list[Term]:
    """The words worth explaining in what a visitor reads of it, in the order they are met."""
    said = "\n".join(text.in_language(language) for text in texts_of(guide)).lower()
    places = {term: place for term in load_terms() if (place := _first_place(term, said, language)) >= 0}
    return sorted(places, key=lambda term: places[term])[:MOST_EXPLAINED]


def _first_place(term: Term, said: str, language: str) -> int:
    if language == "en":
        found = [match.start() for form in term.also_en if (match := re.search(rf"\b{re.escape(form)}", said))]
    else:
        found = [place for form in term.forms if (place := said.find(form)) >= 0]
    return min(found, default=-1)
