"""Pages on which a part of the setup is read and edited: one form, or rows with a form each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from queue_server.screen_words import SURFACES
from queue_server.setup.checking import Found
from queue_server.setup.document import Document, Path_
from queue_server.setup.draft_desk import SomebodyWasQuicker, mark_of
from queue_server.setup.fields import UNSET, Field
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.pages.setup.setup_form import (
    Answer,
    Asking,
    change_of,
    check_mark,
    choices_of,
    form_fields,
    sort_faults,
    write_part,
)
from queue_server.web.pages.setup.setup_frame import desk, draw, go_on
from queue_server.web.pages.setup.setup_sections import GROUPS, SECTIONS, Section
from queue_server.web.pages.setup.setup_table import (
    NEW,
    are_own,
    defaults_of,
    facts,
    keyed_name,
    keyed_rows,
    part_at_row,
    row_key,
    row_path,
    table_rows,
    write_default_rows,
)
from queue_server.web.pages.setup.setup_words import field_label, row_name, section_name
from queue_server.web.security import needs_role, who
from queue_server.web.words import find_word, reader_language, word


def add_to(page: Blueprint) -> None:
    page.get("/setup/figures")(show_figures)
    page.get("/setup/<name>")(show_section)
    page.post("/setup/<name>")(save_section)
    page.post("/setup/<name>/defaults")(reset_rows)
    page.get("/setup/<name>/<row>")(show_row)
    page.post("/setup/<name>/<row>")(save_row)
    page.post("/setup/<name>/<row>/remove")(remove_row)


def find_section(name: str) -> Section:
    section = SECTIONS.get(name)
    if section is None:
        raise ApiError(404, "not_found")
    return section


@needs_role("administrator")
def show_figures() -> tuple[str, int]:
    return draw("setup_figures.html", "figures", parts=[_figure(one, reader_language()) for one in GROUPS["figures"]])


def _figure(section: Section, language: str) -> dict[str, Any]:
    part = desk().part(section.path)
    rows = part if isinstance(part, list) else [part] if part else []
    shown = [facts(section, row, language) for row in rows]
    return {
        "section": section.name,
        "name": section_name(section, language),
        "many": len(rows),
        "is_list": section.rows,
        "facts": shown[0] if len(shown) == 1 else [],
        "is_confirmed": bool(rows) and all(row.get("confirmed") for row in rows),
    }


@needs_role("administrator")
def show_section(name: str) -> tuple[str, int]:
    section = find_section(name)
    return show_rows(section) if section.rows else show_part(section, section.path)


@needs_role("administrator")
def show_row(name: str, row: str) -> tuple[str, int]:
    section = find_section(name)
    return show_part(section, row_path(section, row), row=row)


@needs_role("administrator")
def save_section(name: str) -> Response | tuple[str, int]:
    section = find_section(name)
    return save_part(section, section.path)


@needs_role("administrator")
def save_row(name: str, row: str) -> Response | tuple[str, int]:
    section = find_section(name)
    return save_part(section, row_path(section, row), row=row)


@needs_role("administrator")
def remove_row(name: str, row: str) -> Response:
    section = find_section(name)
    path = row_path(section, row)
    if not section.may_add or row == NEW:
        raise ApiError(404, "not_found")

    def remove(document: Document) -> None:
        write_default_rows(section, document)
        check_mark(document, path[1:], request.form.get("seen", ""))
        document.take_out(path[1:])
        if section.default_rows() and not document.plain(section.path[1:]):
            document.take_out(section.path[1:])
            document.put(section.path[1:], [])  # none at all, and not the program's

    try:
        desk().change(str(path[0]), remove, lambda _: False, by=who().id, at=here().hall.clock.now())
    except SomebodyWasQuicker:
        return go_on(f"/setup/{name}/{row}")
    return go_on(f"/setup/{name}", "kept")


# --- rows


def show_rows(section: Section) -> tuple[str, int]:
    language, asked = reader_language(), request.args
    surface, sought = asked.get("in", ""), asked.get("find", "").strip()
    is_wording = section.name == "wording"
    if is_wording and surface not in SURFACES and not sought:
        surface = SURFACES[0]  # some hundred sentences on a page are enough
    rows = keyed_rows(section, language, surface, sought) if section.keyed else table_rows(section, language)
    return draw(
        "setup_rows.html",
        index_line(section),
        section=section.name,
        title=section_name(section, language),
        lead=lead(section, language),
        rows=rows,
        may_add=section.may_add,
        may_reset=are_own(section),
        are_defaults=bool(section.default_rows()) and not are_own(section),
        sought=sought,
        surface=surface,
        surfaces=[(one, word(f"setup.surface_{one}", language)) for one in SURFACES] if is_wording else [],
    )


@needs_role("administrator")
def reset_rows(name: str) -> Response:
    """Back to the rows that the program brings."""
    section = find_section(name)
    if not section.default_rows():
        raise ApiError(404, "not_found")
    take_out = partial(Document.take_out, path=section.path[1:])
    desk().change(str(section.path[0]), take_out, lambda _: False, by=who().id, at=here().hall.clock.now())
    return go_on(f"/setup/{name}", "kept")


def lead(section: Section, language: str) -> str:
    """One sentence on what the section is for, where its name alone does not say it."""
    return find_word(f"setup.lead_{section.name}", language) or ""


def index_line(section: Section) -> str:
    return "figures" if section.name.startswith("fund_") else section.name


# --- one part


def show_part(section: Section, path: Path_, row: str = "", answer: Answer | None = None) -> tuple[str, int]:
    """The form; after a refusal with what was typed."""
    language, answer = reader_language(), answer or Answer()
    part = part_at_row(section, path) if row else desk().part(path)
    choices = choices_of(desk().part(("hall",)) or {}, here().setup.catalogue, language)
    choices["people"] = people_offered((part or {}).get("people", ()), language)
    typed = request.form.to_dict(flat=False) if request.method == "POST" else None
    ask = Asking(language, choices, defaults_of(section, row), typed, answer)
    labels = {name: field_label(section, tuple(name.split(".")), language) for name in answer.problems}
    return draw(
        "setup_part.html",
        index_line(section),
        status=200 if answer.is_sound else 409 if answer.quicker else 422,
        section=section.name,
        row=row,
        title=title_of(section, part, row, language),
        above=section_name(section, language) if row else "",
        lead="" if row else lead(section, language),
        may_remove=section.may_add and row not in ("", NEW),
        may_copy=section.may_add and row not in ("", NEW) and section.path[0] == "fund",
        seen=mark_of(part),
        fields=form_fields(section, part or {}, ask),
        answer=answer,
        problems=[(labels[name], name, text) for name, text in answer.problems.items()],
    )


def people_offered(named: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Everybody who works here, and whoever is named and does not any more."""
    known = {one.id: one.name for one in here().hall_file.people}
    gone = [one for one in named if one not in known]
    left = [(one, word("setup.has_left", language, name=here().person_name(one))) for one in gone]
    return [*sorted(known.items(), key=lambda one: one[1]), *left]


