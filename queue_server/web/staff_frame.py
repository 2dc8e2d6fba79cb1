"""What stands around every staff page that is drawn on the server: the way back to work, who works here, languages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from queue_server.accounts import Role, Session
from queue_server.web.security import session_of, the_request
from queue_server.web.words import LANGUAGES, reader_language, word

HOMES = {"officer": "/desk", "guide": "/guide", "supervisor": "/supervisor", "administrator": "/setup"}


@dataclass(frozen=True, slots=True)
class StaffFrame:
    """For `_staff.html`; addresses keep the language that was asked for."""

    name: str
    home: str
    others: list[tuple[str, str]]  # pages of further roles, but this one and the way back: address, name
    account: str
    other_language: str


def staff_frame(*, here: str = "", home: str = "") -> StaffFrame:
    """`here`: the page to read in the other language, where this answer has no address to read; `home`: another way
    back than to one's own work."""
    session = session_of(the_request())
    assert session is not None  # these pages are for people
    person, language = session.person, reader_language()
    back = home or HOMES[person.role]
    further = [role for role in (person.role, *person.also) if HOMES[role] not in (back, _page_here(here))]
    return StaffFrame(
        name=person.name,
        home=to(back),
        others=[(page_of(role, session), word(f"staff.page_{role}", language)) for role in dict.fromkeys(further)],
        account=to("/account"),
        other_language=other_language(here),
    )


def _page_here(here: str) -> str:
    """Which role's page this one is part of, if any: all of the setup is the administrator's."""
    return "/setup" if (here or request.path).startswith("/setup") else here or request.path


def page_of(role: str, session: Session) -> str:
    """A desk is at a counter: whoever sits at none chooses one first."""
    if role == Role.OFFICER and not session.counter:
        return to("/sign-in", by="session", next=HOMES[role])
    return to(HOMES[role])


def to(path: str, **query: str) -> str:
    """A page of ours in the language that this one was asked for."""
    asked = request.args.get("lang")
    kept = ({"lang": asked} if asked in LANGUAGES else {}) | {name: text for name, text in query.items() if text}
    return f"{path}?{urlencode(kept)}" if kept else path


def other_language(here: str = "") -> str:
    """With all that was asked of the page, but for what it said once."""
    asked = {} if here else {name: text for name, text in request.args.items() if name != "said"}
    return f"{here or request.path}?{urlencode({**asked, 'lang': 'zh' if reader_language() == 'en' else 'en'})}"
