"""Whom a counter calls now, and by which rule: the calling order, with the counter's skills and the priority budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.calling_order import calling_order, credit, waited_longest
from queue_server.domain.hall_day import HallDay, can_call
from queue_server.domain.lines import is_priority, kind_of, place_in_line
from queue_server.domain.rules import CallRule, Counter
from queue_server.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Choice:
    """`rule`: front | longest_wait | delay_limit | budget | credit.

    `passed_over`: the earliest person without priority who could have been called instead; then `overtook_seconds` is
    what the choice adds to the wait of those passed over.
    """

    ticket: Ticket
    rule: str
    passed_over: str | None = None
    overtook_seconds: int = 0


def first_for(counter: Counter, day: HallDay, at: datetime) -> Ticket | None:
    """Whom this counter would call now; None when nobody it may serve is waiting."""
    choice = choose(counter, day, at)
    return choice.ticket if choice else None


def choose(counter: Counter, day: HallDay, at: datetime) -> Choice | None:
    heads = list(heads_for(counter, day, at))
    if not heads:
        return None
    first = min(heads, key=lambda ticket: calling_order(ticket, day.rules, at))
    if first.front_at is not None:
        return Choice(first, "front")
    if waited_longest(first, day.rules, at):
        return Choice(first, "longest_wait")
    return _by_credit(counter, heads, day, at)


def _by_credit(counter: Counter, heads: list[Ticket], day: HallDay, at: datetime) -> Choice:
    best = _highest(counter, heads, day, at)
    if not is_priority(best):
        return Choice(best, "credit")
    others = [ticket for ticket in heads if not is_priority(ticket)]
    passed = sorted((ticket for ticket in others if ticket.order_from < best.order_from), key=place_in_line)
    if not passed:
        return Choice(best, "credit")
    costs = overtook_seconds(best, day)
    for ticket in passed:
        if _costs_too_much(costs, ticket, day):
            return Choice(ticket, "delay_limit")
    if _budget_is_spent(counter, day):
        return Choice(_highest(counter, others, day, at), "budget")
    return Choice(best, "credit", passed[0].number, costs)


def _highest(counter: Counter, tickets: Iterable[Ticket], day: HallDay, at: datetime) -> Ticket:
    def order(ticket: Ticket) -> tuple[float, object]:
        return (-credit(ticket, day.rules, at) - preference(counter, ticket, day), place_in_line(ticket))

    return min(tickets, key=order)


def preference(counter: Counter, ticket: Ticket, day: HallDay) -> float:
    """Seconds of credit that this counter adds for a service which it, or the officer there, prefers."""
    return preference_for(ticket.service, counter, day)


def preference_for(service: str, counter: Counter, day: HallDay) -> float:
    desk = day.desks.get(counter.id)
    officer = day.rules.officers.get(desk.officer) if desk else None
    prefers = service in counter.prefers or (officer is not None and service in officer.prefers)
    return day.rules.limits.preference_minutes * 60.0 if prefers else 0.0


def _costs_too_much(seconds: int, ticket: Ticket, day: HallDay) -> bool:
    """Whether one more priority call would cost this one, all of them together, more than the hall allows."""
    limit = day.rules.limits.priority_delay_minutes
    return limit > 0 and delay_by_priority(ticket, day) + seconds > limit * 60


def delay_by_priority(ticket: Ticket, day: HallDay) -> int:
    """Seconds that priority calls have added to this waiting ticket's wait at most, by usual service times.

    Counted for the zone as a whole, so that it costs nothing to know; whoever arrived in between was not overtaken by
    all of them, so the truth is never more. It goes with the ticket when that returns, is sent on or is put back.
    """
    return ticket.delayed_seconds + day.overtaken_seconds.get(ticket.zone, 0) - ticket.overtaken_before


def overtook_seconds(ticket: Ticket, day: HallDay) -> int:
    """What calling this one first adds to the others' wait: its usual service time, shared among the open desks."""
    return round(day.rules.services[ticket.service].minutes * 60 / max(1, len(day.open_desks(ticket.zone))))


def _budget_is_spent(counter: Counter, day: HallDay) -> bool:
    """At most one call in so many may pass others over, at each counter."""
    one_in = day.rules.limits.priority_one_in
    since = day.calls_since_priority.get(counter.id)
    return one_in > 0 and since is not None and since < one_in - 1


def heads_for(counter: Counter, day: HallDay, at: datetime) -> Iterator[Ticket]:
    """The first of each line that this counter may call now, of its own zone and of those it helps."""
    own = list(_heads_in(counter.zone, None, counter, day))
    yield from own
    for call_rule in rules_for(counter, day, at):
        if own and call_rule.own_first:
            continue
        yield from _heads_in(call_rule.zone, call_rule.services, counter, day)


def _heads_in(zone: str, services: frozenset[str] | None, counter: Counter, day: HallDay) -> Iterator[Ticket]:
    if zone not in day.lines:
        return
    for kind, ticket in day.lines[zone].heads():
        if (services is None or kind.service in services) and can_call(counter, kind, day):
            yield ticket


def rules_for(counter: Counter, day: HallDay, at: datetime) -> list[CallRule]:
    """The hall's WHEN … THEN rules that hold now and let this counter help another zone."""
    return [
        call_rule
        for call_rule in day.rules.call_rules
        if counter.id in call_rule.counters and call_rule.zone != counter.zone and holds(call_rule, day, at)
    ]


def holds(call_rule: CallRule, day: HallDay, at: datetime) -> bool:
    lines = day.lines[call_rule.zone].by_kind if call_rule.zone in day.lines else {}
    counted = [line for kind, line in lines.items() if call_rule.services is None or kind.service in call_rule.services]
    if call_rule.more_than_waiting is not None and sum(map(len, counted)) > call_rule.more_than_waiting:
        return True
    limit = call_rule.longer_than_minutes
    heads = (line[0] for line in counted)
    return limit is not None and any((at - ticket.order_from).total_seconds() > limit * 60 for ticket in heads)


def may_call(counter: Counter, ticket: Ticket, day: HallDay, at: datetime) -> bool:
    """Whether this counter may call this waiting ticket now, of its own zone or of one it helps."""
    from_rule = (rule for rule in rules_for(counter, day, at) if rule.zone == ticket.zone)
    in_reach = ticket.zone == counter.zone or any(
        rule.services is None or ticket.service in rule.services for rule in from_rule
    )
    return in_reach and can_call(counter, kind_of(ticket), day)
