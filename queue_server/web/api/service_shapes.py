"""The shapes of what is told of a service: to whoever chooses one, and at the counter."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from queue_server.web.api.shape import Promise, Shape, WaitShape


class ServiceCardShape(Shape):
    id: str
    plain_name: str
    official_name: str
    hint: str
    coaching: bool
    confirmed: bool


class MaterialShape(Shape):
    code: str
    name: str
    required: Literal["must", "if"]
    when: str | None
    note: str | None
    confirmed: bool


class ChoiceShape(Shape):
    way: Literal["coaching", "counter"]
    zone: str
    wait: WaitShape | None
    waiting: int
    closed: bool
    promise: Promise


class OfferShape(ServiceCardShape):
    in_force: bool
    not_in_force: str | None = Field(description="Why it is not offered today, in words")


class RatherShape(Shape):
    when: str
    service: str
    plain_name: str


class OtherCentreShape(Shape):
    name: str
    short: str
    own_short: str
    who: str
    what_then: str
    how_to_tell: list[str]


class TermShape(Shape):
    term: str
    means: str


class MostAskedShape(Shape):
    of: Literal["today", "usual"] = Field(description="Counted today, or the catalogue's own choice")
    services: list[str]


class ServiceShape(OfferShape):
    summary: str
    materials: list[MaterialShape]
    mistakes: list[str]
    minutes: float
    minutes_are_estimate: bool
    time_limit: str
    result: str
    notice: str | None
    zone_advice: str
    zone_reason: str
    terms: list[TermShape] = Field(description="Words in it that not everybody knows")
    choices: list[ChoiceShape]
    rather: list[RatherShape] = Field(description="Who says yes to one of these needs that service instead")
    other_centre: OtherCentreShape | None = Field(description="Given where it matters which centre holds the account")
    left_today: int | None
    better_time: str | None = Field(description="A sentence on a much emptier time to come; null: not worth saying")


class PaperShape(MaterialShape):
    official_name: str | None = Field(description="What offices call it, in Chinese; null where that is the same")


class MistakeShape(Shape):
    text: str
    confirmed: bool


class RiskShape(MistakeShape):
    code: str
    step: Literal["start", "end"] = Field(description="To tell before going on, or before it is finished")


class WordsShape(Shape):
    zh: str
    en: str


class PhraseShape(Shape):
    when: str
    words: WordsShape


class AtCounterShape(Shape):
    service: str
    papers: list[PaperShape]
    mistakes: list[MistakeShape]
    risks: list[RiskShape]
    phrases: list[PhraseShape]
    usual_minutes: float
    usual_is_estimate: bool


class TileShape(Shape):
    id: str
    title: str
    hint: str
    services: list[str]


class CategoryShape(Shape):
    id: str
    title: str
    services: list[str]


class ServicesShape(Shape):
    tiles: list[TileShape] = Field(default_factory=list)
    categories: list[CategoryShape] = Field(default_factory=list)
    services: list[OfferShape]
    most_asked: MostAskedShape | None = None
