"""Behind an invitation's link: a person sets the password. Works once; looking uses nothing up."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template, request

from queue_server.accounts.one_time_links import Link
from queue_server.accounts.passwords import SHORTEST, HashingBusy, fault_of
from queue_server.web.audited import signs_in
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError
from queue_server.web.security import address, csrf_token, limit, open_to_all, with_csrf
from queue_server.web.words import reader_language, word

Drawn = tuple[str, int]


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("welcome", __name__, template_folder=str(Path(__file__).parent))
    page.get("/welcome/<token>")(show)
    page.post("/welcome/<token>")(set_password)
    return page


@open_to_all
def show(token: str) -> Drawn:
    return draw(find(token))


@open_to_all
@with_csrf
def set_password(token: str) -> Drawn:
    """A password that may not be uses nothing up either."""
    link, password = find(token), request.form.get("password", "")
    if link is None:
        return draw(None)
    signs_in(link.person)
    limit("set_password", address(), here().limits.sign_in_per_address)
    person = here().accounts.people.find(link.person)
    if problem := password_problem(password, link.person, person.name if person else ""):
        return draw(link, problem)
    try:
        done = here().accounts.set_password_by_link(token, password)
    except HashingBusy as busy:
        raise ApiError(503, "sign_in_busy") from busy
    return draw(link, done=True) if done else draw(None)


def find(token: str) -> Link | None:
    """Raises ApiError 429 for whoever tries many."""
    link = here().accounts.links.find(token)
    if link is None or here().accounts.people.find(link.person) is None:
        limit("wrong_links", address(), here().limits.wrong_links_per_address)
        return None
    return link


def password_problem(password: str, *names: str) -> str:
    """In the reader's language; empty for a password that may be."""
    code = fault_of(password, *names)
    return word(f"account.password_{code}", reader_language(), least=SHORTEST) if code else ""


def draw(link: Link | None, problem: str = "", *, done: bool = False) -> Drawn:
    language, person = reader_language(), here().accounts.people.find(link.person) if link else None
    page = render_template(
        "welcome.html",
        page="welcome",
        language=language,
        csrf=csrf_token(),
        person=person,
        problem=problem,
        done=done,
        other_language=f"{request.path}?lang={'zh' if language == 'en' else 'en'}",
        least=SHORTEST,
    )
    return page, 404 if person is None else 422 if problem else 200
