"""The whole way of a visit as steps: arrived, waiting, called, at the counter, the next service, done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from queue_server.domain.ticket import Stage, Ticket

Say = Callable[[str], str]  # a service's everyday name
Time = Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Step:
    """`head` and `more` are keys of words (`progress.step_…`); `state`: done | now | next."""

    head: str
    more: str
    state: str
    values: dict[str, object] = field(default_factory=dict)


def steps_of(ticket: Ticket, name_of: Say, time_of: Time, *, with_services: bool = True) -> list[Step]:
    """From the first press to the last word. None for a visit that ended without service.

    `with_services` false: for the family, who see how far it is and not what it is about.
    """
    if ticket.stage in {Stage.ABANDONED, Stage.NO_SHOW}:
        return []
    named = {"service": name_of(ticket.service)} if with_services else {}
    place = _place(ticket)
    steps = [Step("taken", "", "done", {"time": time_of(ticket.first_arrival_at)})]
    for done in ticket.services_done[: -1 if ticket.stage is Stage.SERVED else None]:
        service = {"service": name_of(done.service)} if with_services else {}
        steps.append(Step("did" if service else "did_one", "", "done", {**service, "time": time_of(done.ended_at)}))
    steps += [
        Step(_waiting_words(ticket), _waiting_more(ticket), _state(0, place), _back(ticket, time_of)),
        Step("called", "called_more", _state(1, place), {"counter": ticket.counter or ""}),
        Step("counter", "counter_more" if named else "", _state(2, place), named),
    ]
    for service in ticket.services_to_do:
        steps.append(Step("next", "next_more", "next", {"service": name_of(service)} if with_services else {}))
        if not with_services:
            steps[-1] = Step("next_one", "next_more", "next")
    steps.append(Step("done", "done_more" if ticket.feedback is None else "", _state(3, place)))
    return steps


def _place(ticket: Ticket) -> int:
    """0 waiting, 1 called, 2 at the counter, 3 done and asked how it was, 4 all over."""
    if ticket.stage is Stage.SERVED:
        return 3 if ticket.feedback is None else 4
    if ticket.stage is Stage.CALLED:
        return 1
    was_at_counter = ticket.counter is not None  # whoever took the number only to fetch a paper was not
    away_from_counter = ticket.stage is Stage.PARKED and ticket.back_at is None and was_at_counter
    return 2 if ticket.stage in {Stage.SERVING, Stage.HELD} or away_from_counter else 0


def _state(own: int, place: int) -> str:
    return "done" if own < place else "now" if own == place else "next"


def _waiting_words(ticket: Ticket) -> str:
    if ticket.stage is Stage.MISSED:
        return "missed"
    return "minutes" if ticket.back_at is not None else "waiting"


def _waiting_more(ticket: Ticket) -> str:
    return f"{_waiting_words(ticket)}_more"


def _back(ticket: Ticket, time_of: Time) -> dict[str, object]:
    return {"time": time_of(ticket.back_at)} if ticket.back_at is not None else {}
