"""The rules of calling once more, as docs/settings.md writes them: over everybody who waits, without lines or indexes.

Slow and plain on purpose. Nothing is asked of the code that chooses, so that its faults are not repeated here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from queue_server.domain import events as e
from queue_server.domain.calling_order import in_calling_order
from queue_server.domain.explain import explain_order
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import CallRule, Counter, OrderClass
from queue_server.domain.ticket import Ticket

NOBODY_ELSE_COULD_BE_CALLED = frozenset({"continues", "direct"})


def by_the_book(
    counter: Counter, day: HallDay, at: datetime, calls: Sequence[e.TicketCalled]
) -> tuple[str, str, str | None] | None:
    """(number, rule, passed over) of whom this counter calls now; None: nobody. `calls`: all of the day so far."""
    limits = day.rules.limits
    able = [ticket for ticket in everybody_waiting(day) if may_be_called(counter, ticket, day, at)]
    if not able:
        return None
    if put_first := [ticket for ticket in able if ticket.front_at is not None]:
        return min(put_first, key=lambda ticket: (ticket.front_at, *ties(ticket))).number, "front", None
    if long := beyond_the_guard(able, day, at):
        return min(long, key=ties).number, "longest_wait", None

    def by_credit(ticket: Ticket) -> tuple[object, ...]:
        return (-earned(ticket, day, at) - preferred(counter, ticket, day), *ties(ticket))

    best = min(able, key=by_credit)
    without_priority = [ticket for ticket in able if not has_priority(ticket)]
    earlier = [ticket for ticket in without_priority if ticket.order_from < best.order_from]
    if not has_priority(best) or not earlier:
        return best.number, "credit", None
    if at_the_limit := [ticket for ticket in first_of_each_line(earlier) if delayed_too_much(ticket, best, day)]:
        return min(at_the_limit, key=ties).number, "delay_limit", None
    if limits.priority_one_in and any(passed for passed in latest_calls(counter, calls, limits.priority_one_in - 1)):
        return min(without_priority, key=by_credit).number, "budget", None
    return best.number, "credit", min(earlier, key=ties).number


def everybody_waiting(day: HallDay) -> list[Ticket]:
    return [ticket for ticket in day.tickets.values() if ticket.is_waiting]


def ties(ticket: Ticket) -> tuple[object, ...]:
    return (ticket.order_from, ticket.order_issue, ticket.came_back, ticket.issue)


def waited(ticket: Ticket, at: datetime) -> float:
    return (at - ticket.order_from).total_seconds()


def beyond_the_guard(tickets: Sequence[Ticket], day: HallDay, at: datetime) -> list[Ticket]:
    """Those who have waited as long as nobody should."""
    limit = day.rules.limits.longest_wait_minutes * 60
    return [ticket for ticket in tickets if limit and waited(ticket, at) >= limit]


# --- credit


def class_of(ticket: Ticket, day: HallDay) -> OrderClass:
    rules = day.rules
    if ticket.statutory:
        return rules.statutory
    if ticket.care:
        return rules.care
    if ticket.slot is not None:
        return rules.appointment
    return rules.transferred if ticket.transfers else rules.ordinary


def earned(ticket: Ticket, day: HallDay, at: datetime) -> float:
    earns = class_of(ticket, day)
    return earns.credit_seconds + earns.rate * waited(ticket, at)


def has_priority(ticket: Ticket) -> bool:
    return ticket.statutory or ticket.care or ticket.slot is not None


def preferred(counter: Counter, ticket: Ticket, day: HallDay) -> float:
    officer = day.rules.officers.get(day.desks[counter.id].officer) if counter.id in day.desks else None
    prefers = counter.prefers | (officer.prefers if officer else frozenset())
    return 60.0 * day.rules.limits.preference_minutes if ticket.service in prefers else 0.0


# --- what priority may cost the others


def latest_calls(counter: Counter, calls: Sequence[e.TicketCalled], many: int) -> list[str | None]:
    """Whom the latest calls of this counter passed over."""
    own = [
        call.passed_over
        for call in calls
        if call.counter == counter.id and call.attempt == 1 and call.rule not in NOBODY_ELSE_COULD_BE_CALLED
    ]
    return own[-many:] if many else []


def first_of_each_line(tickets: list[Ticket]) -> list[Ticket]:
    """Without those who wait for the same behind somebody else."""
    return [ticket for ticket in tickets if ticket is min((o for o in tickets if same_line(o, ticket)), key=ties)]


def same_line(one: Ticket, other: Ticket) -> bool:
    def line(ticket: Ticket) -> tuple[object, ...]:
        return (ticket.zone, ticket.service, ticket.for_counter, ticket.for_officer, ticket.transfers > 0)

    return line(one) == line(other)


def delayed_too_much(ticket: Ticket, best: Ticket, day: HallDay) -> bool:
    """Whether calling `best` first would make it more than the hall allows, with all that went before."""
    limit = day.rules.limits.priority_delay_minutes * 60
    so_far = ticket.delayed_seconds + day.overtaken_seconds.get(ticket.zone, 0) - ticket.overtaken_before
    return limit > 0 and so_far + cost_to_others(best, day) > limit


def cost_to_others(ticket: Ticket, day: HallDay) -> int:
    """Seconds that those passed over wait longer when this one is called first."""
    counters = day.rules.counters
    desks = [one for one in day.desks.values() if counters[one.counter].zone == ticket.zone and not one.paused]
    return round(day.rules.services[ticket.service].minutes * 60 / max(1, len(desks)))


# --- who may call whom


def may_be_called(counter: Counter, ticket: Ticket, day: HallDay, at: datetime) -> bool:
    return in_reach(counter, ticket, day, at) and allowed(counter, ticket, day)


def in_reach(counter: Counter, ticket: Ticket, day: HallDay, at: datetime) -> bool:
    """Of its own zone, or of one that it helps just now."""
    if ticket.zone == counter.zone:
        return True
    return any(
        rule.zone == ticket.zone and counter.id in rule.counters and concerns(rule, ticket) and helps(rule, day, at)
        for rule in day.rules.call_rules
        if not (rule.own_first and own_people_wait(counter, day))
    )


def own_people_wait(counter: Counter, day: HallDay) -> bool:
    return any(ticket.zone == counter.zone and allowed(counter, ticket, day) for ticket in everybody_waiting(day))


def concerns(rule: CallRule, ticket: Ticket) -> bool:
    return ticket.zone == rule.zone and (rule.services is None or ticket.service in rule.services)


def helps(rule: CallRule, day: HallDay, at: datetime) -> bool:
    waiting = [ticket for ticket in everybody_waiting(day) if concerns(rule, ticket)]
    many, long = rule.more_than_waiting, rule.longer_than_minutes
    if many is not None and len(waiting) > many:
        return True
    return long is not None and any(waited(ticket, at) > long * 60 for ticket in waiting)


def allowed(counter: Counter, ticket: Ticket, day: HallDay) -> bool:
    """Skills of counter and officer; a ticket kept for somebody is theirs while that desk is open."""
    officer = day.desks[counter.id].officer if counter.id in day.desks else None
    if ticket.for_counter in day.desks:
        return ticket.for_counter == counter.id
    if ticket.for_officer in {desk.officer for desk in day.desks.values()}:
        return officer == ticket.for_officer
    skills = day.rules.officers[officer].services if officer in day.rules.officers else None
    return all(known is None or ticket.service in known for known in (counter.services, skills))


# --- what is said of it


def expect_it_is_explained(called: Ticket, counter: Counter, day: HallDay, at: datetime) -> None:
    """To everybody else who waits it is said that the one whom the counter calls goes first."""
    for other in everybody_waiting(day):
        if other is not called:
            explained = explain_order(other, called, day, at, counter)
            assert (explained.first, explained.second) == (called.number, other.number)


def ahead_by_the_book(ticket: Ticket, day: HallDay, at: datetime) -> int:
    """Those before it in the queue whom a counter could call that could call this one too: open ones, if any are."""
    capable = [one for one in day.rules.counters_of(ticket.zone) if allowed(one, ticket, day)]
    wanted = [one for one in capable if one.id in day.desks] or capable
    queue = in_calling_order(day.waiting(ticket.zone), day.rules, at)
    before = queue[: queue.index(ticket)]
    return sum(any(allowed(counter, other, day) for counter in wanted) for other in before)
