"""What an officer does at a counter: open, pause, close, call; and the desk's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.calling_order import in_calling_order
from queue_server.domain.choice import first_for
from queue_server.domain.commands import Command
from queue_server.domain.decide.on_the_floor import tolerance_has_passed
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import mean, minutes, wait_time
from queue_server.domain.refusals import NotAtYourCounter, UnknownCounter
from queue_server.domain.rules import Counter
from queue_server.domain.ticket import Stage, Ticket
from queue_server.service.hall import Handled
from queue_server.stores.bookings import Booking
from queue_server.web.api.common import COMMAND, Done, Wish, done, handle, make_api, rules, wish_id
from queue_server.web.api.shapes import DeskAnswer, DeskPageShape
from queue_server.web.context import here
from queue_server.web.due_bookings import due_at
from queue_server.web.security import needs_role, who
from queue_server.web.views import Json, desk_view, ticket_view

api = make_api("counters", "At the counter")
NEXT_SHOWN = 8


class CounterPath(BaseModel):
    counter: str = Field(max_length=8)


class Pause(Wish):
    reason: str = Field("", max_length=100)


class Direct(Wish):
    service: str = Field(max_length=40)
    care: bool = False
    language: Literal["zh", "en"] = "zh"
    people: int = Field(1, ge=1, le=99)


class Next(Wish):
    if_free: bool = Field(False, description="Only where nobody is at the counter; for a wish that may come late")


class NoColleague(Wish):
    wanted: Literal["guide", "supervisor"] = "guide"


class Colleague(NoColleague):
    reason: str = Field("", max_length=40, description="What for, as a code: company, copies, language, upset, …")


class Call(Wish):
    ticket: str = Field(max_length=8)


def own_counter(counter: str) -> str:
    """The counter, when the one who asks may act there: officers at their own, supervisors at any."""
    someone = who()
    if counter not in rules().counters:
        raise UnknownCounter(counter=counter)
    is_only_officer = someone.has("officer") and not someone.has("supervisor", "administrator")
    if is_only_officer and someone.counter != counter:
        raise NotAtYourCounter(counter=counter, yours=someone.counter)
    return counter


def handle_at(counter: str, command: Command) -> Json:
    """Grant it; the answer tells how the desk stands then."""
    name_of = here().person_name

    def answer(handled: Handled) -> Json:
        desk = handled.day.desks.get(counter)
        return {**done(handled), "desk": desk_view(desk, handled.day, name_of) if desk else None}

    return handle(command, answer)


@api.get("/desks/<counter>", responses={200: DeskPageShape})
@needs_role("officer", "supervisor")
def read_desk(path: CounterPath) -> Json:
    """One counter's page: its ticket, who comes next, is parked, missed, or awaited with a booking; one's own day."""
    own_counter(path.counter)
    context, person = here(), who().id
    bookings = context.booking_desk.of_day(context.today())
    return context.hall.read(lambda day, at: desk_page(path.counter, day, at, person, bookings))


def desk_page(counter: str, day: HallDay, at: datetime, person: str, bookings: Sequence[Booking]) -> Json:
    limits = day.rules.limits
    place = day.rules.counters[counter]
    desk, current = day.desks.get(counter), day.at_counter(counter)
    waiting = next_for(place, day, at)[:NEXT_SHOWN]
    aside = [t for t in day.unfinished.values() if t.zone == place.zone or t.counter == counter]
    parked = [t for t in aside if t.stage is Stage.PARKED]
    missed = [t for t in aside if t.stage is Stage.MISSED and not tolerance_has_passed(t, day, at)]
    return {
        "seq": day.seq,
        "desk": desk_view(desk, day, here().person_name) if desk else None,
        "ticket": ticket_view(current, limits) if current else None,
        "next": [ticket_view(ticket, limits) for ticket in waiting],
        "parked": [ticket_view(ticket, limits) for ticket in parked],
        "missed": [ticket_view(ticket, limits) for ticket in missed],
        "due": due_at(place, bookings, day, at),
        "day": own_day(day, at, person, counter),
    }


def next_for(place: Counter, day: HallDay, at: datetime) -> list[Ticket]:
    """First whom the counter would call, with its budget and wherever it helps; then the others of its zone."""
    first = first_for(place, day, at)
    others = in_calling_order(day.waiting_for(place), day.rules, at)
    return [first, *(ticket for ticket in others if ticket is not first)] if first else others


def own_day(day: HallDay, at: datetime, person: str, counter: str) -> Json:
    """Of the services that this person ended today, wherever they sat: how many, how long they took, how long those
    visitors had waited. What was concluded at the counter with its desk closed counts for whoever sits there."""
    done = [
        (ticket, one)
        for ticket in day.tickets.values()
        for one in ticket.services_done
        if one.officer == person or (not one.officer and one.counter == counter)
    ]
    waits = [
        wait_time(ticket, at) for ticket in {ticket.number: ticket for ticket, _ in done}.values() if ticket.is_over
    ]
    return {
        "served": len(done),
        "average_service_minutes": _rounded(mean([minutes(one.took) for _, one in done])),
        "average_wait_minutes": _rounded(mean(waits)),
        "longest_wait_minutes": _rounded(max(waits, default=None)),
    }


def _rounded(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes, 1)


@api.post("/counters/<counter>/open", responses={200: DeskAnswer}, openapi_extensions=COMMAND)
@needs_role("officer")
def open_desk(path: CounterPath) -> Json:
    """Open the desk, or go on after a pause."""
    counter = own_counter(path.counter)
    someone = who()
    command = c.OpenDesk(id=wish_id(someone, "open"), actor=someone.actor, counter=counter, officer=someone.id)
    return handle_at(counter, command)


@api.post("/counters/<counter>/pause", responses={200: DeskAnswer}, openapi_extensions=COMMAND)
@needs_role("officer", "supervisor")
def pause_desk(path: CounterPath, body: Pause) -> Json:
    """Pause the desk; nobody may be at the counter."""
    counter = own_counter(path.counter)
    someone = who()
    command = c.PauseDesk(id=wish_id(someone, "pause"), actor=someone.actor, counter=counter, reason=body.reason)
    return handle_at(counter, command)


@api.post("/counters/<counter>/close", responses={200: DeskAnswer}, openapi_extensions=COMMAND)
@needs_role("officer", "supervisor")
def close_desk(path: CounterPath) -> Json:
    """Close the desk; nobody may be at the counter."""
    counter = own_counter(path.counter)
    someone = who()
    command = c.CloseDesk(id=wish_id(someone, "close"), actor=someone.actor, counter=counter)
    return handle_at(counter, command)


@api.post("/counters/<counter>/call-next", responses={200: DeskAnswer}, openapi_extensions=COMMAND)
@needs_role("officer")
def call_next(path: CounterPath, body: Next) -> Json:
    """Call whoever comes first by the hall's calling order."""
    counter = own_counter(path.counter)
    someone = who()
    command = c.CallNext(id=wish_id(someone, "call-next"), actor=someone.actor, counter=counter, if_free=body.if_free)
    return handle_at(counter, command)


