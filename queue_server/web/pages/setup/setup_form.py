"""One part of the setup as a form, and what was typed in it as a change of the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from queue_server.guidance.catalogue import Catalogue
from queue_server.guidance.guide_reader import NOTHING
from queue_server.setup.checking import Found
from queue_server.setup.document import Document, Path_
from queue_server.setup.draft_desk import SomebodyWasQuicker, mark_of
from queue_server.setup.fields import UNSET, Field
from queue_server.setup.service_facts import MAY_BE_NONE, facts_wrong
from queue_server.setup.service_lists import LISTS, Column, written_rows
from queue_server.setup.typed import FieldWrong, read_typed, typed_of
from queue_server.web.context import here
from queue_server.web.pages.setup.setup_sections import Section
from queue_server.web.pages.setup.setup_words import (
    fault_said,
    field_help,
    field_label,
    field_said,
    option_said,
    source_said,
    value_in,
    value_said,
)
from queue_server.web.words import find_word, word

Typed = Mapping[str, Sequence[str]]
Wanted = list[tuple[Field, Any]]  # what to write, field by field; UNSET takes out
EMPTY: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class FormField:
    """What the template draws. `typed` holds texts by the input's name."""

    name: str
    kind: str
    label: str
    help: str
    typed: Mapping[str, Sequence[str]]
    default: str
    is_own: bool  # the hall has said something here, which a reset takes out
    may_be_empty: bool
    options: list[tuple[str, str]]
    problem: str = ""
    columns: Sequence[Column] = ()  # of a table
    rows: int = 0
    nothing: str = ""  # what it means to choose nothing
    theirs: str = ""  # what the draft says now, where somebody else was quicker


@dataclass(slots=True)
class Answer:
    """What became of a form: the problems by field, those of the part as a whole, and whether somebody was quicker."""

    problems: dict[str, str] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)
    quicker: bool = False

    @property
    def is_sound(self) -> bool:
        return not self.problems and not self.general and not self.quicker


@dataclass(frozen=True, slots=True)
class Asking:
    """How a form is drawn. `typed`: what was just sent, shown again with its problems. `defaults`: what holds where
    the hall says nothing, by field, if that is not the program's own."""

    language: str
    choices: Mapping[str, list[tuple[str, str]]]
    defaults: Mapping[str, Any]
    typed: Typed | None = None
    answer: Answer = field(default_factory=Answer)


def form_fields(section: Section, part: Any, ask: Asking) -> list[FormField]:
    return [_form_field(section, one, value_in(part, one.path), ask) for one in section.fields()]


def _form_field(section: Section, one: Field, value: Any, ask: Asking) -> FormField:
    language = ask.language
    default = ask.defaults.get(one.name, one.default)
    shown = {f"{one.name}{end}": texts for end, texts in typed_of(one, default if value is UNSET else value).items()}
    names = (*shown, f"{one.name}.all")
    typed = {name: list(ask.typed.get(name, [])) for name in names} if ask.typed is not None else shown
    table = LISTS.get(one.path[-1]) if one.kind == "table" else None
    is_theirs = ask.answer.quicker and any(typed.get(name, []) != texts for name, texts in shown.items())
    return FormField(
        name=one.name,
        kind=one.kind,
        label=field_label(section, one.path, language),
        help=field_help(section, one, language),
        typed={name: typed.get(name, []) for name in names},
        default="" if default is UNSET else default_said(section, one, default, language),
        is_own=value is not UNSET and default is not UNSET,
        may_be_empty=one.may_be_empty,
        options=_chosen_first(typed.get(one.name, []), ask.choices.get(one.kind, []))
        if one.kind in ("services", "sources")
        else ask.choices.get(one.kind) or [(name, option_said(one, name, language)) for name in one.options],
        problem=ask.answer.problems.get(one.name, ""),
        nothing=nothing_said(section, one, language),
        columns=table.columns if table else (),
        rows=len(shown) // len(table.columns) if table else 0,
        theirs=field_said(section, one.path, default if value is UNSET else value, language) if is_theirs else "",
    )


def nothing_said(section: Section, one: Field, language: str) -> str:
    own = find_word(f"setup.nothing_{section.name}_{one.path[-1]}", language)
    return own or word("setup.nothing", language)


