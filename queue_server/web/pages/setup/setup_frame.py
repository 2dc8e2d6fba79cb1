"""What every page of the setup shows around its own: the index, the draft with its faults, the reader's language."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from queue_server.setup.changes import changes
from queue_server.setup.checking import Found, faults
from queue_server.setup.draft_desk import DraftDesk
from queue_server.setup.versions import FROM_FILE, Version
from queue_server.web.alert_listeners import alerts_of
from queue_server.web.context import here
from queue_server.web.moments import moment_said
from queue_server.web.pages.setup.setup_sections import GROUPS
from queue_server.web.pages.setup.setup_words import fault_said, section_at, section_name
from queue_server.web.security import csrf_token, who
from queue_server.web.staff_frame import staff_frame, to
from queue_server.web.wall_view import alert_texts
from queue_server.web.words import reader_language, word


def desk() -> DraftDesk:
    return DraftDesk(here().setup)


def go_on(path: str, said: str = "") -> Response:
    return redirect(to(path, said=said), 303)


def frame(current: str) -> dict[str, Any]:
    """`current`: which line of the index this page is."""
    language = reader_language()
    return {
        "page": "setup",
        "lang": language,
        "current": current,
        "to": to,
        "index": index(language),
        "draft": draft_view(language),
        "told": told_view(language),
        "awaited": awaited_view(language),
        "staff": staff_frame(here=request.path, home="/supervisor"),
        "csrf": csrf_token(),
        "said": word(f"setup.said_{request.args['said']}", language) if request.args.get("said") in SAID else "",
        "moment": partial(moment_said, language=language),
    }


SAID = {
    *("invited", "person_changed", "locked", "unlocked", "removed", "back", "sessions_ended", "code_away"),
    *("pack_kept", "pack_gone"),
    *("kept", "unchanged", "dropped", "published", "later", "withdrawn", "waits", "shut_out", "returned"),
    *("test_sent", "find_sent"),
    *("file_kept", "file_removed"),
}


def draw(template: str, current: str, status: int = 200, **values: Any) -> tuple[str, int]:
    return render_template(template, **{**frame(current), **values}), status


def index(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(name, words)]). The centre's figures are one line, with a page of their own."""
    drawn = []
    for group, sections in GROUPS.items():
        lines = [(one.name, section_name(one, language)) for one in sections]
        if group == "figures":
            lines = [("figures", word("setup.figures", language))]
        if group == "people":
            lines.insert(0, ("people", word("setup.people", language)))
            lines.append(("audit", word("audit.head", language)))
        if group == "machines":
            lines.append(("voice-pack", word("setup.voice_pack", language)))
            lines.append(("screen-files", word("setup.screen_files", language)))
            lines.append(("printer-tests", word("setup.printer_tests", language)))
            lines.append(("devices", word("setup.devices", language)))
        drawn.append((word(f"setup.group_{group}", language), lines))
    return drawn


def faults_now() -> list[Found]:
    """What keeps the draft from being published."""
    texts, setup = desk().texts(), here().setup
    found = faults(texts, setup.path)
    lacking = None if found else setup.lacks_administrator(texts)
    return [Found("hall", lacking)] if lacking else found


def told_view(language: str) -> list[str]:
    """What the hall's rules tell administrators: said here, seen to on the supervisors' page."""
    context = here()
    is_mine = alerts_of(context, who())
    standing = context.hall.read(lambda day, at: [one for one in day.alerts.values() if one.is_open and is_mine(one)])
    return [alert_texts(one, context.hall_file)[language] for one in standing]


def _is_broken(found: list[Found]) -> bool:
    return any(one.fault.code == "not_toml" for one in found)


def draft_view(language: str) -> dict[str, Any] | None:
    """None: there is no draft, or it says what holds anyway."""
    draft = desk().draft()
    if draft is None:
        return None
    found = faults_now()
    many = 0 if _is_broken(found) else len(changes(here().setup.in_force(), draft.texts))
    return {
        "many": many,
        "mark": draft.texts.mark,
        "by": here().person_name(draft.changed_by),
        "at": moment_said(draft.changed_at, language=language),
        "faults": [{"said": fault_said(one, language), "where": fault_place(one)} for one in found],
    }


def fault_place(found: Found) -> str:
    """The page on which it can be put right."""
    if found.fault.code == "no_administrator":
        return to("/setup/people")
    section = section_at(tuple(str(part) for part in found.path))
    if section is None:
        return to("/setup/files/hall-file" if found.where == "hall" else "/setup/files/fund-file")
    row = found.path[len(section.path) :][:1]
    return to(f"/setup/{section.name}/{row[0]}" if section.rows and row else f"/setup/{section.name}")


def awaited_view(language: str) -> dict[str, Any] | None:
    version = here().setup.versions.awaited()
    if version is None:
        return None
    return {
        "number": version.number,
        "by": author_said(version, language),
        "due": moment_said(version.due_at, language=language),
        "is_due": version.is_due(here().hall.clock.now()),
        "obstacles": [
            word(f"setup.obstacle_{one.code}", language, what=one.what, many=one.many) for one in here().setup.obstacles
        ],
    }


def author_said(version: Version, language: str) -> str:
    return word("setup.the_file", language) if version.author == FROM_FILE else here().person_name(version.author)
