"""What may happen to a visit besides its way through the queue: more services, presence, slips, and why this order."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.explain import Explanation, explain_order
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import UnknownCounter, UnknownTicket
from queue_server.web.api.common import COMMAND, Done, TicketPath, Wish, done, handle, make_api, wish_id
from queue_server.web.api.shapes import DoneShape, OrderShape
from queue_server.web.context import here
from queue_server.web.order_words import reason_words
from queue_server.web.security import FLOOR_STAFF, needs_device, needs_role, who
from queue_server.web.views import Json
from queue_server.web.words import reader_language

api = make_api("visits", "More about a visit")


class OneService(Wish):
    service: str = Field(max_length=40)


class ServicePath(TicketPath):
    service: str = Field(max_length=40)


class Pair(BaseModel):
    first: str = Field(max_length=8)
    second: str = Field(max_length=8)
    counter: str | None = Field(None, max_length=8, description="As this counter would choose")


@api.post("/tickets/<ticket>/services", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def add_service(path: TicketPath, body: OneService) -> Json:
    """One more service for this visit, on the same number."""
    someone = who()
    command = c.AddService(
        id=wish_id(someone, "add-service"), actor=someone.actor, ticket=path.ticket, service=body.service
    )
    return handle(command, done)


@api.post("/tickets/<ticket>/services/<service>/drop", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def drop_service(path: ServicePath) -> Json:
    """A service still to come is no longer wanted."""
    someone = who()
    command = c.DropService(
        id=wish_id(someone, "drop-service"), actor=someone.actor, ticket=path.ticket, service=path.service
    )
    return handle(command, done)


@api.post("/tickets/<ticket>/undo", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def undo_step(path: TicketPath) -> Json:
    """It was ended, parked or marked missed by a slip: take that back, within the hall's seconds."""
    someone = who()
    return handle(c.UndoStep(id=wish_id(someone, "undo-step"), actor=someone.actor, ticket=path.ticket), done)


@api.post("/tickets/<ticket>/supervisor-coming", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def answer_supervisor_call(path: TicketPath) -> Json:
    """After a low mark the visitor wants somebody to come: “I am going there.”"""
    someone = who()
    command = c.AnswerSupervisorCall(id=wish_id(someone, "supervisor-coming"), actor=someone.actor, ticket=path.ticket)
    return handle(command, done)


@api.post("/tickets/<ticket>/here", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
@needs_device("kiosk")
def confirm_presence(path: TicketPath) -> Json:
    """The visitor is in the hall. Changes nothing in the order."""
    someone = who()
    return handle(c.ConfirmPresence(id=wish_id(someone, "here"), actor=someone.actor, ticket=path.ticket), done)


@api.get("/order", responses={200: OrderShape})
@needs_role("officer", *FLOOR_STAFF)
def read_order(query: Pair) -> Json:
    """Why one ticket goes before another: the rules one by one, in words that can be read to a visitor."""
    explanation = here().hall.read(lambda day, at: _explain(query, day, at))
    language = reader_language()
    reasons = [
        {"code": reason.code, "words": reason_words(reason, language, here().hall.rules), "details": reason.details}
        for reason in (explanation.decided_by, *explanation.reasons)
    ]
    return {"first": explanation.first, "second": explanation.second, "reasons": reasons}


def _explain(pair: Pair, day: HallDay, at: datetime) -> Explanation:
    tickets = [day.ticket(number) for number in (pair.first, pair.second)]
    for number, ticket in zip((pair.first, pair.second), tickets, strict=True):
        if ticket is None:
            raise UnknownTicket(ticket=number)
    if pair.counter is not None and pair.counter not in day.rules.counters:
        raise UnknownCounter(counter=pair.counter)
    counter = day.rules.counters[pair.counter] if pair.counter else None
    first, second = tickets
    assert first is not None
    assert second is not None
    return explain_order(first, second, day, at, counter)
