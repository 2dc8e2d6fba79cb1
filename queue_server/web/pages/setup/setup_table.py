"""Rows of the setup: which there are, how each is named, and where it stands in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from queue_server.domain.alert_rules import FOR_SUPERVISORS
from queue_server.guidance.catalogue import Bilingual
from queue_server.screen_words import LANGUAGES, SURFACES, keys_of, program_words
from queue_server.setup.changes import NAMES
from queue_server.setup.document import Document, Path_
from queue_server.setup.service_lists import LISTS, without_nothing
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.pages.setup.setup_frame import desk
from queue_server.web.pages.setup.setup_sections import Section
from queue_server.web.pages.setup.setup_words import field_label, field_said, row_name

NEW = "new"
SAID_IN_BOTH = ("plain_name", "official_name", "hint", "summary", "result", "zone_reason")
SHOWN_IN_ROW = 4
NAMED_BY = ("id", "name", "zh", "en", "date", "reason", "words", "zone", "source", "confirmed")
NAMED_BY_IN = {"alert_rules": ("on", "level")}


def rows_of(section: Section) -> list[dict[str, Any]]:
    """Those of the draft; where it has none of its own, those that the program brings."""
    said = desk().part(section.path)
    return section.default_rows() if said is None else said


def are_own(section: Section) -> bool:
    """The hall has rows of its own where the program would bring some."""
    return bool(section.default_rows()) and desk().part(section.path) is not None


def write_default_rows(section: Section, document: Document) -> None:
    """Before one of them changes all must stand in the file, since the file's rows take the place of the program's."""
    rows = section.default_rows()
    if rows and document.plain(section.path[1:]) is None:
        document.put_rows(section.path[1:], rows)


def row_path(section: Section, row: str) -> Path_:
    """Where in the file; a row that is to be added stands behind the last. Raises 404 for one that is not there."""
    if not section.rows:
        raise ApiError(404, "not_found")
    if section.keyed:
        if keyed_name(section, row) is None:
            raise ApiError(404, "not_found")
        return (*section.path, row)
    rows = rows_of(section)
    place = len(rows) if row == NEW and section.may_add else int(row) if row.isdigit() else -1
    if not 0 <= place < len(rows) + (row == NEW):
        raise ApiError(404, "not_found")
    return (*section.path, place)


def part_at_row(section: Section, path: Path_) -> Any:
    """What holds in the draft at a row; of none that is to be added, None."""
    if section.keyed:
        return desk().part(path)
    rows, place = rows_of(section), path[-1]
    assert isinstance(place, int)
    return rows[place] if place < len(rows) else None


def table_rows(section: Section, language: str) -> list[dict[str, Any]]:
    return [
        {
            "place": str(place),
            "name": row_name(section, row_key(row, place), row, language),
            "facts": facts(section, row, language),
        }
        for place, row in enumerate(rows_of(section))
        if not section.role or section.role in (row.get("role"), *row.get("also", ()))
    ]


def row_key(row: Mapping[str, Any], place: int) -> str:
    return next((str(row[name]) for name in NAMES if name in row), str(place + 1))


def facts(section: Section, row: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """What the hall says in a row, beside its name; of an alert always whom it tells."""
    if section.name == "alert_rules":
        row = {"tells": list(FOR_SUPERVISORS), **row}
    named = (*NAMED_BY, *NAMED_BY_IN.get(section.name, ()))
    return [
        (field_label(section, one.path, language), field_said(section, one.path, row[one.name], language))
        for one in section.fields()
        if row.get(one.name) not in (None, "", False) and one.name not in named
    ][:SHOWN_IN_ROW]


# --- rows by name: services of the catalogue, sentences of the screens


def keyed_rows(section: Section, language: str, surface: str, sought: str) -> list[dict[str, Any]]:
    """`surface` and `sought`: of the many sentences those of one screen, or that hold some words."""
    own = desk().part(section.path) or {}
    return [
        {"place": key, "name": name, "facts": keyed_facts(section, key, own.get(key, {}), language)}
        for key in keys(section, surface)
        if (name := keyed_name(section, key, language))
        if not sought or sought.lower() in f"{key} {all_said(section, key, own.get(key, {}))}".lower()
    ]


def keys(section: Section, surface: str) -> Iterator[str]:
    if section.name == "services":
        return (guide.id for guide in here().setup.catalogue.services)
    return (key for one in SURFACES if surface in ("", one) for key in keys_of(one))


def keyed_name(section: Section, key: str, language: str = "zh") -> str | None:
    """None for a key that there is not."""
    if section.name == "wording":
        usual = program_words(key)
        return None if usual is None else usual[language] or key
    catalogue = here().setup.catalogue
    return (
        row_name(section, key, {"name": words(catalogue.service(key).plain_name)}, language)
        if key in catalogue
        else None
    )


def keyed_facts(section: Section, key: str, own: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    if section.name == "wording":
        return [(field_label(section, (one,), language), own[one]) for one in LANGUAGES if one in own]
    return facts(section, own, language)


def all_said(section: Section, key: str, own: Mapping[str, Any]) -> str:
    """What a search looks in."""
    names = [keyed_name(section, key, language) or "" for language in LANGUAGES]
    return " ".join([*names, *(str(value) for value in own.values())])


def words(both: Bilingual) -> dict[str, str]:
    return {"zh": both.zh, "en": both.en}


def defaults_of(section: Section, row: str) -> dict[str, Any]:
    """Of a service what the catalogue says, of a sentence what the program does; of all else the fields' own."""
    if section.name == "wording":
        return dict(program_words(row) or {})
    if section.name != "services":
        return {}
    guide = here().setup.catalogue.service(row)
    said = {name: words(getattr(guide, name)) for name in SAID_IN_BOTH}
    read = here().setup.catalogue.as_read(row)
    lists = {name: [without_nothing(one) for one in read[name]] for name in LISTS if name in read}
    coaching = read["coaching"]
    return {
        **said,
        **lists,
        **{f"coaching.{name}": value for name, value in coaching.items()},
        **{name: getattr(guide, name) for name in ("zone", "effective_date", "effective_until")},
        **{name: list(getattr(guide, name)) for name in ("keywords", "sources")},
        "time_limit": words(guide.time_limit.text),
        "typical_minutes": guide.typical_minutes.value,
        "confirmed_by_centre": guide.confirmed_by_centre,
    }
