"""Reads a hall day's log afterwards and holds it against what clients were told: is there one consistent history?

First what needs no rules: gaps, numbers, stages (those of domain/events.py, not of the code that decides), answers that
are not there. Where all of that is sound, `one_clerk` asks whether the whole could have happened one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from queue_server.domain import events as e
from queue_server.domain.apply import apply
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import AT_A_COUNTER, OVER, Stage
from queue_server.stores.base import Recorded
from tests.soak.heard import Heard, Refused, Told
from tests.soak.one_clerk import contradictions, key_of

ANY_OPEN = frozenset(Stage) - OVER
# the stages in which a ticket may be when this happens to it
BEFORE: dict[type[e.Event], frozenset[Stage]] = {
    e.TicketCalled: frozenset({Stage.WAITING, Stage.CALLED}),
    e.ServiceStarted: frozenset({Stage.CALLED}),
    e.ServiceHeld: frozenset({Stage.SERVING}),
    e.ServiceResumed: frozenset({Stage.HELD}),
    e.ServiceEnded: frozenset({Stage.SERVING, Stage.HELD}),
    e.TicketParked: AT_A_COUNTER,
    e.TicketMissed: frozenset({Stage.CALLED}),
    e.TicketNoShow: frozenset({Stage.MISSED}),
    e.TicketReturned: frozenset({Stage.PARKED, Stage.MISSED}),
    e.TicketCalledBack: OVER | {Stage.PARKED, Stage.MISSED},
    e.TicketTransferred: ANY_OPEN,
    e.TransferUndone: frozenset({Stage.WAITING}),
    e.TicketAbandoned: frozenset({Stage.WAITING, Stage.CALLED, Stage.PARKED, Stage.MISSED}),
}


def findings(log: Sequence[Recorded], rules: HallRules, heard: Heard) -> list[str]:
    """What contradicts a single history, in words. Empty: nothing does."""
    found = [*gaps(log), *wrong_stages(log, rules), *lost(log, heard.told), *done_though_refused(log, heard.refused)]
    return found or list(contradictions(log, rules, heard))


def gaps(log: Sequence[Recorded]) -> Iterable[str]:
    for place, one in enumerate(log, start=1):
        if one.seq != place:
            yield f"place {place} of the log has seq {one.seq}"
            return


def wrong_stages(log: Sequence[Recorded], rules: HallRules) -> Iterable[str]:
    if not log:
        return
    day = HallDay(rules=rules, day=log[0].day)
    for one in log:
        problem = wrong_step(one.event, day)
        if problem:  # what follows from an impossible step says nothing more
            yield f"seq {one.seq}: {problem}"
            return
        apply(day, one.event)


def wrong_step(event: e.Event, day: HallDay) -> str | None:
    name = type(event).__name__
    number: str | None = getattr(event, "ticket", None)
    if isinstance(event, e.TicketIssued):
        return f"the number {event.ticket} is given again" if event.ticket in day.tickets else None
    if number is None:
        return None
    if number not in day.tickets:
        return f"{name} of {number}, which was never given"
    stage = day.tickets[number].stage
    if stage not in BEFORE.get(type(event), frozenset(Stage)):
        return f"{name} of {number}, which is {stage.value}"
    if isinstance(event, e.TicketCalled):
        present = day.at_counter(event.counter)
        if present is not None and present.number != number:
            return f"{number} is called to counter {event.counter}, where {present.number} is"
    return None


def lost(log: Sequence[Recorded], told: Iterable[Told]) -> Iterable[str]:
    at = {one.seq: one.event for one in log}
    for one in told:
        event = at.get(one.seq)
        if event is None or key_of(event) != one.key:
            yield f"{one.key} was told seq {one.seq}, and the log has something else there"
        elif one.ticket not in {None, getattr(event, "ticket", None)}:
            yield f"{one.key} was told {one.ticket}, and the log has {event}"


def done_though_refused(log: Sequence[Recorded], refused: Iterable[Refused]) -> Iterable[str]:
    done = {key_of(one.event) for one in log}
    for one in refused:
        if one.key in done:
            yield f"{one.key} was refused, and was done all the same"
