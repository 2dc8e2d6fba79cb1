"""What may happen to a visit besides its way through the queue: more services, presence, slips, and why this order."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.alert_audience import MENDERS
from queue_server.domain.explain import Explanation, decided_at, explain_order
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import NoTicketThatDay, UnknownCounter, UnknownTicket
from queue_server.domain.ticket import Ticket
from queue_server.web.api.common import COMMAND, Done, TicketPath, Wish, done, handle, make_api, wish_id
from queue_server.web.api.shapes import DoneShape, OrderShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.order_words import reason_words
from queue_server.web.security import FLOOR_STAFF, needs_device, needs_role, who
from queue_server.web.views import Json, iso
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
    day: date | None = Field(None, description="Supervisors only; left out: today, as things are now")


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
    """Why one ticket goes before another: the rules one by one, in words that can be read to a visitor. Of a day that
    is past: as it stood just before the first of the two was called (`as_of`)."""
    someone, as_of = who(), None
    if query.day is None or query.day == here().today():
        explanation = here().hall.read(lambda day, at: _explain(query, day, at))
    elif not someone.has(*MENDERS):
        raise ApiError(403, "not_allowed", role=someone.role)
    else:
        explanation, as_of = _explain_past(query, query.day)
    language = reader_language()
    reasons = [
        {"code": reason.code, "words": reason_words(reason, language, here().hall.rules), "details": reason.details}
        for reason in (explanation.decided_by, *explanation.reasons)
    ]
    return {"first": explanation.first, "second": explanation.second, "reasons": reasons, "as_of": iso(as_of)}


def _explain_past(pair: Pair, day: date) -> tuple[Explanation, datetime | None]:
    """By the log alone. Whoever was called first was, even where the rules would have had it otherwise: then somebody
    chose, and that is the reason."""
    films = here().films
    ends = films.of(day).ends
    in_the_end, decided = films.look(
        day, ends, lambda past, at: (_explain(pair, past, at), decided_at(*_both(pair, past)))
    )
    if decided is None:
        return in_the_end, None
    moment, counter = decided
    then = films.look(day, moment, lambda past, at: _explain(_at_counter(pair, counter), past, at))
    if then.first != in_the_end.first:
        return Explanation(in_the_end.first, in_the_end.second, in_the_end.decided_by, then.reasons), moment
    called = in_the_end.decided_by
    return Explanation(then.first, then.second, then.decided_by, (*then.reasons, called)), moment


def _at_counter(pair: Pair, counter: str | None) -> Pair:
    return pair.model_copy(update={"counter": pair.counter or counter})


def _explain(pair: Pair, day: HallDay, at: datetime) -> Explanation:
    first, second = _both(pair, day)
    if pair.counter is not None and pair.counter not in day.rules.counters:
        raise UnknownCounter(counter=pair.counter)
    counter = day.rules.counters[pair.counter] if pair.counter else None
    return explain_order(first, second, day, at, counter)


def _both(pair: Pair, day: HallDay) -> tuple[Ticket, Ticket]:
    return _known(pair.first, day), _known(pair.second, day)


def _known(number: str, day: HallDay) -> Ticket:
    ticket = day.ticket(number)
    if ticket is not None:
        return ticket
    if day.day != here().today():
        raise NoTicketThatDay(ticket=number, day=day.day.isoformat())
    raise UnknownTicket(ticket=number)
