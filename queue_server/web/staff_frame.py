"""What stands around every staff page that is drawn on the server: the way back to work, who works here, languages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from queue_server.web.security import who
from queue_server.web.words import LANGUAGES, reader_language

HOMES = {"officer": "/desk", "guide": "/guide", "supervisor": "/supervisor", "administrator": "/setup"}


@dataclass(frozen=True, slots=True)
class StaffFrame:
    """For `_staff.html`; addresses keep the language that was asked for."""

    name: str
    home: str
    account: str
    other_language: str


def staff_frame(*, here: str = "", home: str = "") -> StaffFrame:
    """`here`: the page to read in the other language, where this answer has no address to read; `home`: another way
    back than to one's own work."""
    someone = who()
    return StaffFrame(
        name=someone.name,
        home=to(home or HOMES[someone.role]),
        account=to("/account"),
        other_language=other_language(here),
    )


def to(path: str, **query: str) -> str:
    """A page of ours in the language that this one was asked for."""
    asked = request.args.get("lang")
    kept = ({"lang": asked} if asked in LANGUAGES else {}) | {name: text for name, text in query.items() if text}
    return f"{path}?{urlencode(kept)}" if kept else path


def other_language(here: str = "") -> str:
    """With all that was asked of the page, but for what it said once."""
    asked = {} if here else {name: text for name, text in request.args.items() if name != "said"}
    return f"{here or request.path}?{urlencode({**asked, 'lang': 'zh' if reader_language() == 'en' else 'en'})}"
