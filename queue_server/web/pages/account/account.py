"""A person's own page: the password, and whatever else concerns nobody but oneself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from queue_server.accounts.passwords import SHORTEST, HashingBusy
from queue_server.accounts.sessions import Session
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError
from queue_server.web.moments import moment_said
from queue_server.web.pages.welcome.welcome import password_problem
from queue_server.web.security import SESSION_COOKIE, STAFF, csrf_token, limit, needs_role, session_of, the_request, who
from queue_server.web.words import LANGUAGES, reader_language, word

HOMES = {"officer": "/desk", "guide": "/guide", "supervisor": "/supervisor", "administrator": "/setup"}
SAID = ("password_changed", "session_ended", "others_ended")


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("account", __name__, template_folder=str(Path(__file__).parent))
    page.get("/account")(show)
    page.post("/account/password")(change_password)
    page.post("/account/sessions/end")(end_session)
    return page


@needs_role(*STAFF)
def show() -> tuple[str, int]:
    return draw()


def draw(problem: str = "", status: int = 200, **shown: Any) -> tuple[str, int]:
    language, someone = reader_language(), who()
    said = request.args.get("said", "")
    page = render_template(
        "account.html",
        page="account",
        me=someone,
        role=word(f"staff.role_{someone.role}", language),
        home=HOMES[someone.role],
        csrf=csrf_token(),
        to=to,
        problem=problem,
        said=word(f"account.said_{said}", language) if said in SAID else "",
        least=SHORTEST,
        sessions=[session_view(one) for one in here().accounts.sessions.of(someone.id)],
        other_language=f"/account?lang={'zh' if language == 'en' else 'en'}",
        **shown,
    )
    return page, status


def session_view(session: Session) -> dict[str, Any]:
    """Where and since when."""
    now = session_of(the_request())
    assert session.opened_at is not None
    return {
        "id": session.id,
        "browser": session.browser or word("account.session_program", reader_language()),
        "counter": session.counter or "",
        "address": session.address,
        "since": moment_said(session.opened_at, language=reader_language()),
        "used": moment_said(session.used_at or session.opened_at, language=reader_language()),
        "is_here": now is not None and now.key == session.key,
    }


@needs_role(*STAFF)
def end_session() -> Response:
    sessions, chosen = here().accounts.sessions, request.form.get("id", "")
    if chosen:
        sessions.close_one_of(who().id, chosen)
    else:
        sessions.close_all_of(who().id, but=request.cookies.get(SESSION_COOKIE, ""))
    return redirect(to("/account", "session_ended" if chosen else "others_ended"), 303)


def to(path: str, said: str = "") -> str:
    asked = request.args.get("lang")
    kept = [*([f"lang={asked}"] if asked in LANGUAGES else []), *([f"said={said}"] if said else [])]
    return f"{path}?{'&'.join(kept)}" if kept else path


@needs_role(*STAFF)
def change_password() -> Response | tuple[str, int]:
    """All other sessions end: whoever knew the old password is out with it."""
    someone, accounts = who(), here().accounts
    limit("sign_in_person", someone.id, here().limits.sign_in_per_person)
    new = request.form.get("new", "")
    try:
        if accounts.people.check_password(someone.id, request.form.get("now", "")) is None:
            return draw(word("account.old_password_wrong", reader_language()), 422)
        if problem := password_problem(new, someone.id, someone.name):
            return draw(problem, 422)
        accounts.people.set_password(someone.id, new)
    except HashingBusy as busy:
        raise ApiError(503, "sign_in_busy") from busy
    accounts.sessions.close_all_of(someone.id, but=request.cookies.get(SESSION_COOKIE, ""))
    return redirect(to("/account", "password_changed"), 303)
