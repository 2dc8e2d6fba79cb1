"""What a supervisor arranges for today alone: longer hours, what a counter serves, one more counter, a visitor back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, Field

from queue_server.domain import commands as c
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Counter
from queue_server.web.api.common import COMMAND, Done, TicketPath, Wish, done, handle, make_api, wish_id
from queue_server.web.api.counters import CounterPath
from queue_server.web.api.shapes import ArrangementShape
from queue_server.web.context import here
from queue_server.web.security import needs_role, who
from queue_server.web.views import Json, counter_view

api = make_api("today", "Arranged for today alone")
Reason = Field("", max_length=100, description="Stands in the log; never about a person")


class Longer(Wish):
    closes: AwareDatetime | None = Field(None, description="The new end of today; null: as usual again")
    reason: str = Reason


class Serves(Wish):
    zone: str = Field(max_length=32)
    services: list[str] = Field([], max_length=60, description="Empty: everything its zone does")
    reason: str = Reason


class Back(Wish):
    counter: str = Field(max_length=8, description="One that is open; where somebody stands, it is called next there")
    reason: str = Reason


@api.get("/day/arrangement", responses={200: ArrangementShape})
@needs_role("supervisor")
def read_arrangement() -> Json:
    """Hours and counters of today, beside how they usually are."""
    return here().hall.read(arrangement)


def arrangement(day: HallDay, at: datetime) -> Json:
    closes, usual = day.rules.hours.closing_time(day.day), day.usual_closing()
    return {
        "closes": f"{closes:%H:%M}" if closes else None,
        "usually": f"{usual:%H:%M}" if usual else None,
        "counters": [_counter(counter, day) for counter in day.rules.counters.values()],
    }


def _counter(counter: Counter, day: HallDay) -> Json:
    usual = day.usual_counters.get(counter.id)
    return {
        **counter_view(counter),
        "added": counter.id in day.added_counters,
        "usually": counter_view(usual) if usual else None,
    }


@api.post("/day/extend", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def extend_hours(body: Longer) -> Json:
    """Stay open longer today; or, with null, close as usual after all."""
    someone = who()
    command = c.ExtendHours(
        id=wish_id(someone, "extend-hours"), actor=someone.actor, closes=body.closes, reason=body.reason
    )
    return handle(command, done)


def arranged(path: CounterPath, body: Serves) -> dict[str, Any]:
    """What a counter is to do today, as the commands to change and to add one have it."""
    return {"counter": path.counter, "zone": body.zone, "services": tuple(body.services), "reason": body.reason}


@api.post("/counters/<counter>/change", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def change_counter(path: CounterPath, body: Serves) -> Json:
    """Let a counter serve something else for the rest of today, from its next call on."""
    someone = who()
    command = c.ChangeCounter(id=wish_id(someone, "change-counter"), actor=someone.actor, **arranged(path, body))
    return handle(command, done)


@api.post("/counters/<counter>/restore", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def restore_counter(path: CounterPath) -> Json:
    """Let it serve what it usually does."""
    someone = who()
    command = c.RestoreCounter(id=wish_id(someone, "restore-counter"), actor=someone.actor, counter=path.counter)
    return handle(command, done)


@api.post("/counters/<counter>/add", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def add_counter(path: CounterPath, body: Serves) -> Json:
    """Add a counter for today; shut it again like a reserve counter."""
    someone = who()
    command = c.AddCounter(id=wish_id(someone, "add-counter"), actor=someone.actor, **arranged(path, body))
    return handle(command, done)


@api.post("/tickets/<ticket>/call-back", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def call_back(path: TicketPath, body: Back) -> Json:
    """Call a visitor back who has been served or has left, by display, voice and phone."""
    someone = who()
    command = c.CallBack(
        id=wish_id(someone, "call-back"),
        actor=someone.actor,
        ticket=path.ticket,
        counter=body.counter,
        reason=body.reason,
    )
    return handle(command, done)