def title_of(section: Section, part: Any, row: str, language: str) -> str:
    if row in ("", NEW):
        name = section_name(section, language)
        return word("setup.new_row", language, section=name) if row else name
    if section.keyed:
        return keyed_name(section, row, language) or row
    return row_name(section, row_key(part, int(row)), part, language)


def save_part(section: Section, path: Path_, row: str = "") -> Response | tuple[str, int]:
    language, answer = reader_language(), Answer()
    reset = request.form.get("reset", "")
    defaults = defaults_of(section, row)
    wanted = change_of(section, request.form.to_dict(flat=False), answer, language, reset, defaults)
    if not answer.is_sound:
        return show_part(section, path, row, answer)

    def write(document: Document) -> None:
        write_default_rows(section, document)
        check_mark(document, path[1:], request.form.get("seen", ""))
        if row == NEW:
            document.add_row(section.path[1:], {one.name: value for one, value in wanted if _is_said(one, value)})
        else:
            write_part(document, path[1:], wanted, defaults)

    def blocks(found: Found) -> bool:
        is_of_services = section.path == found.path == ("hall", "services")
        return found.path[: len(path)] == path or is_of_services

    before = desk().texts()
    try:
        found = desk().change(str(path[0]), write, blocks, by=who().id, at=here().hall.clock.now())
    except SomebodyWasQuicker:
        answer.quicker = True
        return show_part(section, path, row, answer)
    if found:
        sort_faults(found, path, section, answer, language)
        return show_part(section, path, row, answer)
    stays = f"/setup/{section.name}/{row}" if row else f"/setup/{section.name}"
    return go_on(stays if reset else f"/setup/{section.name}", "kept" if desk().texts() != before else "unchanged")


def _is_said(one: Field, value: Any) -> bool:
    """Nothing chosen says something where the default would be something."""
    return value is not UNSET and (value not in ("", [], False) or one.default not in (UNSET, None, "", [], False))
