"""The hall's people: who works here and with which rights; inviting, locking and removing them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from queue_server.accounts import Role
from queue_server.accounts.people import Account, LastAdministrator
from queue_server.setup.people_desk import CannotBe, PeopleDesk, Wanted
from queue_server.web.audited import looks_at
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.moments import moment_said
from queue_server.web.pages.account.account_frame import session_view
from queue_server.web.pages.progress.progress_qr import qr_svg
from queue_server.web.pages.setup.setup_frame import draw, go_on
from queue_server.web.security import needs_role, who
from queue_server.web.words import reader_language, word

ROLES = [role.value for role in Role]  # the least right first


def add_to(page: Blueprint) -> None:
    page.get("/setup/people")(show_people)
    page.post("/setup/people")(invite)
    page.get("/setup/people/<person>")(show_person)
    page.post("/setup/people/<person>")(change)
    page.post("/setup/people/<person>/<act>")(do)


def people_desk() -> PeopleDesk:
    context = here()
    return PeopleDesk(
        context.accounts,
        context.hall_file,
        lambda: context.setup.follow(context.hall, context.take_hall_file),
        who().id,
    )


# --- everybody


@needs_role("administrator")
@looks_at("people")
def show_people() -> tuple[str, int]:
    return draw_people()


def draw_people(problem: str = "", **shown: Any) -> tuple[str, int]:
    language = reader_language()
    accounts = sorted(here().accounts.people.accounts(), key=lambda one: ROLES.index(one.person.role))
    return draw(
        "setup_people.html",
        "people",
        status=422 if problem else 200,
        people=[person_view(one, language) for one in accounts if one.works_here],
        gone=[person_view(one, language) for one in accounts if not one.works_here],
        typed=request.form,
        problem=problem,
        **{**choices(language), **shown},
    )


def choices(language: str) -> dict[str, Any]:
    hall_file = here().hall_file
    return {
        "roles": [(role, word(f"staff.role_{role}", language), word(f"people.may_{role}", language)) for role in ROLES],
        "counters": sorted(hall_file.rules.counters, key=int),
        "services": [(one.id, one.plain_name.in_language(language)) for one in hall_file.catalogue.services],
    }


def person_view(account: Account, language: str) -> dict[str, Any]:
    person, link = account.person, here().accounts.links.of(account.person.id)
    state = (
        "gone"
        if not account.works_here
        else "locked"
        if account.locked_at
        else "ready"
        if account.has_password
        else "invited"
        if link
        else "without"
    )
    until = moment(link.expires_at, language) if link else ""
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role.value,
        "also": [role.value for role in person.also],
        "role_said": " · ".join(word(f"staff.role_{role}", language) for role in (person.role, *person.also)),
        "counter": person.counter or "",
        "state": state,
        "state_said": word(f"people.state_{state}", language, until=until),
        "link_until": until,
        "has_password": account.has_password,
        "has_code": here().accounts.codes.has(person.id),
        "is_me": person.id == who().id,
    }


def moment(at: datetime, language: str) -> str:
    return moment_said(at, language=language)


@needs_role("administrator")
def invite() -> tuple[str, int]:
    person = request.form.get("id", "").strip()
    try:
        token = people_desk().invite(person, wanted())
    except CannotBe as error:
        return draw_people(problem=said(error.code))
    return draw_link(person, token, "invited")


def wanted() -> Wanted:
    form = request.form
    services = None if form.get("services.all") or not form.getlist("services") else tuple(form.getlist("services"))
    also = tuple(form.getlist("also"))
    return Wanted(form.get("name", ""), form.get("role", ROLES[0]), form.get("counter", ""), services, also)


def said(code: str) -> str:
    return word(f"people.fault_{code}", reader_language())


def draw_link(person: str, token: str, done: str) -> tuple[str, int]:
    """The link, shown this once: only its hash is kept."""
    language, context = reader_language(), here()
    account, link = context.accounts.people.account(person), context.accounts.links.find(token)
    assert account is not None
    assert link is not None
    address = f"{context.settings.address}/welcome/{token}"
    return draw(
        "setup_people_link.html",
        "people",
        one=person_view(account, language),
        address=address,
        qr=b64encode(qr_svg(address)).decode(),
        until=moment(link.expires_at, language),
        done=word(f"people.{done}", language, name=account.person.name),
    )


# --- one of them


@needs_role("administrator")
@looks_at("person")
def show_person(person: str) -> tuple[str, int]:
    return draw_person(person)


def draw_person(person: str, problem: str = "") -> tuple[str, int]:
    language, accounts = reader_language(), here().accounts
    account = accounts.people.account(person)
    if account is None:
        raise ApiError(404, "not_found")
    known = next((one for one in here().hall_file.people if one.id == person), None)
    said_of = accounts.staff.find(person)
    in_file = known is not None and (said_of is None or said_of.services is None)
    return draw(
        "setup_person.html",
        "people",
        status=422 if problem else 200,
        title=account.person.name,
        one=person_view(account, language),
        chosen=None if known is None or known.services is None else list(known.services),
        skills_in_file=in_file and person in file_people(),
        problem=problem,
        sessions=[session_view(session) for session in accounts.sessions.of(person)],
        **choices(language),
    )


def file_people() -> set[str]:
    """Whom the hall's file names, whatever was said since; their skills are set up with the hall."""
    rows = here().setup.file_people()
    return {one.id for one in rows}


@needs_role("administrator")
def change(person: str) -> Response | tuple[str, int]:
    return done(person, lambda: people_desk().change(person, wanted()), "person_changed")


@needs_role("administrator")
def do(person: str, act: str) -> Response | tuple[str, int]:
    desk = people_desk()
    match act:
        case "link":
            return give_link(person, lambda: desk.new_link(person), "link_made")
        case "back":
            return give_link(person, lambda: desk.take_back(person), "came_back")
        case "code":
            return done(person, lambda: desk.take_code_away(person), "code_away")
        case "sessions":
            return done(person, lambda: end_sessions(person), "sessions_ended")
        case "lock":
            return done(person, lambda: desk.lock(person), "locked")
        case "unlock":
            return done(person, lambda: desk.unlock(person), "unlocked")
        case "remove":
            return done(person, lambda: desk.remove(person), "removed", "/setup/people")
    raise ApiError(404, "not_found")


def end_sessions(person: str) -> None:
    """The one that is named, or all."""
    sessions, chosen = here().accounts.sessions, request.form.get("id", "")
    if chosen:
        sessions.close_one_of(person, chosen)
    else:
        sessions.close_all_of(person)


def done(person: str, act: Callable[[], None], what: str, then: str = "") -> Response | tuple[str, int]:
    try:
        act()
    except CannotBe as error:
        return draw_person(person, said(error.code))
    except LastAdministrator:
        return draw_person(person, said("last_administrator"))
    return go_on(then or f"/setup/people/{person}", what)


def give_link(person: str, act: Callable[[], str], what: str) -> tuple[str, int]:
    try:
        return draw_link(person, act(), what)
    except CannotBe as error:
        return draw_person(person, said(error.code))
