"""All services of the hall in plain words, read from the packaged data and changed by a hall's own settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from queue_server.guidance.guide_reader import CENTRE, FIELDS, GuideReader, read_bilingual, read_source
from queue_server.guidance.guides import (
    Bilingual,
    CatalogueError,
    Coaching,
    Language,
    Material,
    ServiceGuide,
    Source,
    Statement,
    TypicalMinutes,
)

__all__ = [
    "Bilingual",
    "Catalogue",
    "CatalogueError",
    "Category",
    "Coaching",
    "Language",
    "Material",
    "ServiceGuide",
    "Source",
    "Statement",
    "TypicalMinutes",
    "load_catalogue",
]

DATA = files("queue_server.guidance") / "catalogue"
CATEGORIES = ("deposit", "withdrawal", "loan", "enquiry", "general")
CHANGEABLE = FIELDS - {"id"}


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    title: Bilingual
    prefix: str
    services: tuple[ServiceGuide, ...]


@dataclass(frozen=True)
class Catalogue:
    categories: tuple[Category, ...]
    sources: Mapping[str, Source]
    _files: tuple[Mapping[str, Any], ...] = field(repr=False)  # as read, so that a change passes the same checks
    _by_id: Mapping[str, ServiceGuide] = field(repr=False, compare=False)

    @property
    def services(self) -> tuple[ServiceGuide, ...]:
        return tuple(self._by_id.values())

    def service(self, service_id: str) -> ServiceGuide:
        """Raises KeyError for an unknown id."""
        return self._by_id[service_id]

    def __contains__(self, service_id: object) -> bool:
        return service_id in self._by_id

    def as_read(self, service: str) -> Mapping[str, Any]:
        """A service as the data has it, word for word."""
        return next(one for raw in self._files for one in raw["services"] if one["id"] == service)

    def with_changes(self, changes: Mapping[str, Mapping[str, Any]]) -> Catalogue:
        """A new catalogue in which a hall's own fields replace ours; each change passes the same checks as our data."""
        if unknown := sorted(set(changes) - set(self._by_id)):
            raise CatalogueError(f"unknown service {', '.join(unknown)}")
        return _build([_changed_file(raw, changes) for raw in self._files], self.sources)


def load_catalogue() -> Catalogue:
    """Reads the packaged data. Raises CatalogueError at the first contradiction."""
    about = _read("sources")
    sources = {key: read_source(key, raw, about["classes"]) for key, raw in about["sources"].items()}
    return _build([_read(category) for category in CATEGORIES], sources)


def _read(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def _build(raw_files: list[Mapping[str, Any]], sources: Mapping[str, Source]) -> Catalogue:
    reader = GuideReader(sources)
    categories = tuple(_read_category(reader, raw) for raw in raw_files)
    by_id: dict[str, ServiceGuide] = {}
    names: dict[str, str] = {}
    for category in categories:
        for guide in category.services:
            if guide.id in by_id:
                raise CatalogueError(f"{guide.id}: the same id twice")
            by_id[guide.id] = guide
            for name in (guide.plain_name.zh, guide.plain_name.en):
                if name in names:
                    raise CatalogueError(f"{guide.id}.plain_name: {name!r} is already the name of {names[name]}")
                names[name] = guide.id
    return Catalogue(categories, sources, tuple(raw_files), by_id)


def _read_category(reader: GuideReader, raw: Mapping[str, Any]) -> Category:
    about = raw["category"]
    category, prefix = about["id"], about["prefix"]
    services = tuple(reader.read(service, category, prefix) for service in raw["services"])
    return Category(category, read_bilingual(about["title"], f"category {category}.title"), prefix, services)


def _changed_file(raw: Mapping[str, Any], changes: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    services = raw["services"]
    changed = [_changed(one, changes[one["id"]]) if one["id"] in changes else one for one in services]
    return {**raw, "services": changed}


def _changed(service: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    where = service["id"]
    if not isinstance(change, Mapping):
        raise CatalogueError(f"{where}: expected fields to change, found {change!r}")
    if unknown := sorted(set(change) - CHANGEABLE):
        raise CatalogueError(f"{where}: {', '.join(unknown)} cannot be changed; known: {', '.join(sorted(CHANGEABLE))}")
    changed = {**service, **change}
    if "typical_minutes" in change and not isinstance(change["typical_minutes"], Mapping):
        changed["typical_minutes"] = {"value": change["typical_minutes"], "basis": "centre"}
    if "materials" in change:
        changed["materials"] = _centre_materials(change["materials"])
    elif change.get("confirmed_by_centre") is True:
        # Whoever confirms the service has read its list of materials.
        changed["materials"] = [{**one, "source": CENTRE, "confirmed": True} for one in service["materials"]]
    if change.get("confirmed_by_centre") is True and "sources" not in change:
        changed["sources"] = [*dict.fromkeys([*service["sources"], CENTRE])]
    if isinstance(change.get("coaching"), Mapping):  # what the hall does not say of it stays
        changed["coaching"] = {**service["coaching"], **change["coaching"]}
    if isinstance(change.get("time_limit"), Mapping):
        changed["time_limit"] = _centre_statement(change["time_limit"], service["time_limit"])
    return changed


def _centre_statement(said: Mapping[str, Any], usual: Mapping[str, Any]) -> Mapping[str, Any]:
    """Words without a source are the centre's own; the catalogue's very words keep their source."""
    if "source" in said:
        return said
    is_usual = all(said.get(language) == usual[language] for language in ("zh", "en"))
    return usual if is_usual else {**said, "source": CENTRE}


def _centre_materials(raw: Any) -> Any:
    """A hall writes code, name and required; what it says itself is confirmed unless it says otherwise."""
    if not isinstance(raw, list):
        return raw  # the reader refuses it with the right words
    given = {"when": None, "note": None, "source": CENTRE, "confirmed": True}
    return [{**given, **one} if isinstance(one, Mapping) else one for one in raw]
