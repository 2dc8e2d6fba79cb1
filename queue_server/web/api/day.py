"""The working day, as a supervisor closes it and takes that back."""

from __future__ import annotations

from queue_server.domain import commands as c
from queue_server.web.api.common import COMMAND, Done, done, handle, make_api, wish_id
from queue_server.web.security import needs_role, who
from queue_server.web.views import Json

api = make_api("day", "The working day")


@api.post("/day/close", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def close_day() -> Json:
    """Close the day: whoever still waits is dealt with by rule, and nothing more is issued or called."""
    someone = who()
    return handle(c.CloseDay(id=wish_id(someone, "close-day"), actor=someone.actor), done)


@api.post("/day/reopen", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def reopen_day() -> Json:
    """It was closed too early: numbers are given and called again."""
    someone = who()
    return handle(c.ReopenDay(id=wish_id(someone, "reopen-day"), actor=someone.actor), done)
