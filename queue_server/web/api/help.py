"""“请人帮我”: a visitor at a kiosk wants a person, and a person comes."""

from __future__ import annotations

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.web.api.common import COMMAND, Done, Wish, done, handle, make_api, wish_id
from queue_server.web.security import FLOOR_STAFF, needs_device, needs_role, who
from queue_server.web.views import Json

api = make_api("help", "Asking for a person")


class Question(Wish):
    question: str = Field("", max_length=200)


class PlacePath(BaseModel):
    place: str = Field(max_length=32)


@api.post("/help", responses={201: Done}, openapi_extensions=COMMAND)
@needs_device("kiosk")
def ask_for_help(body: Question) -> tuple[Json, int]:
    """Ask for a person at this kiosk. Asking twice brings nobody sooner and is no fault."""
    someone = who()
    command = c.AskForHelp(id=wish_id(someone, "help"), actor=someone.actor, place=someone.id, question=body.question)
    return handle(command, done), 201


@api.post("/help/<place>/answer", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
def answer_help(path: PlacePath) -> Json:
    """“I am going there.”"""
    someone = who()
    return handle(c.AnswerHelp(id=wish_id(someone, "answer-help"), actor=someone.actor, place=path.place), done)
