"""Turns the catalogue's JSON into service guides, and says loudly and exactly what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from queue_server.guidance.guides import (
    Bilingual,
    CatalogueError,
    Coaching,
    Material,
    RiskNotice,
    ServiceGuide,
    Source,
    Statement,
    TypicalMinutes,
)

CENTRE = "CENTRE"  # the source of what a hall's own settings say
NOTHING = ""  # how a hall's file says none where the catalogue has some: TOML knows no nothing
FIELDS = frozenset(ServiceGuide.__dataclass_fields__) - {"category", "prefix"}


class GuideReader:
    """Reads one service after another; `where` follows along so that every complaint names its place."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources

    def read(self, raw: Mapping[str, Any], category: str, prefix: str) -> ServiceGuide:
        where = str(raw.get("id", "a service without id"))
        _check_fields(raw, FIELDS, where)
        sources = _list(raw["sources"], f"{where}.sources")
        known = [self._source(key, f"{where}.sources") for key in sources]
        confirmed = _yes_or_no(raw["confirmed_by_centre"], f"{where}.confirmed_by_centre")
        if confirmed and not any(source.confirms for source in known):
            raise CatalogueError(f"{where}.confirmed_by_centre: none of its sources can confirm it")
        since, until = (_day(raw[name], f"{where}.{name}") for name in ("effective_date", "effective_until"))
        if since and until and until < since:
            raise CatalogueError(f"{where}.effective_until: {until} lies before {since}, its first day")
        return ServiceGuide(
            id=_text(raw["id"], f"{where}.id"),
            category=category,
            prefix=prefix,
            official_name=read_bilingual(raw["official_name"], f"{where}.official_name"),
            plain_name=read_bilingual(raw["plain_name"], f"{where}.plain_name"),
            summary=read_bilingual(raw["summary"], f"{where}.summary"),
            hint=read_bilingual(raw["hint"], f"{where}.hint"),
            keywords=tuple(_text(word, f"{where}.keywords") for word in _list(raw["keywords"], f"{where}.keywords")),
            typical_minutes=_minutes(raw["typical_minutes"], f"{where}.typical_minutes"),
            coaching=_coaching(raw["coaching"], f"{where}.coaching"),
            zone=_one_of(raw["zone"], ("smart", "special"), f"{where}.zone"),
            zone_reason=read_bilingual(raw["zone_reason"], f"{where}.zone_reason"),
            materials=self._materials(raw["materials"], f"{where}.materials"),
            common_mistakes=tuple(
                self._statement(mistake, f"{where}.common_mistakes")
                for mistake in _list(raw["common_mistakes"], f"{where}.common_mistakes")
            ),
            risk_notices=self._risks(raw["risk_notices"], f"{where}.risk_notices"),
            time_limit=self._statement(raw["time_limit"], f"{where}.time_limit"),
            result=read_bilingual(raw["result"], f"{where}.result"),
            sources=tuple(sources),
            effective_date=since,
            effective_until=until,
            confirmed_by_centre=confirmed,
            confirmation_note=_maybe_bilingual(raw["confirmation_note"], f"{where}.confirmation_note"),
        )

    def _source(self, key: Any, where: str) -> Source:
        if key not in self.sources:
            raise CatalogueError(f"{where}: unknown source {key!r}")
        return self.sources[key]

    def _materials(self, raw: Any, where: str) -> tuple[Material, ...]:
        materials = tuple(self._material(material, where) for material in _list(raw, where))
        codes = [material.code for material in materials]
        if len(set(codes)) < len(codes):
            raise CatalogueError(f"{where}: the same code twice in {', '.join(codes)}")
        return materials

    def _material(self, raw: Any, where: str) -> Material:
        code = raw.get("code", "?") if isinstance(raw, Mapping) else "?"
        where = f"{where}[{code}]"
        _check_fields(raw, frozenset(Material.__dataclass_fields__), where)
        source = self._source(raw["source"], where)
        confirmed = _yes_or_no(raw["confirmed"], f"{where}.confirmed")
        if confirmed and not source.confirms:
            raise CatalogueError(f"{where}: cannot be confirmed by source {source.key} ({source.source_class})")
        return Material(
            code=_text(raw["code"], f"{where}.code"),
            name=read_bilingual(raw["name"], f"{where}.name"),
            required=_one_of(raw["required"], ("must", "if"), f"{where}.required"),
            when=_maybe_bilingual(raw["when"], f"{where}.when"),
            note=_maybe_bilingual(raw["note"], f"{where}.note"),
            source=source.key,
            confirmed=confirmed,
        )

    def _risks(self, raw: Any, where: str) -> tuple[RiskNotice, ...]:
        risks = tuple(self._risk(risk, where) for risk in _list(raw, where))
        if len({risk.code for risk in risks}) < len(risks):
            raise CatalogueError(f"{where}: the same code twice")
        return risks

    def _risk(self, raw: Any, where: str) -> RiskNotice:
        _check_fields(raw, frozenset({"code", "step", "zh", "en", "source"}), where)
        said = self._statement({key: raw[key] for key in ("zh", "en", "source")}, where)
        code, step = _text(raw["code"], f"{where}.code"), _one_of(raw["step"], ("start", "end"), f"{where}.step")
        return RiskNotice(code, step, said.text, said.source, said.confirmed)

    def _statement(self, raw: Any, where: str) -> Statement:
        if not isinstance(raw, Mapping):
            raise CatalogueError(f"{where}: expected {{zh, en, source}}, found {raw!r}")
        if unknown := set(raw) - {"zh", "en", "source", "effective_date"}:
            raise CatalogueError(f"{where}: unknown field {', '.join(sorted(unknown))}")
        source = self._source(raw.get("source"), where)
        text = read_bilingual({key: raw[key] for key in ("zh", "en") if key in raw}, where)
        return Statement(text, source.key, source.confirms, _day(raw.get("effective_date"), where))


