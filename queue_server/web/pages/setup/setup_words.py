"""Parts, changes and faults of the setup, said to whoever reads the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from queue_server.guidance.catalogue import Bilingual, Source
from queue_server.screen_words import program_words
from queue_server.setup.changes import Change, part_at
from queue_server.setup.checking import Found
from queue_server.setup.fields import UNSET, Field
from queue_server.setup.service_lists import LISTS
from queue_server.setup.versions import Texts
from queue_server.web.context import here
from queue_server.web.pages.setup.setup_sections import SECTIONS, Section
from queue_server.web.views import said
from queue_server.web.words import find_word, word

LONGEST_SAID = 160


def section_name(section: Section, language: str) -> str:
    return word(f"setup.{section.name}", language)


def field_label(section: Section | None, path: tuple[str, ...], language: str) -> str:
    """The field's own words in its section, else those of its name; parts within are named before it."""
    within = [field_label(section, path[:1], language)] if len(path) > 1 else []
    keys = [f"setup.field_{section.name}_{path[-1]}"] if section else []
    own = next((found for key in [*keys, f"setup.field_{path[-1]}"] if (found := find_word(key, language))), path[-1])
    return " · ".join([*within, own])


def field_help(section: Section, field: Field, language: str) -> str:
    keys = (f"setup.help_{section.name}_{field.path[-1]}", f"setup.help_{field.path[-1]}", f"setup.help_{field.kind}")
    return next((found for key in keys if (found := find_word(key, language))), "")


def value_said(value: Any, language: str) -> str:
    """A value of the file in one line; the whole of a long text stands in the form."""
    match value:
        case None | "":
            return word("setup.nothing", language)
        case bool():
            return word("setup.yes" if value else "setup.no", language)
        case {"zh": zh, "en": en, **rest} if not rest:
            text = said(Bilingual(str(zh), str(en)), language)
        case Mapping():
            text = ("；" if language == "zh" else "; ").join(
                f"{field_label(None, (str(key),), language)} {value_said(one, language)}" for key, one in value.items()
            )
        case list() | tuple():
            joined = ("、" if language == "zh" else ", ").join(value_said(one, language) for one in value)
            text = joined or word("setup.nothing", language)
        case date():
            text = value.isoformat()
        case float():
            text = f"{value:g}"
        case _:
            text = str(value)
    return text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…"


def value_in(part: Any, path: tuple[str, ...]) -> Any:
    """UNSET where the part says nothing there."""
    for key in path:
        if not isinstance(part, Mapping) or key not in part:
            return UNSET
        part = part[key]
    return part


def field_said(section: Section | None, path: tuple[str, ...], value: Any, language: str) -> str:
    """The value of a field as its form shows it: options, zones and services by their names."""
    field = next((one for one in section.fields() if one.path == path), None) if section else None
    if field is None:
        return value_said(value, language)
    if field.kind == "table" and isinstance(value, list):
        return value_said([LISTS[field.path[-1]].flat(row).get(language, "") for row in value], language)
    if isinstance(value, list):
        named = [_named(field, one, language) for one in value]
        return value_said(named, language)
    if value is None and field.kind in ("services", "counters"):
        return word("setup.everything", language)
    return value_said(_named(field, value, language), language)


def _named(field: Field, value: Any, language: str) -> Any:
    hall_file = here().hall_file
    if field.kind in ("choice", "many"):
        return option_said(field, str(value), language)
    if field.kind == "zone" and value in hall_file.zones:
        return hall_file.zones[value].name.in_language(language)
    if field.kind == "services" and value in hall_file.catalogue:
        return hall_file.catalogue.service(value).plain_name.in_language(language)
    if field.kind == "sources" and value in hall_file.catalogue.sources:
        return source_said(hall_file.catalogue.sources[value], language)
    if field.kind == "people":
        return here().person_name(value)
    if field.kind == "spans":
        return "–".join(value)
    return value


def source_said(source: Source, language: str) -> str:
    """Its title, and whether it can confirm anything here."""
    return word("setup.source_confirms" if source.confirms else "setup.source_not", language, title=source.title)


