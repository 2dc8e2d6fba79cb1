"""Whom a counter calls, looked up from the heads of lines, is whom the written rules find by looking at everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from story import MONDAY, RULES

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.apply import apply
from queue_server.domain.calling_order import people_ahead, queue_of
from queue_server.domain.choice import choose
from queue_server.domain.decide import decide
from queue_server.domain.explain import explain_order
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import CallRule, Counter, HallRules, Limits, Officer, OrderClass, Way
from queue_server.domain.ticket import Ticket

FIRST_COME, HEAD_START, ACCUMULATING, STRICT = (
    OrderClass(),
    OrderClass(credit_seconds=900),
    OrderClass(rate=2),
    OrderClass(credit_seconds=36_000),
)
NINE = MONDAY.replace(hour=9)
CLASSES = st.sampled_from([STRICT, ACCUMULATING, HEAD_START, FIRST_COME])


@dataclass
class Told:
    """A day played move by move, with its events."""

    day: HallDay
    at: datetime = NINE
    events: list[e.Event] = field(default_factory=list)
    wishes: int = 0

    def wish(self, kind: type[c.Command], **fields: object) -> None:
        self.wishes += 1
        try:
            events = decide(kind(id=str(self.wishes), actor="guide:ma", **fields), self.day, self.at)
        except Refusal:
            return
        for event in events:
            apply(self.day, event)
            self.events.append(event)


# --- the rules once more, as they are written, over everybody who waits


def by_the_book(counter: Counter, told: Told) -> tuple[str, str, str | None] | None:
    """(number, rule, passed over)"""
    day, at, limits = told.day, told.at, told.day.rules.limits
    able = [
        ticket for ticket in everybody_waiting(day) if in_reach(counter, ticket, told) and allowed(counter, ticket, day)
    ]
    if not able:
        return None
    if put_first := [ticket for ticket in able if ticket.front_at is not None]:
        return min(put_first, key=lambda ticket: (ticket.front_at, *ties(ticket))).number, "front", None
    if limits.longest_wait_minutes and (
        long := [ticket for ticket in able if waited(ticket, at) >= limits.longest_wait_minutes * 60]
    ):
        return min(long, key=ties).number, "longest_wait", None

    def by_credit(ticket: Ticket) -> tuple[object, ...]:
        return (-earned(ticket, day, at) - preferred(counter, ticket, day), *ties(ticket))

    best = min(able, key=by_credit)
    without_priority = [ticket for ticket in able if not has_priority(ticket)]
    earlier = [ticket for ticket in without_priority if ticket.order_from < best.order_from]
    if not has_priority(best) or not earlier:
        return best.number, "credit", None
    earliest = min(earlier, key=ties)
    if at_the_limit := [ticket for ticket in first_of_each_line(earlier) if delayed_too_much(ticket, best, day)]:
        return min(at_the_limit, key=ties).number, "delay_limit", None
    if limits.priority_one_in and any(passed for passed in latest_calls(counter, told, limits.priority_one_in - 1)):
        return min(without_priority, key=by_credit).number, "budget", None
    return best.number, "credit", earliest.number


def everybody_waiting(day: HallDay) -> list[Ticket]:
    return [ticket for ticket in day.tickets.values() if ticket.is_waiting]


def ties(ticket: Ticket) -> tuple[object, ...]:
    return (ticket.order_from, ticket.order_issue, ticket.came_back, ticket.issue)


def waited(ticket: Ticket, at: datetime) -> float:
    return (at - ticket.order_from).total_seconds()


def earned(ticket: Ticket, day: HallDay, at: datetime) -> float:
    rules = day.rules
    if ticket.statutory:
        earns = rules.statutory
    elif ticket.care:
        earns = rules.care
    elif ticket.transfers:
        earns = rules.transferred
    else:
        earns = rules.ordinary
    return earns.credit_seconds + earns.rate * waited(ticket, at)


def has_priority(ticket: Ticket) -> bool:
    return ticket.statutory or ticket.care


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
    desks = [desk for desk in day.desks.values() if day.rules.counters[desk.counter].zone == best.zone]
    costs = round(day.rules.services[best.service].minutes * 60 / max(1, len(desks)))
    so_far = ticket.delayed_seconds + day.overtaken_seconds.get(ticket.zone, 0) - ticket.overtaken_before
    return limit > 0 and so_far + costs > limit


def preferred(counter: Counter, ticket: Ticket, day: HallDay) -> float:
    return 60.0 * day.rules.limits.preference_minutes if ticket.service in counter.prefers else 0.0


def latest_calls(counter: Counter, told: Told, many: int) -> list[str | None]:
    """Whom the latest calls of this counter passed over."""
    calls = [one for one in told.events if isinstance(one, e.TicketCalled) and one.attempt == 1]
    own = [one.passed_over for one in calls if one.counter == counter.id]
    return own[-many:] if many else []


def in_reach(counter: Counter, ticket: Ticket, told: Told) -> bool:
    if ticket.zone == counter.zone:
        return True
    waiting = [one for one in everybody_waiting(told.day) if one.zone == ticket.zone]
    return any(
        rule.zone == ticket.zone
        and counter.id in rule.counters
        and any(waited(one, told.at) > (rule.longer_than_minutes or 0) * 60 for one in waiting)
        for rule in told.day.rules.call_rules
    )


def allowed(counter: Counter, ticket: Ticket, day: HallDay) -> bool:
    """Skills of counter and officer; a ticket kept for somebody is theirs while that desk is open."""
    officer = day.desks[counter.id].officer if counter.id in day.desks else None
    if ticket.for_counter in day.desks:
        return ticket.for_counter == counter.id
    if ticket.for_officer in {desk.officer for desk in day.desks.values()}:
        return officer == ticket.for_officer
    skills = day.rules.officers[officer].services if officer in day.rules.officers else None
    return all(known is None or ticket.service in known for known in (counter.services, skills))


# --- any hall, any day

LIMITS = st.builds(
    Limits,
    longest_wait_minutes=st.sampled_from([0, 60, 30]),
    priority_one_in=st.sampled_from([0, 3, 2]),
    priority_delay_minutes=st.sampled_from([5, 10, 0]),
)
HALLS = st.builds(
    lambda limits, care, statutory, transferred, prefers, helps: replace(
        RULES,
        limits=limits,
        care=care,
        statutory=statutory,
        transferred=transferred,
        counters={**RULES.counters, "3": Counter("3", "special", None, frozenset({"print"} if prefers else ()))},
        officers={"officer-4": Officer("officer-4", frozenset({"rent", "print"}))},
        call_rules=(CallRule("special", frozenset({"1", "8"}), None, None, 20),) if helps else (),
    ),
    LIMITS,
    CLASSES,
    CLASSES,
    st.sampled_from([FIRST_COME, HEAD_START]),
    st.booleans(),
    st.booleans(),
)
COUNTERS = st.sampled_from(sorted(RULES.counters))
SERVICES = st.sampled_from(sorted(RULES.services))
WHICH = st.integers(0, 20)
Move = Callable[[Told], None]


def arrives(service: str, care: bool, statutory: bool, online: bool) -> Move:
    way = Way.COACHING if online else Way.COUNTER
    return lambda told: told.wish(c.IssueTicket, service=service, care=care, statutory=statutory, way=way)


def opens(counter: str) -> Move:
    return lambda told: told.wish(c.OpenDesk, counter=counter, officer=f"officer-{counter}")


def closes(counter: str) -> Move:
    return lambda told: told.wish(c.CloseDesk, counter=counter)


def time_passes(minutes: int) -> Move:
    def move(told: Told) -> None:
        told.at += timedelta(minutes=minutes)

    return move


def is_moved(which: int, to: dict[str, str], position: str) -> Move:
    def move(told: Told) -> None:
        if waiting := everybody_waiting(told.day):
            number = waiting[which % len(waiting)].number
            told.wish(c.TransferTicket, ticket=number, position=position, reason="why", **to)

    return move


def calls_and_serves(counter: str) -> Move:
    def move(told: Told) -> None:
        expect_the_same(told)
        told.wish(c.CallNext, counter=counter)
        if present := told.day.at_counter(counter):
            told.wish(c.StartService, ticket=present.number)
            told.wish(c.EndService, ticket=present.number)

    return move


def misses_and_returns(counter: str) -> Move:
    def move(told: Told) -> None:
        told.wish(c.CallNext, counter=counter)
        if present := told.day.at_counter(counter):
            for _ in range(told.day.rules.limits.calls_before_missed):
                told.at += timedelta(minutes=2)
                told.wish(c.RecallTicket, ticket=present.number)
            told.wish(c.MarkMissed, ticket=present.number)
            told.wish(c.ReturnTicket, ticket=present.number)

    return move


TO = st.sampled_from(
    [{"zone": "special"}, {"zone": "care"}, {"counter": "3"}, {"officer": "officer-4"}, {"service": "print"}]
)
ARRIVES = st.builds(arrives, SERVICES, st.booleans(), st.booleans(), st.booleans())
MOVES = st.one_of(
    ARRIVES,
    ARRIVES,
    ARRIVES,
    st.builds(opens, COUNTERS),
    st.builds(closes, COUNTERS),
    st.builds(time_passes, st.integers(1, 25)),
    st.builds(is_moved, WHICH, TO, st.sampled_from(["fair", "fair", "first", "last"])),
    st.builds(calls_and_serves, COUNTERS),
    st.builds(calls_and_serves, COUNTERS),
    st.builds(misses_and_returns, COUNTERS),
)


# A hall with a queue before anything else happens: only then does priority have somebody to pass over.
ORDINARY = st.builds(arrives, st.sampled_from(["rent", "print"]), st.just(False), st.just(False), st.just(False))
BY_LAW = st.builds(arrives, st.sampled_from(["rent", "print"]), st.just(False), st.just(True), st.just(False))
A_MINUTE_OR_FIVE = st.builds(time_passes, st.integers(1, 5))
BUSY = st.lists(st.one_of(ORDINARY, ORDINARY, BY_LAW, A_MINUTE_OR_FIVE), min_size=8, max_size=16)
RUSH = st.lists(st.builds(calls_and_serves, st.sampled_from(["3", "4"])) | A_MINUTE_OR_FIVE | BY_LAW, max_size=14)
OPEN = [opens("3"), opens("4")]


def expect_the_same(told: Told) -> None:
    for counter in told.day.rules.counters.values():
        choice = choose(counter, told.day, told.at)
        found = (choice.ticket.number, choice.rule, choice.passed_over) if choice else None
        assert found == by_the_book(counter, told), f"counter {counter.id}"
        if choice is not None:
            expect_it_is_explained(choice.ticket, counter, told)


def expect_it_is_explained(called: Ticket, counter: Counter, told: Told) -> None:
    """To everybody else who waits it is said that the one whom the counter calls goes first."""
    for other in everybody_waiting(told.day):
        if other is not called:
            explained = explain_order(other, called, told.day, told.at, counter)
            assert (explained.first, explained.second) == (called.number, other.number)


def ahead_by_the_book(ticket: Ticket, told: Told) -> int:
    """Those before it in the queue whom a counter could call that could call this one too: open ones, if any are."""
    day = told.day
    capable = [one for one in day.rules.counters_of(ticket.zone) if allowed(one, ticket, day)]
    wanted = [one for one in capable if one.id in day.desks] or capable
    queue = queue_of(ticket.zone, day, told.at)
    before = queue[: queue.index(ticket)]
    return sum(any(allowed(counter, other, day) for counter in wanted) for other in before)


@settings(max_examples=500, deadline=None)
@given(rules=HALLS, busy=BUSY, rush=RUSH, moves=st.lists(MOVES, max_size=40))
def test_a_counter_calls_whom_the_written_rules_name_on_any_day(
    rules: HallRules, busy: list[Move], rush: list[Move], moves: list[Move]
) -> None:
    told = Told(HallDay(rules=rules, day=MONDAY.date()))
    for move in [*OPEN, *busy, *rush, *moves]:
        move(told)

    expect_the_same(told)
    for ticket in everybody_waiting(told.day):
        assert people_ahead(ticket, told.day, told.at) == ahead_by_the_book(ticket, told), ticket.number
