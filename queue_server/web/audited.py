"""What goes into the audit: every act of the staff, every look at something personal, every try to sign in."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request

from queue_server.web.context import here
from queue_server.web.security import SAFE_METHODS, Who, address

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])
SAME_LOOK_SECONDS = 60.0  # a page that reads again by itself is one look
LOOKS_REMEMBERED = 1000


def looks_at(what: str) -> Callable[[View], View]:
    """For endpoints that show something personal: visitors' own words, one visit's story, people, exports. `what` has
    words in audit.json as `look_…`."""

    def mark(view: View) -> View:
        view.looks_at = what  # type: ignore[attr-defined]
        return view

    return mark


def shows_nothing() -> None:
    """There was nothing personal to see this time: no look."""
    g.shows_nothing = True


def signs_in(person: str) -> None:
    """This request is a try to become this person. Somebody unknown is not named: it may be a password, mistyped."""
    account = here().accounts.people.account(person)
    g.signs_in = Who(account.person.role.value if account else "", person if account else "?", "")


def acts_on(what: str) -> None:
    """What this request is about, where its address does not say it."""
    g.acts_on = what


def audit_acts(app: Flask) -> None:
    app.extensions["audited_looks"] = {}
    app.after_request(note)


def note(response: Response) -> Response:
    someone: Who | None = g.get("signs_in") or g.get("who")
    if someone is None or not (someone.is_staff or g.get("signs_in")):
        return response
    view = current_app.view_functions.get(request.endpoint or "")
    looked = getattr(view, "looks_at", None)
    if g.get("signs_in"):
        kind, act = "sign_in", request.endpoint or ""
    elif request.method not in SAFE_METHODS:
        kind, act = "act", request.endpoint or ""
    elif looked and response.status_code == 200 and "shows_nothing" not in g and is_new_look(someone, looked):
        kind, act = "look", looked
    else:
        return response
    what = "" if kind == "sign_in" else " ".join([request.path, *([g.acts_on] if g.get("acts_on") else [])])
    try:
        audit = here().audit
        audit.note(kind, someone.id, someone.role, act, what, response.status_code, address())
    except sqlite3.Error as error:  # what was done is done and stands in the log; the operator has to know
        logger.error("The audit cannot be written: %s", error, extra={"action": "audit_failed"})
    return response


def is_new_look(someone: Who, what: str) -> bool:
    looks: dict[tuple[str, ...], float] = current_app.extensions["audited_looks"]
    look, now = (someone.id, what, request.path, address()), time.monotonic()
    if now - looks.get(look, float("-inf")) < SAME_LOOK_SECONDS:
        return False
    if len(looks) >= LOOKS_REMEMBERED:
        looks.clear()
    looks[look] = now
    return True