def _chosen_first(chosen: Sequence[str], options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of fifty services the eleven that are ticked need not be looked for."""
    return sorted(options, key=lambda option: option[0] not in chosen)


def default_said(section: Section, one: Field, default: Any, language: str) -> str:
    """Nothing, where the default is to say nothing."""
    is_nothing = default in (None, "", {}) and one.kind not in ("services", "counters")
    if is_nothing:
        return ""
    if one.kind == "table":
        return word("setup.catalogues_rows", language, many=len(default))
    if one.kind == "spans" and not default:
        return word("setup.closed_that_day", language)
    return field_said(section, one.path, default, language)


def change_of(
    section: Section, typed: Typed, answer: Answer, language: str, reset: str = "", defaults: Mapping[str, Any] = EMPTY
) -> Wanted:
    """Fields that cannot be read go into `answer`."""
    wanted: Wanted = []
    problems: dict[str, str] = {}
    for one in section.fields():
        try:
            value = UNSET if one.name == reset else read_typed(one, typed)
            if value is UNSET and one.name != reset and one.name in MAY_BE_NONE and defaults.get(one.name):
                value = NOTHING  # emptied, where the catalogue says something
            wanted.append((one, value))
        except FieldWrong as error:
            problems[one.name] = error.code
    if section.name == "services" and not problems:
        confirming = {source.key for source in here().setup.catalogue.sources.values() if source.confirms}
        problems = facts_wrong({one.name: value for one, value in wanted}, defaults, confirming)
    answer.problems |= {name: word(f"setup.fault_{code}", language) for name, code in problems.items()}
    return wanted


def write_part(document: Document, path: Path_, wanted: Wanted, defaults: Mapping[str, Any]) -> None:
    """A value that is the default and was never written stays unwritten: the file says only what the hall decided."""
    for one, value in wanted:
        place = (*path, *one.path)
        default = defaults.get(one.name, one.default)
        if one.kind == "table" and value is not UNSET:
            value = written_rows(one.path[-1], value, [*(document.plain(place) or ()), *default])
        if one.kind == "words" and value is not UNSET:
            value = with_edges_of(str(default), value)
        if value is UNSET:
            document.take_out(place)
        elif says_the_same(one, document.plain(place) or default, value):
            continue
        elif document.plain(place) is not None or default is UNSET or value != default:
            document.put(place, value)


def says_the_same(one: Field, written: Any, value: Any) -> bool:
    """Words that the file gives a source of their own, and ticks, whose order says nothing."""
    if one.kind == "sources":
        return set(written) == set(value)
    if one.kind != "both" or not isinstance(written, Mapping) or not isinstance(value, Mapping):
        return False
    return all(written.get(language) == value.get(language) for language in ("zh", "en"))


def with_edges_of(default: str, typed: str) -> str:
    """Some sentences stand between others: the spaces around them are the program's, and no one sees them in a form."""
    text = default.strip()
    before, _, after = default.partition(text) if text else ("", "", "")
    return f"{before}{typed}{after}"


def check_mark(document: Document, path: Path_, seen: str) -> None:
    if mark_of(document.plain(path)) != seen:
        raise SomebodyWasQuicker


def sort_faults(found: list[Found], path: Path_, section: Section, answer: Answer, language: str) -> None:
    """Each fault to its field; what has none stands above the form."""
    names = sorted((one.name for one in section.fields()), key=len, reverse=True)
    for one in found:
        rest = ".".join(str(part) for part in one.path[len(path) :])
        name = next((name for name in names if rest == name or rest.startswith(f"{name}.")), None)
        said = fault_said(one, language)
        if name is None:
            answer.general.append(said)
        else:
            answer.problems.setdefault(name, said)


def choices_of(hall: Mapping[str, Any], catalogue: Catalogue, language: str) -> dict[str, list[tuple[str, str]]]:
    """What zones, counters and services a form offers: those of the draft, with their names."""
    zones = [(str(zone.get("id")), value_said(zone.get("name"), language)) for zone in hall.get("zones", [])]
    counters = [
        (str(counter.get("id")), word("setup.row_counters", language, id=counter.get("id"), name="", zone="").strip())
        for counter in hall.get("counters", [])
    ]
    services = [(one.id, one.plain_name.in_language(language)) for one in catalogue.services]
    sources = [(one.key, source_said(one, language)) for one in catalogue.sources.values()]
    return {"zone": zones, "counter": counters, "counters": counters, "services": services, "sources": sources}