@api.post("/counters/<counter>/call", responses={200: DeskAnswer}, openapi_extensions=COMMAND)
@needs_role("officer")
def call_ticket(path: CounterPath, body: Call) -> Json:
    """Call one certain ticket out of order; the log shows that it was chosen."""
    counter = own_counter(path.counter)
    someone = who()
    command = c.CallTicket(id=wish_id(someone, "call"), actor=someone.actor, counter=counter, ticket=body.ticket)
    return handle_at(counter, command)


@api.post("/counters/<counter>/serve-directly", responses={200: DeskAnswer}, openapi_extensions=COMMAND)
@needs_role("officer")
def serve_directly(path: CounterPath, body: Direct) -> Json:
    """Somebody stands here without a number: number, call and start in one."""
    counter = own_counter(path.counter)
    someone = who()
    command = c.ServeDirectly(
        id=wish_id(someone, "serve-directly"),
        actor=someone.actor,
        counter=counter,
        service=body.service,
        care=body.care,
        language=body.language,
        people=body.people,
    )
    return handle_at(counter, command)


@api.post("/counters/<counter>/call-colleague", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("officer")
def call_colleague(path: CounterPath, body: Colleague) -> Json:
    """Call a guide or a supervisor to this counter without a word said aloud; the first who goes has taken it."""
    counter = own_counter(path.counter)
    someone = who()
    command = c.AskForHelp(
        id=wish_id(someone, "call-colleague"),
        actor=someone.actor,
        place=c.desk_place(counter, body.wanted),
        question=body.reason,
        wanted=body.wanted,
        counter=counter,
    )
    return handle(command, done)


@api.post("/counters/<counter>/no-colleague", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("officer")
def no_colleague(path: CounterPath, body: NoColleague) -> Json:
    """The colleague called is not needed any more."""
    counter = own_counter(path.counter)
    someone = who()
    place = c.desk_place(counter, body.wanted)
    return handle(c.AnswerHelp(id=wish_id(someone, "no-colleague"), actor=someone.actor, place=place), done)


@api.post("/counters/<counter>/open-reserve", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def open_reserve(path: CounterPath) -> Json:
    """Open a reserve counter: an officer may then sit down there."""
    someone = who()
    return handle(c.OpenReserve(id=wish_id(someone, "open-reserve"), actor=someone.actor, counter=path.counter), done)


@api.post("/counters/<counter>/close-reserve", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def close_reserve(path: CounterPath) -> Json:
    """Shut a reserve counter again; whoever sits there goes on until their desk closes."""
    someone = who()
    return handle(c.CloseReserve(id=wish_id(someone, "close-reserve"), actor=someone.actor, counter=path.counter), done)
