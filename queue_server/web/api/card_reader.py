"""What the identity-card reader of a kiosk says: whether it is there, and a yes or no. Passed on, never kept."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from queue_server.web.api.common import Wish, make_api
from queue_server.web.card_marks import FRESH_SECONDS
from queue_server.web.context import here
from queue_server.web.security import limit, needs_device, who
from queue_server.web.views import Json

api = make_api("card-reader", "A kiosk's card reader")


class Said(Wish):
    reader: Literal["ready", "away"]
    age: int | None = Field(None, ge=0, le=150, description="Years from which the law gives precedence")
    simulated: bool = Field(False, description="The screen then says so")
    seen: Literal["older", "younger", "unreadable", "slow"] | None = Field(
        None,
        description="Of a card just laid on it, all that may be said: of the age to which the law gives precedence?",
    )


class Heard(BaseModel):
    """Nothing to tell the reader."""


@api.post("/card-reader", responses={200: Heard})
@needs_device("kiosk")
def hear_card_reader(body: Said) -> Json:
    """Say how the reader is, and what it saw. Goes to this kiosk's own screen; nothing is kept."""
    context, kiosk = here(), who().id
    limit("card_reader", kiosk, context.limits.card_reader_per_kiosk)
    message: Json = {"reader": body.reader, "simulated": body.simulated, "age": body.age, "seen": body.seen}
    if body.seen == "older":
        message |= {"mark": context.card_marks.make(kiosk), "seconds": FRESH_SECONDS}
    context.feed.tell_card_reader(kiosk, message)
    return {}
