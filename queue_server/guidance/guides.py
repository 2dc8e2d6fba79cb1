"""The plain data of the catalogue: what a service guide says, to whom, and where each statement comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Language = Literal["zh", "en"]


class CatalogueError(Exception):
    """The catalogue, or a hall's change to it, contradicts itself. The message names the service and the field."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in both languages."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """English for any kind of `en`; Chinese for everything else, since the hall speaks Chinese first."""
        return self.en if lang.lower().startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    title: str
    source_class: str
    confirms: bool  # only pages of Lanzhou's centre, national rules and the centre itself do
    url: str | None
    date: str | None
    second_hand: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence for visitors with the place it comes from."""

    text: Bilingual
    source: str
    confirmed: bool
    effective_date: date | None = None


@dataclass(frozen=True, slots=True)
class RiskNotice:
    """What the officer has to tell the visitor at this service. `step`: before going on, or before it is finished."""

    code: str  # unique within its service; the log names it
    step: Literal["start", "end"]
    text: Bilingual
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Material:
    code: str
    name: Bilingual
    required: Literal["must", "if"]
    when: Bilingual | None  # None: whenever `required` says
    note: Bilingual | None
    source: str
    confirmed: bool

    @property
    def is_always_needed(self) -> bool:
        return self.required == "must" and self.when is None


@dataclass(frozen=True, slots=True)
class Coaching:
    """Whether the service can be done online beside a coach, and through which channels."""

    possible: bool
    channels: tuple[Bilingual, ...]
    note: Bilingual | None


@dataclass(frozen=True, slots=True)
class TypicalMinutes:
    value: float
    basis: Literal["estimate", "centre"]  # an estimate is never shown to visitors as a promise


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceGuide:
    """One service in plain words: what the person gets, what to bring, what goes wrong, how long it takes."""

    id: str
    category: str
    prefix: str  # the letter of its ticket numbers
    official_name: Bilingual
    plain_name: Bilingual
    summary: Bilingual
    hint: Bilingual
    keywords: tuple[str, ...]
    typical_minutes: TypicalMinutes
    coaching: Coaching
    zone: Literal["smart", "special"]  # the suggestion; the care zone belongs to a person, never to a service
    zone_reason: Bilingual
    materials: tuple[Material, ...]
    common_mistakes: tuple[Statement, ...]
    risk_notices: tuple[RiskNotice, ...]
    time_limit: Statement
    result: Bilingual
    sources: tuple[str, ...]
    effective_date: date | None
    effective_until: date | None  # the last day of a temporary rule
    confirmed_by_centre: bool
    confirmation_note: Bilingual | None

    def is_in_force(self, day: date) -> bool:
        """Whether the rule told here holds on that day; a rule without dates always does."""
        started = self.effective_date is None or self.effective_date <= day
        return started and (self.effective_until is None or day <= self.effective_until)
