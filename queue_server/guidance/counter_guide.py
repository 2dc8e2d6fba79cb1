"""What the officer's desk shows of a service: what offices call its papers, and what to say when it is hard."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from queue_server.guidance.guide_reader import read_bilingual
from queue_server.guidance.guides import Bilingual

ALWAYS = ("long_wait", "papers_missing", "not_eligible")  # moments of any service; the others belong to theirs


@dataclass(frozen=True, slots=True)
class Phrase:
    """`when`: long_wait, papers_missing or not_eligible for any service; these_services always with them."""

    when: str
    services: tuple[str, ...]
    words: Bilingual


@cache
def load_phrases() -> tuple[Phrase, ...]:
    """The program's own; a hall may have others."""
    return tuple(_phrase(raw) for raw in _read("phrases")["phrases"])


def phrases_for(service: str, phrases: Iterable[Phrase]) -> list[Phrase]:
    """Those for any service and those for this one."""
    return [phrase for phrase in phrases if phrase.when in ALWAYS or service in phrase.services]


def official_name(paper: str) -> str | None:
    """What offices call a paper, in Chinese; None where its code is not listed."""
    return _official_names().get(paper)


@cache
def _official_names() -> Mapping[str, str]:
    names: Mapping[str, str] = _read("official_papers")["names"]
    return names


def _phrase(raw: Mapping[str, object]) -> Phrase:
    services = raw.get("services", [])
    assert isinstance(services, list)
    words = {language: raw[language] for language in ("zh", "en")}
    return Phrase(str(raw["when"]), tuple(services), read_bilingual(words, f"phrase {raw['when']}"))


def _read(name: str) -> Mapping[str, Mapping[str, str]]:
    content: Mapping[str, Mapping[str, str]] = json.loads(
        (files("queue_server.guidance") / f"{name}.json").read_text(encoding="utf-8")
    )
    return content