def option_said(field: Field, option: str, language: str) -> str:
    own = f"setup.option_{field.path[-1]}_{option}"
    return word(own if find_word(own, language) else f"setup.option_{option}", language)


def row_name(section: Section, key: str, row: Any, language: str) -> str:
    """What a row is called: 3 号窗口, 智慧网办区, 2027-01-01 元旦."""
    row = row if isinstance(row, Mapping) else {}
    name = row.get("name") or row.get("reason") or row.get("words") or (row if set(row) == {"zh", "en"} else "")
    shown = value_said(name, language) if name else ""
    chosen = {}
    if "on" in row:  # an alert rule: by what it looks at
        shown = word(f"setup.option_on_{row['on']}", language)
        chosen = {"level": word(f"setup.option_level_{row.get('level', 'look')}", language)}
    return word(f"setup.row_{section.name}", language, id=key, name=shown, zone=row.get("zone", ""), **chosen).strip()


def section_at(path: tuple[str, ...]) -> Section | None:
    """The section that a change or a fault belongs to: the longest way that fits."""
    fitting = [
        section
        for section in SECTIONS.values()
        if path[: len(section.path)] == section.path
        and (not section.only or section.rows or path[len(section.path) :][:1] in [(name,) for name in section.only])
    ]
    return max(fitting, key=lambda section: len(section.path), default=None)


def changes_said(found: list[Change], before: Texts, after: Texts, language: str) -> list[dict[str, str]]:
    return [_change_said(one, before, after, language) for one in found]


def _change_said(change: Change, before: Texts, after: Texts, language: str) -> dict[str, str]:
    section, rest = section_at(change.path), change.path[1:]
    where = " · ".join(rest)
    if section is not None:
        where, rest = section_name(section, language), change.path[len(section.path) :]
        if section.rows and rest:
            way = (*section.path, rest[0])
            row = part_at(after, way) or part_at(before, way)
            if section.name == "services":
                row = _service_row(rest[0])
            if section.name == "wording":
                row = {"name": program_words(rest[0])}
            where, rest = f"{where} · {row_name(section, rest[0], row, language)}", rest[1:]
    else:
        rest = ()
    return {
        "kind": change.kind,
        "where": where,
        "what": field_label(section, rest, language) if rest else "",
        "before": "" if change.kind == "added" else _side(section, rest, change.before, language),
        "after": "" if change.kind == "removed" else _side(section, rest, change.after, language),
        **_other_language(change, language),
    }


def _service_row(service: str) -> dict[str, Any]:
    catalogue = here().setup.catalogue
    if service not in catalogue:
        return {}
    name = catalogue.service(service).plain_name
    return {"name": {"zh": name.zh, "en": name.en}}


def _side(section: Section | None, path: tuple[str, ...], value: Any, language: str) -> str:
    """A field's value; of a whole row what each of its fields says."""
    if path or not isinstance(value, Mapping) or section is None:
        return field_said(section, path, value, language)
    said_by_field = [
        f"{field_label(section, one.path, language)} {field_said(section, one.path, said_of_it, language)}"
        for one in section.fields()
        if (said_of_it := value_in(value, one.path)) is not UNSET
    ]
    return ("；" if language == "zh" else "; ").join(said_by_field) or value_said(value, language)


def _other_language(change: Change, language: str) -> dict[str, str]:
    """Where only the other language's words change, both sides would look the same: then the others are shown."""
    both = (change.before, change.after)
    if not all(isinstance(one, Mapping) and {"zh", "en"} == set(one) for one in both):
        return {}
    other = "en" if language == "zh" else "zh"
    if change.before[language] != change.after[language]:
        return {}
    return {"before": str(change.before[other]), "after": str(change.after[other])}


def fault_said(found: Found, language: str) -> str:
    """The code's own words; the checker's English sentence for what nobody has put into words yet."""
    fault = found.fault
    key = f"setup.fault_{fault.code}"
    if not fault.code or find_word(key, language) is None:
        return fault.what
    return word(key, language, **{**fault.values, "line": fault.line, "column": fault.column or "—"})
