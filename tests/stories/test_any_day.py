"""Whatever people do in whatever order: no number twice, no ticket lost or in two places, replay gives the same day."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from story import MONDAY, RULES, StoryHall

from queue_server.domain import commands as c
from queue_server.domain.apply import replay
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import Way
from queue_server.domain.ticket import AT_A_COUNTER
from queue_server.service.timekeeper import keep_time
from queue_server.stores.base import LogMoved, StorageTrouble
from queue_server.stores.memory import MemoryLog

COUNTERS = st.sampled_from(sorted(RULES.counters))
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
    ]
)


class FailingLog(MemoryLog):
    """Fails when told to: before anything was written, as a full disk does, or because another process was first."""

    failure: Exception | None = None

    def append(self, hall, day, events, after):  # type: ignore[no-untyped-def]
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        super().append(hall, day, events, after)


class AnyDay(RuleBasedStateMachine):
    @initialize()
    def open_the_hall(self) -> None:
        self.log = FailingLog()
        self.story = StoryHall(self.log, RULES, MONDAY)
        self.told: list[str] = []
        self.count = 0

    def wish(self, kind: type[c.Command], **fields: object) -> None:
        self.count += 1
        before = self.story.hall.events()
        try:
            self.story.handle(kind(id=f"wish-{self.count}", actor="somebody", **fields))
        except (Refusal, StorageTrouble):
            assert self.story.hall.events() == before  # a refusal leaves the log as it was

    @rule(minutes=st.integers(min_value=-5, max_value=40))
    def time_passes(self, minutes: int) -> None:
        moved = self.story.clock.moment + timedelta(minutes=minutes)
        if moved.date() == MONDAY.date():
            self.story.clock.moment = moved
        keep_time(self.story.hall)

    @rule(service=SERVICES, online=st.booleans(), care=st.booleans())
    def a_visitor_arrives(self, service: str, online: bool, care: bool) -> None:
        way = Way.COACHING if online else Way.COUNTER
        self.wish(c.IssueTicket, service=service, way=way, care=care)

    @rule(counter=COUNTERS)
    def a_desk_opens(self, counter: str) -> None:
        self.wish(c.OpenDesk, counter=counter, officer=f"of-{counter}")

    @rule(counter=COUNTERS, kind=st.sampled_from([c.CallNext, c.PauseDesk, c.CloseDesk]))
    def an_officer_acts(self, counter: str, kind: type[c.Command]) -> None:
        self.wish(kind, counter=counter)

    @rule(kind=ON_A_TICKET, which=TICKETS)
    def something_happens_to_a_ticket(self, kind: type[c.Command], which: int) -> None:
        if numbers := sorted(self.story.day().tickets):
            self.wish(kind, ticket=numbers[which % len(numbers)])

    @rule(which=TICKETS, zone=ZONES, service=st.none() | SERVICES, counter=st.none() | COUNTERS)
    def a_guide_moves_a_ticket(self, which: int, zone: str | None, service: str | None, counter: str | None) -> None:
        if numbers := sorted(self.story.day().tickets):
            number = numbers[which % len(numbers)]
            self.wish(c.TransferTicket, ticket=number, zone=zone, service=service, counter=counter)

    @rule(
        failure=st.sampled_from([StorageTrouble("full", "free space"), LogMoved("another was first")]), service=SERVICES
    )
    def the_disk_fails_in_the_middle(self, failure: Exception, service: str) -> None:
        self.log.failure = failure
        self.wish(c.IssueTicket, service=service)
        self.log.failure = None

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
    def time_never_runs_backward(self) -> None:
        moments: list[datetime] = [one.event.at for one in self.story.hall.events()]
        assert moments == sorted(moments)


def plain(day: HallDay) -> tuple[object, ...]:
    waiting = {zone: sorted(tickets) for zone, tickets in day.waiting_in.items() if tickets}
    present = {counter: ticket.number for counter, ticket in day.at_counter_now.items()}
    return (day.seq, day.tickets, day.desks, day.closed_zones, day.help_calls, day.is_over, waiting, present)


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
