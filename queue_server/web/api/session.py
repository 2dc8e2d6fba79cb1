"""Signing in and out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import jsonify, request
from flask.wrappers import Response
from pydantic import Field

from queue_server.accounts import Person
from queue_server.accounts.passwords import HashingBusy
from queue_server.accounts.sessions import SESSION_LASTS, Session
from queue_server.domain.refusals import UnknownCounter
from queue_server.web.api.common import Wish, make_api, rules
from queue_server.web.api.shapes import SessionShape
from queue_server.web.audited import signs_in
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import (
    SESSION_COOKIE,
    STAFF,
    Who,
    before_code,
    csrf_token,
    needs_role,
    open_to_all,
    person_who,
    session_of,
    set_cookie,
    the_request,
    who,
)
from queue_server.web.sign_in_door import Door, open_session

api = make_api("session", "Who is signed in")


class SignIn(Wish):
    person: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=200)
    counter: str | None = Field(None, max_length=8, description="Where the officer sits today")
    code: str | None = Field(None, max_length=20, description="Of the phone, or a recovery code, where one is needed")


class SitDown(Wish):
    counter: str = Field(max_length=8, description="Where the officer sits today")


def session_view(someone: Who, session: Session | None) -> dict[str, Any]:
    """`csrf` is for programs; pages have it in their `<meta>`. `elsewhere`: where else the person is signed in."""
    others = [one for one in here().accounts.sessions.of(someone.id) if session and one.key != session.key]
    return {
        "elsewhere": [elsewhere_view(one) for one in others],
        "person": someone.id,
        "name": someone.name,
        "role": session.person.role.value if session else someone.role,
        "roles": [role for role in STAFF if role in someone.roles],
        "counter": someone.counter,
        "csrf": csrf_token(),
    }


@api.get("/session", responses={200: SessionShape})
@before_code
@needs_role(*STAFF)
def who_am_i() -> dict[str, Any]:
    """The person signed in."""
    return session_view(who(), session_of(the_request()))


@api.post("/session", responses={201: SessionShape})
@open_to_all
def sign_in(body: SignIn) -> tuple[Response, int]:
    """Sign in. JSON only, so that no other site's form can sign a browser in."""
    context = here()
    signs_in(body.person)
    door = Door.of(body.person)
    if body.counter is not None and body.counter not in rules().counters:
        raise UnknownCounter(counter=body.counter)
    try:
        person = context.accounts.who_may_sign_in(body.person, body.password)
    except HashingBusy as busy:
        raise ApiError(503, "sign_in_busy") from busy
    if person is None:
        raise ApiError(401, "wrong_password")
    if context.accounts.codes.has(person.id):
        door.ask_for_code(body.code)
    door.opened()
    return let_in(person, body.counter, door)


def let_in(person: Person, counter: str | None, door: Door) -> tuple[Response, int]:
    """A new session in this browser; the one before ends."""
    end_session()
    token = open_session(person, counter)
    session = here().accounts.session(token)
    assert session is not None
    someone = person_who(session)
    assert someone is not None
    answer = jsonify(session_view(someone, session))
    door.remember(answer)
    set_cookie(answer, SESSION_COOKIE, token, int(SESSION_LASTS.total_seconds()))
    return answer, 201


@api.post("/session/counter", responses={200: SessionShape})
@needs_role(*STAFF)
def sit_down(body: SitDown) -> dict[str, Any]:
    """Sit at another counter today, without signing in anew."""
    if body.counter not in rules().counters:
        raise UnknownCounter(counter=body.counter)
    session = session_of(the_request())
    assert session is not None
    here().accounts.sessions.sit_at(session, body.counter)
    return session_view(replace(who(), counter=body.counter), session)


@api.delete("/session/others", responses={204: None})
@needs_role(*STAFF)
def sign_out_elsewhere() -> tuple[str, int]:
    """End all other sessions of the person, wherever they are."""
    here().accounts.sessions.close_all_of(who().id, but=request.cookies.get(SESSION_COOKIE, ""))
    return "", 204


@api.delete("/session", responses={204: None})
@before_code
@needs_role(*STAFF)
def sign_out() -> tuple[Response, int]:
    """Sign out: the session ends on the server, not only in this browser."""
    end_session()
    answer = Response(status=204)
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax")
    return answer, 204


def elsewhere_view(session: Session) -> dict[str, Any]:
    assert session.opened_at is not None
    since = session.opened_at.isoformat()
    return {"id": session.id, "browser": session.browser or "", "counter": session.counter, "since": since}


def end_session() -> None:
    if token := request.cookies.get(SESSION_COOKIE):
        here().accounts.sessions.close(token)
