"""From draft to what holds: what would change, publishing now or later, history, return; and the files as text."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, request
from werkzeug.wrappers import Response

from queue_server.domain.changeover import stands_in_the_way
from queue_server.hall_file import HallFileError
from queue_server.setup.changes import changes
from queue_server.setup.checking import faults
from queue_server.setup.draft_desk import text_of, with_text
from queue_server.setup.versions import AnotherIsAwaited, Texts, Version
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.pages.setup.setup_frame import author_said, desk, draw, faults_now, go_on
from queue_server.web.pages.setup.setup_words import changes_said, fault_said
from queue_server.web.security import needs_role, who
from queue_server.web.words import reader_language, word

LONGEST_NOTE = 200
FILES = {"hall-file": "hall", "fund-file": "fund"}


def add_to(page: Blueprint) -> None:
    page.get("/setup")(show_history)
    page.get("/setup/changes")(show_changes)
    page.post("/setup/publish")(publish)
    page.post("/setup/drop")(drop_draft)
    page.post("/setup/withdraw")(withdraw)
    page.post("/setup/return")(return_to)
    page.get("/setup/versions/<int:number>")(show_version)
    page.get("/setup/files/<name>")(show_file)
    page.post("/setup/files/<name>")(save_file)


# --- what would change, and publishing it


@needs_role("administrator")
def show_changes() -> tuple[str, int]:
    return draw_changes()


def draw_changes(problem: str = "", status: int = 200) -> tuple[str, int]:
    language, texts = reader_language(), desk().texts()
    found = faults_now()
    can_be_read = not any(one.fault.code == "not_toml" for one in found)
    return draw(
        "setup_changes.html",
        "changes",
        status=status,
        changes=changes_between(here().setup.in_force(), texts, language) if can_be_read else [],
        obstacles=[] if found else obstacles(texts),
        problem=problem,
        note=request.form.get("note", ""),
        now=here().hall.rules.local(here().hall.clock.now()).strftime("%Y-%m-%dT%H:%M"),
        held=here().setup.held,
    )


def changes_between(before: Texts, after: Texts, language: str) -> list[dict[str, str]]:
    return changes_said(changes(before, after), before, after, language)


def obstacles(texts: Texts) -> list[str]:
    """What of this moment would make it wait."""
    rules, language = here().setup.read(texts).rules, reader_language()
    found = here().hall.read(lambda day, at: stands_in_the_way(day, rules))
    return [word(f"setup.obstacle_{one.code}", language, what=one.what, many=one.many) for one in found]


@needs_role("administrator")
def publish() -> Response | tuple[str, int]:
    language, draft, form = reader_language(), desk().draft(), request.form
    if draft is None:
        return go_on("/setup/changes")
    if form.get("seen") != f"{draft.texts.mark}.{here().setup.held}":
        return draw_changes(word("setup.draft_moved", language), 409)
    try:
        due_at = _due(form.get("when", "now"), form.get("at", ""))
        number = here().setup.publish(
            draft.texts, author=who().id, note=form.get("note", "").strip()[:LONGEST_NOTE], at=_now(), due_at=due_at
        )
    except HallFileError:
        return draw_changes(word("setup.not_sound", language), 422)
    except AnotherIsAwaited:
        return draw_changes(word("setup.another_awaited", language), 409)
    except ValueError:
        return draw_changes(word("setup.fault_not_later", language), 422)
    here().setup.versions.drop_draft()
    return after_publishing(number, "published")


def _now() -> datetime:
    return here().hall.clock.now()


def _due(when: str, at: str) -> datetime:
    """Raises ValueError for what is no moment, or one that has passed."""
    if when != "later":
        return _now()
    due_at = datetime.fromisoformat(at).replace(tzinfo=here().hall.rules.timezone)
    if due_at <= _now():
        raise ValueError("has passed")
    return due_at


def after_publishing(number: int, done: str) -> Response:
    """Let it begin at once where it can, and say which of the three became of it."""
    context = here()
    context.setup.follow(context.hall, context.take_hall_file)
    if context.setup.held == number:
        return go_on("/setup", done)
    return go_on("/setup", "waits" if context.setup.obstacles else "later")


@needs_role("administrator")
def drop_draft() -> Response:
    draft = desk().draft()
    if draft is not None and request.form.get("seen") == draft.texts.mark:
        here().setup.versions.drop_draft()
        return go_on("/setup", "dropped")
    return go_on("/setup/changes")


# --- history


@needs_role("administrator")
def show_history() -> tuple[str, int]:
    return draw_history()


def draw_history(problem: str = "", status: int = 200) -> tuple[str, int]:
    language, setup = reader_language(), here().setup
    versions = setup.versions.all()
    return draw(
        "setup_history.html",
        "history",
        status=status,
        versions=[_row(version, versions, language) for version in versions],
        problem=problem,
    )


def _row(version: Version, versions: list[Version], language: str) -> dict[str, object]:
    before = _before(version, versions)
    is_held = version.number == here().setup.held
    state = "holds" if is_held else "withdrawn" if version.withdrawn_at else "past" if version.started_at else "awaited"
    return {
        "number": version.number,
        "by": author_said(version, language),
        "note": version.note,
        "published": version.published_at,
        "started": version.started_at,
        "state": state,
        "returned_to": version.returned_to,
        "many": len(changes(before.texts, version.texts)) if before else 0,
        "may_return": state in ("past", "withdrawn"),
    }


def _before(version: Version, versions: list[Version]) -> Version | None:
    """What held when it was published."""
    earlier = [one for one in versions if one.number < version.number and one.started_at is not None]
    return max(earlier, key=lambda one: one.number, default=None)


@needs_role("administrator")
def show_version(number: int) -> tuple[str, int]:
    language, versions = reader_language(), here().setup.versions.all()
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise ApiError(404, "not_found")
    before, held = _before(version, versions), here().setup.in_force()
    return draw(
        "setup_version.html",
        "history",
        version=_row(version, versions, language),
        changes=changes_between(before.texts, version.texts, language) if before else [],
        back=changes_between(held, version.texts, language),
    )


@needs_role("administrator")
def withdraw() -> Response:
    awaited = here().setup.versions.awaited()
    if awaited is not None and request.form.get("number") == str(awaited.number):
        here().setup.versions.withdraw(awaited.number, _now())
        here().setup.obstacles = []
        return go_on("/setup", "withdrawn")
    return go_on("/setup")


@needs_role("administrator")
def return_to() -> Response | tuple[str, int]:
    """One touch: the old words hold again at once, as a version of their own."""
    language, number = reader_language(), request.form.get("number", "")
    version = here().setup.versions.find(int(number)) if number.isdigit() else None
    if version is None:
        raise ApiError(404, "not_found")
    try:
        now = _now()
        new = here().setup.publish(
            version.texts, author=who().id, note="", at=now, due_at=now, returned_to=version.number
        )
    except HallFileError as error:
        return draw_history(word("setup.cannot_return", language, said=str(error.faults[0])), 409)
    except AnotherIsAwaited:
        return draw_history(word("setup.another_awaited", language), 409)
    return after_publishing(new, "returned")


# --- the files as text


@needs_role("administrator")
def show_file(name: str) -> Response | tuple[str, int]:
    where = _where(name)
    if request.args.get("as") == "file":
        file = f"{here().hall_file.id}{'.fund' if where == 'fund' else ''}.toml"
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return Response(text_of(desk().texts(), where), mimetype="application/toml", headers=headers)
    return draw_file(name, text_of(desk().texts(), where))


def _where(name: str) -> str:
    if name not in FILES:
        raise ApiError(404, "not_found")
    return FILES[name]


def draw_file(name: str, text: str, problems: list[dict[str, str]] | None = None) -> tuple[str, int]:
    status = 422 if problems else 200
    return draw("setup_file.html", name, status=status, name=name, text=text, problems=problems or [])


@needs_role("administrator")
def save_file(name: str) -> Response | tuple[str, int]:
    """A whole file, pasted or chosen: kept only when it is sound. Each fault has its line, and no letter is lost."""
    where, language = _where(name), reader_language()
    chosen = request.files.get("file")
    text = chosen.read().decode("utf-8", "replace") if chosen else request.form.get("text", "")
    text = text.replace("\r\n", "\n")
    texts = with_text(desk().texts(), where, text)
    if wrong := [one for one in faults(texts, here().setup.path) if one.where == where]:
        problems = [{"line": str(one.fault.line or ""), "said": fault_said(one, language)} for one in wrong]
        return draw_file(name, text, problems)
    if not here().setup.versions.keep_draft(texts, by=who().id, at=_now(), over=request.form.get("seen", "")):
        return draw_file(name, text, [{"line": "", "said": word("setup.draft_moved", language)}])
    return go_on("/setup/changes", "kept")
