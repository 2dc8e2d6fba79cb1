"""A person's own page: the password, and whatever else concerns nobody but oneself."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from queue_server.accounts.passwords import HashingBusy
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError
from queue_server.web.pages.account import account_code
from queue_server.web.pages.account.account_frame import draw, to
from queue_server.web.pages.welcome.welcome import password_problem
from queue_server.web.security import SESSION_COOKIE, STAFF, before_code, limit, needs_role, who
from queue_server.web.words import reader_language, word


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("account", __name__, template_folder=str(Path(__file__).parent))
    page.get("/account")(show)
    page.post("/account/password")(change_password)
    page.post("/account/sessions/end")(end_session)
    account_code.add_to(page)
    return page


@needs_role(*STAFF)
@before_code
def show() -> tuple[str, int]:
    return draw()


@needs_role(*STAFF)
def end_session() -> Response:
    sessions, chosen = here().accounts.sessions, request.form.get("id", "")
    if chosen:
        sessions.close_one_of(who().id, chosen)
    else:
        sessions.close_all_of(who().id, but=request.cookies.get(SESSION_COOKIE, ""))
    return redirect(to("/account", said="session_ended" if chosen else "others_ended"), 303)


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
    return redirect(to("/account", said="password_changed"), 303)