def read_bilingual(raw: Any, where: str) -> Bilingual:
    if not isinstance(raw, Mapping) or set(raw) - {"zh", "en"}:
        raise CatalogueError(f"{where}: expected {{zh, en}}, found {raw!r}")
    for language in ("zh", "en"):
        if not isinstance(raw.get(language), str) or not raw[language].strip():
            raise CatalogueError(f"{where}: missing translation {language!r}")
    return Bilingual(raw["zh"], raw["en"])


def read_source(key: str, raw: Mapping[str, Any], classes: Mapping[str, Any]) -> Source:
    source_class = raw["class"]
    if source_class not in classes:
        raise CatalogueError(f"source {key}: unknown class {source_class!r}")
    return Source(
        key=key,
        title=_text(raw["title"], f"source {key}.title"),
        source_class=source_class,
        confirms=classes[source_class]["confirms"],
        url=raw["url"],
        date=raw["date"],
        second_hand=raw["second_hand"],
    )


def _maybe_bilingual(raw: Any, where: str) -> Bilingual | None:
    return None if raw in (None, NOTHING) else read_bilingual(raw, where)


def _coaching(raw: Any, where: str) -> Coaching:
    _check_fields(raw, frozenset(Coaching.__dataclass_fields__), where)
    channels = tuple(read_bilingual(channel, f"{where}.channels") for channel in _list(raw["channels"], where))
    possible = _yes_or_no(raw["possible"], f"{where}.possible")
    if possible and not channels:
        raise CatalogueError(f"{where}: possible, but no channel to do it through")
    return Coaching(possible, channels, _maybe_bilingual(raw["note"], f"{where}.note"))


def _minutes(raw: Any, where: str) -> TypicalMinutes:
    _check_fields(raw, frozenset(TypicalMinutes.__dataclass_fields__), where)
    value = raw["value"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 240:
        raise CatalogueError(f"{where}: expected minutes between 0 and 240, found {value!r}")
    return TypicalMinutes(value, _one_of(raw["basis"], ("estimate", "centre"), f"{where}.basis"))


def _check_fields(raw: Any, expected: frozenset[str], where: str) -> None:
    if not isinstance(raw, Mapping):
        raise CatalogueError(f"{where}: expected a table with {', '.join(sorted(expected))}, found {raw!r}")
    if unknown := set(raw) - expected:
        raise CatalogueError(f"{where}: unknown field {', '.join(sorted(unknown))}")
    if missing := expected - set(raw):
        raise CatalogueError(f"{where}: missing field {', '.join(sorted(missing))}")


def _text(raw: Any, where: str) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise CatalogueError(f"{where}: expected words, found {raw!r}")
    return raw


def _list(raw: Any, where: str) -> list[Any]:
    if not isinstance(raw, list):
        raise CatalogueError(f"{where}: expected a list, found {raw!r}")
    return raw


def _yes_or_no(raw: Any, where: str) -> bool:
    if not isinstance(raw, bool):
        raise CatalogueError(f"{where}: expected true or false, found {raw!r}")
    return raw


def _one_of(raw: Any, allowed: tuple[str, ...], where: str) -> Any:
    if raw not in allowed:
        raise CatalogueError(f"{where}: expected {' or '.join(allowed)}, found {raw!r}")
    return raw


def _day(raw: Any, where: str) -> date | None:
    if raw in (None, NOTHING):
        return None
    if type(raw) is date:  # TOML already gives a date
        return raw
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError) as error:
        raise CatalogueError(f"{where}: expected a date as 2026-09-20, found {raw!r}") from error
