"""A zone closing for a while, and opening again."""

from __future__ import annotations

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.web.api.common import COMMAND, Done, Wish, done, handle, make_api, wish_id
from queue_server.web.security import needs_role, who
from queue_server.web.views import Json

api = make_api("zones", "Closing a zone for a while")


class ZonePath(BaseModel):
    zone: str = Field(max_length=32)


class Closing(Wish):
    notice: str = Field("", max_length=200, description="Shown wherever the zone is offered")
    move_to: str | None = Field(None, max_length=32, description="Where those who wait go on waiting; null: they stay")


@api.post("/zones/<zone>/close", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def close_zone(path: ZonePath, body: Closing) -> Json:
    """No new tickets for this zone; who waits there is still served, or goes on waiting in another zone."""
    someone = who()
    wish = wish_id(someone, "close-zone")
    return handle(
        c.CloseZone(id=wish, actor=someone.actor, zone=path.zone, notice=body.notice, move_to=body.move_to), done
    )


@api.post("/zones/<zone>/reopen", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def reopen_zone(path: ZonePath) -> Json:
    """Tickets for this zone again."""
    someone = who()
    return handle(c.ReopenZone(id=wish_id(someone, "reopen-zone"), actor=someone.actor, zone=path.zone), done)
