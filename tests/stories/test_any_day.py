"""Whatever people do in whatever order: no number twice, no ticket lost or in two places, replay gives the same day."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from story import MONDAY, StoryHall
from story import RULES as STORY_RULES

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.apply import replay
from queue_server.domain.calling_order import waited_longest
from queue_server.domain.choice import may_call
from queue_server.domain.hall_day import HallDay
from queue_server.domain.lines import Kind, kind_of, place_in_line
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import CallRule, Counter, Limits, Officer, OrderClass, Way
from queue_server.domain.ticket import AT_A_COUNTER, Ticket
from queue_server.service.timekeeper import keep_time
from queue_server.stores.base import Log, LogMoved, StorageTrouble
from queue_server.stores.memory import MemoryLog
from queue_server.stores.sqlite import SqliteLog

# every rule there is, with limits so near that a short day meets them
RULES = replace(
    STORY_RULES,
    counters={
        **STORY_RULES.counters,
        "4": replace(STORY_RULES.counters["4"], prefers=frozenset({"loan"})),
        "5": Counter("5", "special", reserve=True),
    },
    services={**STORY_RULES.services, "print": replace(STORY_RULES.services["print"], quota=6)},
    officers={"of-3": Officer("of-3", frozenset({"rent", "print"}))},
    call_rules=(CallRule("special", frozenset({"1"}), more_than_waiting=3),),
    limits=Limits(
        calls_before_missed=2,
        longest_wait_minutes=45,
        priority_one_in=2,
        priority_delay_minutes=15,
        tickets_per_phone=2,
        presence_after_minutes=5,
    ),
    statutory=OrderClass(credit_seconds=900.0),
)
COUNTERS = st.sampled_from(sorted(RULES.counters))
OFFICERS = st.sampled_from(["of-3", "of-4", "of-5"])
ZONES = st.sampled_from([None, *sorted(RULES.zones)])
SERVICES = st.sampled_from(sorted(RULES.services))
TICKETS = st.integers(min_value=0, max_value=8)
ON_A_TICKET = st.sampled_from(
    [
        c.RecallTicket,
        c.StartService,
        c.HoldService,
        c.ResumeService,
        c.EndService,
        c.ParkTicket,
        c.MarkMissed,
        c.ReturnTicket,
        c.AbandonTicket,
        c.UndoTransfer,
        c.MarkNoShow,
        c.UndoStep,
        c.AskPresence,
        c.ConfirmPresence,
    ]
)


class FailingLog:
    """A real log that fails when told to: before anything was written, as a full disk does; because another process
    was first; or after the disk had it but before anybody heard, as a power cut does.
    """

    failure: Exception | None = None
    after_writing = False

    def __init__(self, log: Log) -> None:
        self._log = log

    def append(self, hall, day, events, after):  # type: ignore[no-untyped-def]
        failure, self.failure = self.failure, None
        if failure is not None and not self.after_writing:
            raise failure
        self._log.append(hall, day, events, after)
        if failure is not None:
            raise failure

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


class AnyDay(RuleBasedStateMachine):
    @initialize()
    def open_the_hall(self) -> None:
        self.log = FailingLog(self.new_log())
        self.story = StoryHall(self.log, RULES, MONDAY)
        self.told: list[str] = []
        self.count = 0

    def new_log(self) -> Log:
        return MemoryLog()

    def wish(self, command_type: type[c.Command], **fields: object) -> None:
        self.count += 1
        before = list(self.story.hall.events())
        command = command_type(id=f"wish-{self.count}", actor="somebody", **fields)
        try:
            handled = self.story.handle(command)
            assert self.story.handle(command).recorded == handled.recorded  # asked again: the same answer
        except (Refusal, StorageTrouble):
            assert self.story.hall.events() == before  # a refusal leaves the log as it was

    @rule(minutes=st.integers(min_value=-5, max_value=40))
    def time_passes(self, minutes: int) -> None:
        moved = self.story.clock.moment + timedelta(minutes=minutes)
        if moved.date() == MONDAY.date():
            self.story.clock.moment = moved
        keep_time(self.story.hall)

    @rule(
        service=SERVICES,
        more=st.lists(SERVICES, max_size=2),
        online=st.booleans(),
        care=st.booleans(),
        statutory=st.booleans(),
        holder=st.none() | st.sampled_from(["phone-a", "phone-b"]),
    )
    def a_visitor_arrives(
        self, service: str, more: list[str], online: bool, care: bool, statutory: bool, holder: str | None
    ) -> None:
        way = Way.COACHING if online else Way.COUNTER
        self.wish(
            c.IssueTicket,
            service=service,
            services=tuple(more),
            way=way,
            care=care,
            statutory=statutory and not care,
            holder=holder,
        )

    @rule(service=SERVICES, minutes=st.integers(-60, 120), booking=st.sampled_from(["A", "B", "C"]))
    def a_visitor_comes_with_a_booking(self, service: str, minutes: int, booking: str) -> None:
        slot = self.story.clock.now() + timedelta(minutes=minutes)
        self.wish(c.ArriveBooked, booking=booking, kind="appointment", service=service, slot=slot)

    @rule(counter=COUNTERS)
    def a_desk_opens(self, counter: str) -> None:
        self.wish(c.OpenDesk, counter=counter, officer=f"of-{counter}")

    @rule(counter=COUNTERS, kind=st.sampled_from([c.PauseDesk, c.CloseDesk, c.OpenReserve, c.CloseReserve]))
    def a_counter_changes(self, counter: str, kind: type[c.Command]) -> None:
        self.wish(kind, counter=counter)

    @rule(counter=COUNTERS)
    def an_officer_calls(self, counter: str) -> None:
        """Nobody waits beyond the guard while a counter that may serve them is calling others."""
        day, at = self.story.day(), self.story.clock.now()
        at = max(at, day.last_at or at)
        place = RULES.counters[counter]
        waiting = [t for t in day.unfinished.values() if t.is_waiting and may_call(place, t, day, at)]
        too_long = [(t.order_from, t.number) for t in waiting if waited_longest(t, RULES, at) and t.front_at is None]
        known = len(self.story.hall.events())
        self.wish(c.CallNext, counter=counter)
        for one in self.story.hall.events()[known:]:
            event = one.event
            if isinstance(event, e.TicketCalled) and event.rule not in {"front", "continues"} and too_long:
                assert event.rule == "longest_wait"
                assert day.tickets[event.ticket].order_from == min(too_long)[0]

    @rule(counter=COUNTERS, service=SERVICES)
    def somebody_is_served_without_a_number(self, counter: str, service: str) -> None:
        self.wish(c.ServeDirectly, counter=counter, service=service)

    @rule(which=TICKETS, service=SERVICES, kind=st.sampled_from([c.AddService, c.DropService]))
    def a_visit_changes(self, which: int, service: str, kind: type[c.Command]) -> None:
        if numbers := sorted(self.story.day().tickets):
            self.wish(kind, ticket=numbers[which % len(numbers)], service=service)

    @rule(which=TICKETS, keep_for=st.sampled_from(["queue", "counter", "officer"]))
    def somebody_steps_aside(self, which: int, keep_for: str) -> None:
        if numbers := sorted(self.story.day().tickets):
            self.wish(c.ParkTicket, ticket=numbers[which % len(numbers)], keep_for=keep_for)

    @rule(kind=st.sampled_from([c.CloseDay, c.ReopenDay]))
    def a_supervisor_closes_or_reopens(self, kind: type[c.Command]) -> None:
        self.wish(kind)

    @rule(kind=ON_A_TICKET, which=TICKETS)
    def something_happens_to_a_ticket(self, kind: type[c.Command], which: int) -> None:
        if numbers := sorted(self.story.day().tickets):
            self.wish(kind, ticket=numbers[which % len(numbers)])

    @rule(
        which=TICKETS,
        zone=ZONES,
        service=st.none() | SERVICES,
        counter=st.none() | COUNTERS,
        officer=st.none() | OFFICERS,
        position=st.sampled_from(["fair", "fair", "first", "last"]),
    )
    def a_guide_moves_a_ticket(self, which: int, **to: str | None) -> None:
        if numbers := sorted(self.story.day().tickets):
            self.wish(c.TransferTicket, ticket=numbers[which % len(numbers)], reason="asked", **to)

    @rule(
        failure=st.sampled_from([StorageTrouble("full", "free space"), LogMoved("another was first")]), service=SERVICES
    )
    def the_disk_fails_in_the_middle(self, failure: Exception, service: str) -> None:
        self.log.failure = failure
        self.wish(c.IssueTicket, service=service)
        self.log.failure = None

    @rule(service=SERVICES)
    def the_power_fails_after_the_disk_had_it(self, service: str) -> None:
        """Nobody was told; whoever asks again gets the same number, not a second one."""
        self.count += 1
        command = c.IssueTicket(id=f"wish-{self.count}", actor="somebody", service=service)
        self.log.failure, self.log.after_writing = StorageTrouble("power", "wait"), True
        with contextlib.suppress(Refusal, StorageTrouble):
            self.story.handle(command)
        self.log.failure, self.log.after_writing = None, False
        self.story = self.story.restarted()
        try:
            issued = [one.event for one in self.story.handle(command).recorded]
        except Refusal:
            issued = []
        told = [one.event for one in self.story.hall.events() if one.event.command == command.id]
        assert issued == told
        assert len(told) <= 1

    @rule()
    def the_server_restarts(self) -> None:
        self.story = self.story.restarted()

    @invariant()
    def no_number_is_given_twice(self) -> None:
        numbers = [one.event.ticket for one in self.story.hall.events() if type(one.event).__name__ == "TicketIssued"]
        assert len(numbers) == len(set(numbers)) == len(self.story.day().tickets)

    @invariant()
    def nobody_is_lost_or_in_two_places(self) -> None:
        day = self.story.day()
        for ticket in day.tickets.values():
            queues = [zone for zone, waiting in day.waiting_in.items() if ticket.number in waiting]
            assert queues == ([ticket.zone] if ticket.is_waiting else [])
            counters = [counter for counter, present in day.at_counter_now.items() if present is ticket]
            assert counters == ([ticket.counter] if ticket.stage in AT_A_COUNTER else [])
            assert (ticket.number in day.unfinished) is not ticket.is_over

    @invariant()
    def replaying_the_log_gives_the_same_day(self) -> None:
        day = self.story.day()
        again = replay(RULES, day.day, (one.event for one in self.log.read(RULES.hall, day.day)))
        assert plain(again) == plain(day)

    @invariant()
    def the_lines_are_those_who_wait(self) -> None:
        day = self.story.day()
        for zone, waiting in day.waiting_in.items():
            lines = day.lines[zone].by_kind
            assert all(lines.values())  # none is empty
            assert {kind: list(line) for kind, line in lines.items()} == in_lines(waiting.values())

    @invariant()
    def the_priority_budget_is_kept(self) -> None:
        """At each counter, of two calls in a row at most one passes others over (priority_one_in = 2)."""
        passed: dict[str, bool] = {}
        for one in self.story.hall.events():
            event = one.event
            if isinstance(event, e.TicketCalled) and event.attempt == 1:
                assert not (passed.get(event.counter) and event.passed_over)
                passed[event.counter] = event.passed_over is not None

    @invariant()
    def time_never_runs_backward(self) -> None:
        moments: list[datetime] = [one.event.at for one in self.story.hall.events()]
        assert moments == sorted(moments)


def plain(day: HallDay) -> tuple[object, ...]:
    waiting = {zone: sorted(tickets) for zone, tickets in day.waiting_in.items() if tickets}
    present = {counter: ticket.number for counter, ticket in day.at_counter_now.items()}
    lines = {zone: {k: [t.number for t in v] for k, v in of.by_kind.items()} for zone, of in day.lines.items()}
    counted = (day.calls_since_priority, day.overtaken_seconds, day.issued_of_service, day.bookings_arrived)
    held = {holder: sorted(tickets) for holder, tickets in day.held_by.items()}
    state = (day.seq, day.tickets, day.desks, day.closed_zones, day.help_calls, day.is_over, day.open_reserves)
    return (*state, waiting, present, lines, *counted, held)


def in_lines(tickets: Iterable[Ticket]) -> dict[Kind, list[Ticket]]:
    """The lines as one would make them from nothing."""
    lines: dict[Kind, list[Ticket]] = {}
    for ticket in sorted(tickets, key=place_in_line):
        lines.setdefault(kind_of(ticket), []).append(ticket)
    return lines


class AnyDayOnSqlite(AnyDay):
    def new_log(self) -> Log:
        self.folder = tempfile.TemporaryDirectory()
        return SqliteLog(Path(self.folder.name) / "hall.sqlite")

    def teardown(self) -> None:
        if hasattr(self, "log"):
            self.log.close()
            self.folder.cleanup()


EXAMPLES = int(os.environ.get("TEST_DAYS", "120"))  # `make soak` lives many more

TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=EXAMPLES, stateful_step_count=50, deadline=None)
TestAnyDayOnSqlite = AnyDayOnSqlite.TestCase
TestAnyDayOnSqlite.settings = settings(max_examples=EXAMPLES // 4, stateful_step_count=50, deadline=None)
