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
from queue_server.domain.calling_order import in_calling_order, people_ahead, queues_of
from queue_server.domain.choice import choose
from queue_server.domain.decide import decide
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import CallRule, Counter, HallRules, Limits, Officer, OrderClass, Way
from queue_server.foresight.competition import ahead_of_everybody
from tests.by_the_book import ahead_by_the_book, by_the_book, everybody_waiting, expect_it_is_explained

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

    def calls(self) -> list[e.TicketCalled]:
        return [event for event in self.events if isinstance(event, e.TicketCalled)]


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
        assert found == by_the_book(counter, told.day, told.at, told.calls()), f"counter {counter.id}"
        if choice is not None:
            expect_it_is_explained(choice.ticket, counter, told.day, told.at)


@settings(max_examples=500, deadline=None)
@given(rules=HALLS, busy=BUSY, rush=RUSH, moves=st.lists(MOVES, max_size=40))
def test_a_counter_calls_whom_the_written_rules_name_on_any_day(
    rules: HallRules, busy: list[Move], rush: list[Move], moves: list[Move]
) -> None:
    told = Told(HallDay(rules=rules, day=MONDAY.date()))
    for move in [*OPEN, *busy, *rush, *moves]:
        move(told)

    expect_the_same(told)
    queues = queues_of(told.day, told.at)
    for zone, queue in queues.items():
        assert queue == in_calling_order(told.day.waiting(zone), rules, told.at)
    at_once = ahead_of_everybody(queues, told.day)
    for ticket in everybody_waiting(told.day):
        ahead = ahead_by_the_book(ticket, told.day, told.at)
        assert people_ahead(ticket, told.day, told.at) == at_once[ticket.number] == ahead, ticket.number
