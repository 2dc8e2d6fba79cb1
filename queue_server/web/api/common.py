"""What every API file needs: its blueprint, the ids of wishes, and the answer to a command."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any

from flask import request
from flask_openapi3 import Tag
from pydantic import BaseModel, ConfigDict, Field, model_validator

from queue_server.domain.commands import Command
from queue_server.domain.rules import HallRules
from queue_server.service.hall import Handled
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.feed_messages import ticket_of
from queue_server.web.late_document import Api
from queue_server.web.security import Who
from queue_server.web.views import Json, ticket_view

PREFIX = "/api/v1"
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
KEY_PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Made when the button appears; the same key gives the same answer, however often it is sent.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
}
# for `openapi_extensions` of commands without other parameters
COMMAND = {"parameters": [KEY_PARAMETER]}


class Refused(BaseModel):
    """Why not, and what to do next, in the reader's language."""

    code: str
    message: str
    details: dict[str, Any]


class Wish(BaseModel):
    """A command's body. None is as good as an empty one; unknown fields are refused, so that typing errors show."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_empty(cls, body: Any) -> Any:
        return {} if body is None else body


class TicketPath(BaseModel):
    ticket: str = Field(max_length=8, description="A number of today, as T0023")


class Done(BaseModel):
    """The log's last place, so that a screen knows when its feed has caught up."""

    seq: int


def make_api(name: str, description: str) -> Api:
    tag = Tag(name=name, description=description)
    return Api(name, __name__, url_prefix=PREFIX, abp_tags=[tag])


def wish_id(someone: Who | str, verb: str) -> str:
    """The id of this request's wish: the same key from the same hand for the same verb is the same wish."""
    actor = someone if isinstance(someone, str) else someone.actor
    return wish_of(actor, verb, request.headers.get("Idempotency-Key"))


def wish_of(actor: str, verb: str, key: str | None) -> str:
    if key is None:
        return f"{actor}/{verb}/{secrets.token_hex(12)}"
    if not KEY.fullmatch(key):
        raise ApiError(422, "fields_wrong", fields=[{"field": "Idempotency-Key", "problem": "1–64 of A–Z a–z 0–9 - _"}])
    return f"{actor}/{verb}/{key}"


def handle(command: Command, answer: Callable[[Handled], Json]) -> Json:
    """Grant a command. `answer` may not ask for the request: it is worked out by whoever serves the whole batch."""
    return here().hall.grant(command, answer)


def rules() -> HallRules:
    return here().hall.rules


def done(handled: Handled) -> Json:
    """The place in the log, and the ticket as it is now when the command was about one."""
    seq = handled.recorded[-1].seq if handled.recorded else handled.day.seq
    answer: Json = {"seq": seq}
    if handled.recorded and (ticket := ticket_of(handled.recorded[-1].event, handled.day)):
        answer["ticket"] = ticket_view(ticket, handled.day.rules.limits)
    return answer
