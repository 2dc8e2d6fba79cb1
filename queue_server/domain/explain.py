"""Why one ticket goes before another: the chain of rules and people that put it there.

Reasons are codes and plain details; their words stand with the other words. Nothing here says why somebody has care:
the hall does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queue_server.domain.calling_order import calling_order, credit, waited_longest
from queue_server.domain.choice import Choice, choose, delay_by_priority, may_call, preference
from queue_server.domain.hall_day import HallDay
from queue_server.domain.lines import Place, class_name, order_class
from queue_server.domain.rules import Counter
from queue_server.domain.ticket import Ticket

Detail = str | int | float
AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """One link of the chain. Moments are ISO 8601 in UTC, credit and waits are minutes."""

    code: str
    details: dict[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explanation:
    """`first` goes before `second`; first the rule that decided it, then what is known of each."""

    first: str
    second: str
    decided_by: Reason
    reasons: tuple[Reason, ...]


def explain_order(a: Ticket, b: Ticket, day: HallDay, at: datetime, counter: Counter | None = None) -> Explanation:
    """Which of the two goes first, and why; at one counter if one is named, else in the zone's own order.

    Whoever has been called went first, by the rule recorded then. With a counter the answer is what `choose` would do.
    """
    first, decided_by = _decision(a, b, day, at, counter)
    second = b if first is a else a
    reasons = tuple(reason for ticket in (first, second) for reason in known_of(ticket, day, at, counter))
    return Explanation(first.number, second.number, decided_by, reasons)


def decided_at(a: Ticket, b: Ticket) -> tuple[datetime, str | None] | None:
    """The moment just before the first of the two was called, and by which counter; None where neither was, or where
    the other had not come yet."""
    called = [(ticket.served_call_at, ticket.issue, ticket.counter) for ticket in (a, b) if ticket.served_call_at]
    if not called:
        return None
    moment, _, counter = min(called)
    both_were_here = max(a.first_arrival_at, b.first_arrival_at) < moment
    return (moment - AN_INSTANT, counter) if both_were_here else None


def _decision(a: Ticket, b: Ticket, day: HallDay, at: datetime, counter: Counter | None) -> tuple[Ticket, Reason]:
    if not (a.is_waiting and b.is_waiting):
        return _already(a, b)
    if counter is not None:
        return _at_the_counter(a, b, day, at, counter)
    if a.zone != b.zone:
        first = min(a, b, key=lambda ticket: calling_order(ticket, day.rules, at))
        return first, Reason("other_queues", {"ticket": a.number, "other": b.number})
    return _in_the_queue(a, b, day, at)


def _already(a: Ticket, b: Ticket) -> tuple[Ticket, Reason]:
    """One of them, or both, have been called or are not waiting."""
    called = [ticket for ticket in (a, b) if ticket.served_call_at is not None and not ticket.is_waiting]
    if not called:
        first = a if a.is_waiting else b
        away = b if first is a else a
        return first, Reason("not_waiting", {"ticket": away.number})
    first = min(called, key=lambda ticket: (ticket.served_call_at, ticket.issue))
    second = b if first is a else a
    assert first.served_call_at is not None
    details: dict[str, Detail] = {"ticket": first.number, "at": first.served_call_at.isoformat()}
    details |= {"counter": first.counter or "", "rule": first.called_by_rule or "credit", "other": second.number}
    return first, Reason("called_first", details)


def _at_the_counter(a: Ticket, b: Ticket, day: HallDay, at: datetime, counter: Counter) -> tuple[Ticket, Reason]:
    for ticket, other in ((a, b), (b, a)):
        if not may_call(counter, other, day, at):
            return ticket, Reason("not_at_this_counter", {"ticket": other.number, "counter": counter.id})
    choice = choose(counter, day, at)
    if choice is not None and choice.ticket in (a, b):
        return choice.ticket, _of_the_choice(choice, a if choice.ticket is b else b, day, at, counter)
    return _in_the_queue(a, b, day, at, counter)


def _of_the_choice(choice: Choice, other: Ticket, day: HallDay, at: datetime, counter: Counter) -> Reason:
    limits, ticket = day.rules.limits, choice.ticket
    if choice.rule == "delay_limit":
        minutes = round(delay_by_priority(ticket, day) / 60, 1)
        limit = limits.priority_delay_minutes
        return Reason("delay_limit", {"ticket": ticket.number, "minutes": minutes, "limit": limit})
    if choice.rule == "budget":
        return Reason("budget", {"ticket": ticket.number, "counter": counter.id, "one_in": limits.priority_one_in})
    return _in_the_queue(ticket, other, day, at, counter)[1]


def _in_the_queue(
    a: Ticket, b: Ticket, day: HallDay, at: datetime, counter: Counter | None = None
) -> tuple[Ticket, Reason]:
    """By the order that holds when neither budget nor delay limit speaks."""

    def order(ticket: Ticket) -> tuple[int, float, Place]:
        group, less_credit, place = calling_order(ticket, day.rules, at)
        extra = preference(counter, ticket, day) if counter is not None and less_credit else 0.0
        return (group, less_credit - extra, place)

    first, second = sorted((a, b), key=order)
    return first, _rule_between(first, second, day, at, counter)


def _count_alike(a: Ticket, b: Ticket, day: HallDay, counter: Counter | None) -> bool:
    """Whether only the moment from which they wait tells their credits apart: then that is the plainer reason."""
    of_class = [order_class(class_name(ticket), day.rules) for ticket in (a, b)]
    preferred = [preference(counter, ticket, day) if counter is not None else 0.0 for ticket in (a, b)]
    return of_class[0] == of_class[1] and preferred[0] == preferred[1]


def _rule_between(first: Ticket, second: Ticket, day: HallDay, at: datetime, counter: Counter | None) -> Reason:
    if first.front_at is not None:
        return Reason("put_first", {"ticket": first.number, "at": first.front_at.isoformat()})
    if waited_longest(first, day.rules, at):
        limit = day.rules.limits.longest_wait_minutes
        return Reason("longest_wait", {"ticket": first.number, "minutes": _waited(first, at), "limit": limit})
    mine, theirs = (_credit_minutes(ticket, day, at, counter) for ticket in (first, second))
    if mine != theirs and not _count_alike(first, second, day, counter):
        details: dict[str, Detail] = {"ticket": first.number, "minutes": round(mine, 1), "other": second.number}
        return Reason("more_credit", {**details, "other_minutes": round(theirs, 1)})
    code = "came_earlier" if first.order_from < second.order_from else "lower_number"
    return Reason(code, {"ticket": first.number, "other": second.number})


def _credit_minutes(ticket: Ticket, day: HallDay, at: datetime, counter: Counter | None) -> float:
    extra = preference(counter, ticket, day) if counter is not None else 0.0
    return (credit(ticket, day.rules, at) + extra) / 60


def _waited(ticket: Ticket, at: datetime) -> int:
    return int((at - ticket.order_from).total_seconds() // 60)


def known_of(ticket: Ticket, day: HallDay, at: datetime, counter: Counter | None = None) -> Iterator[Reason]:
    """What put this ticket where it stands, in the order it happened."""
    number = ticket.number
    yield Reason("arrived", {"ticket": number, "at": ticket.first_arrival_at.isoformat()})
    if ticket.slot is not None:
        yield Reason("booked", {"ticket": number, "at": ticket.slot.isoformat()})
    if ticket.transfers:
        yield Reason("sent_on", {"ticket": number, "times": ticket.transfers})
    if ticket.came_back:
        yield Reason("came_back", {"ticket": number})
    elif ticket.order_from != ticket.first_arrival_at and ticket.slot is None:
        yield Reason("counted_from", {"ticket": number, "at": ticket.order_from.isoformat()})
    if not ticket.is_waiting:
        return
    if ticket.for_counter is not None:
        yield Reason("kept_for_counter", {"ticket": number, "counter": ticket.for_counter})
    if ticket.for_officer is not None:
        yield Reason("kept_for_officer", {"ticket": number})
    name = class_name(ticket)
    earns = order_class(name, day.rules)
    details: dict[str, Detail] = {"ticket": number, "class": name, "rate": earns.rate}
    minutes = round(credit(ticket, day.rules, at) / 60, 1)
    yield Reason("earns", {**details, "head_start": earns.credit_seconds / 60, "minutes": minutes})
    if counter is not None and (extra := preference(counter, ticket, day)):
        yield Reason("preferred", {"ticket": number, "counter": counter.id, "minutes": extra / 60})
