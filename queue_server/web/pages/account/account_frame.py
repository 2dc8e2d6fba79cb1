"""How a person's own page is drawn, whatever was done on it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from queue_server.accounts.passwords import SHORTEST
from queue_server.accounts.sessions import Session
from queue_server.web.context import here
from queue_server.web.moments import moment_said
from queue_server.web.security import STAFF, Who, csrf_token, session_of, the_request, who
from queue_server.web.staff_frame import staff_frame, to
from queue_server.web.words import reader_language, word

SAID = ("password_changed", "session_ended", "others_ended", "code_off", "code_first")


def draw(problem: str = "", status: int = 200, **shown: Any) -> tuple[str, int]:
    language, someone = reader_language(), who()
    said = request.args.get("said", "")
    page = render_template(
        "account.html",
        page="account",
        me=someone,
        role=roles_said(someone, language),
        staff=staff_frame(here="/account"),
        csrf=csrf_token(),
        to=to,
        problem=problem,
        said=word(f"account.said_{said}", language) if said in SAID else "",
        least=SHORTEST,
        code=code_view(someone),
        sessions=[session_view(one) for one in here().accounts.sessions.of(someone.id)],
        **shown,
    )
    return page, status


def roles_said(someone: Who, language: str) -> str:
    return " · ".join(word(f"staff.role_{role}", language) for role in STAFF if role in someone.roles)


def code_view(someone: Who) -> dict[str, Any]:
    codes = here().accounts.codes
    is_demanded = someone.has(*here().hall_file.accounts.code_for)
    return {"has": codes.has(someone.id), "left": codes.recovery_codes_left(someone.id), "is_demanded": is_demanded}


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
