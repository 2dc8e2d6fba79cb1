"""Any day of a hall: every command there is, in any order, with a failure at any append."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.apply import replay
from queue_server.domain.commands import desk_place
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import Ticket
from queue_server.service.hall import Hall
from queue_server.service.timekeeper import keep_time
from queue_server.stores.base import Log, StorageTrouble
from queue_server.stores.memory import MemoryLog
from tests.machine import invariants
from tests.machine.any_hall import (
    AT_A_COUNTER,
    BOOKINGS,
    COUNTERS,
    GUIDES,
    HALLS,
    NEEDS,
    NUMBERS,
    OFFICERS,
    ON_A_TICKET,
    PLACES,
    PREFIXES,
    RULES,
    SEATS,
    SERVICES,
    TICKETS,
    VISITORS,
    ZONES,
)
from tests.machine.failing_log import FailingLog, Failure
from tests.machine.watcher import Watcher
from tests.story import MONDAY, StoryHall


class AnyDay(RuleBasedStateMachine):
    @initialize(
        hour=st.sampled_from([9, 9, 11, 16]),
        desks=st.sets(COUNTERS, min_size=2),
        visitors=st.lists(st.tuples(SERVICES, NEEDS), max_size=8),
        rules=st.sampled_from(HALLS),
    )
    def the_hall_opens(
        self, hour: int, desks: set[str], visitors: list[tuple[str, dict[str, bool]]], rules: HallRules
    ) -> None:
        """With people in it: only where somebody waits is there an order to keep."""
        self.rules = rules
        self.log = FailingLog(self.new_log(), self.another_process_gives_a_number)
        self.story = StoryHall(self.log, rules, MONDAY).at(f"{hour}:00")
        self.read: list[e.Event] = []
        self.watcher = Watcher(self.rules, MONDAY.date())
        self.wishes = 0
        for counter in sorted(desks):
            self.wish(c.OpenDesk, counter=counter, officer=f"of-{counter}")
        for service, needs in visitors:
            self.wish(c.IssueTicket, service=service, **needs)
            self.minutes_pass(2)

    def new_log(self) -> Log:
        return MemoryLog()

    def log_of_another_process(self) -> Log:
        """Its own way to the same log."""
        log: Log = self.log.log
        return log

    def teardown(self) -> None:
        if hasattr(self, "log"):
            assert replay(self.rules, MONDAY.date(), self.logged()) == self.story.day()
            self.log.close()

    # --- wishes, and what may go wrong with them

    def logged(self, after: int = 0) -> list[e.Event]:
        """As the log has it, whatever the door remembers."""
        return [one.event for one in self.log.read(RULES.hall, MONDAY.date(), after)]

    def new_in_the_log(self) -> list[e.Event]:
        """Since this was asked last."""
        new = self.logged(len(self.read))
        self.read += new
        return new

    def another_process_gives_a_number(self) -> None:
        self.wishes += 1
        command = c.IssueTicket(id=f"elsewhere-{self.wishes}", actor="kiosk:K9", service="rent", again=True)
        with contextlib.suppress(Refusal):
            Hall(self.log_of_another_process(), self.rules, self.story.clock).handle(command)

    def wish(self, command_type: type[c.Command], **fields: object) -> list[e.Event]:
        """What followed; nothing when the hall said no. Whoever gets no answer asks again until there is one."""
        self.wishes += 1
        command = command_type(id=f"wish-{self.wishes}", actor="somebody", **fields)
        self.new_in_the_log()
        before = len(self.read)
        self.log.struck = None
        try:
            told = self.tell(command)
        except StorageTrouble:
            told = self.asked_again_after(command)
        self.new_in_the_log()
        new = self.read[before:]
        assert [event for event in new if event.command == command.id] == told  # a no leaves nothing in the log
        elsewhere = [event for event in new if event.command != command.id]
        assert bool(elsewhere) <= (self.log.struck is Failure.OVERTAKEN)
        return told

    def tell(self, command: c.Command) -> list[e.Event]:
        try:
            told = [one.event for one in self.story.handle(command).recorded]
        except Refusal:
            return []
        assert [one.event for one in self.story.handle(command).recorded] == told  # asked again: the same answer
        return told

    def asked_again_after(self, command: c.Command) -> list[e.Event]:
        kept = self.new_in_the_log()
        if self.log.struck is Failure.POWER_CUT:
            self.story = self.story.restarted()
        if self.log.struck in {Failure.POWER_CUT, Failure.ANSWER_LOST}:
            assert kept  # the disk had it
            told = self.tell(command)
            assert told == kept
            return told
        assert kept == []
        return self.tell(command)

    @rule(failure=st.sampled_from(Failure))
    def something_will_fail(self, failure: Failure) -> None:
        self.log.next_failure = failure

    @rule()
    def the_server_restarts(self) -> None:
        self.log.next_failure = None
        self.story = self.story.restarted()

    @rule(minutes=st.integers(-5, 40) | st.sampled_from([-60, -1, 60]))
    def time_passes(self, minutes: int) -> None:
        self.log.next_failure = None  # what the hall does by itself is tried again a second later
        self.minutes_pass(minutes)
        keep_time(self.story.hall)

    def minutes_pass(self, minutes: int) -> None:
        moved = self.story.clock.moment + timedelta(minutes=minutes)
        if moved.date() == MONDAY.date():
            self.story.clock.moment = moved

    # --- arriving

    @rule(visitor=VISITORS, needs=NEEDS)
    def a_visitor_arrives(self, visitor: dict[str, object], needs: dict[str, bool]) -> None:
        self.wish(c.IssueTicket, **visitor, **needs)

    @rule(service=SERVICES, needs=st.lists(NEEDS, min_size=2, max_size=4))
    def several_arrive(self, service: str, needs: list[dict[str, bool]]) -> None:
        self.come(service, needs)

    def come(self, service: str, needs: list[dict[str, bool]]) -> None:
        for one in needs:
            self.wish(c.IssueTicket, service=service, **one)
            self.minutes_pass(1)

    @rule(service=SERVICES, minutes=st.integers(-60, 120), booking=BOOKINGS, promised=st.booleans())
    def a_visitor_comes_with_a_booking(self, service: str, minutes: int, booking: str, promised: bool) -> None:
        slot = self.story.clock.now() + timedelta(minutes=minutes)
        kind, since = ("promise", MONDAY - timedelta(hours=8)) if promised else ("appointment", None)
        self.wish(c.ArriveBooked, booking=booking, kind=kind, service=service, slot=slot, promised_at=since)

    @rule(service=SERVICES, booking=BOOKINGS, missed=st.booleans())
    def somebody_does_not_come_or_would_rather_come_tomorrow(self, service: str, booking: str, missed: bool) -> None:
        if missed:
            self.wish(c.MarkBookingMissed, booking=booking, service=service, slot=self.story.clock.now())
        else:
            self.wish(c.PromiseTomorrow, booking=booking, service=service, day=MONDAY.date() + timedelta(days=1))

    @rule(service=SERVICES)
    def somebody_takes_the_list_of_what_to_bring_instead_of_a_number(self, service: str) -> None:
        self.wish(c.AskForList, service=service, printer="K1")

    # --- kiosks that cannot reach the hall

    @rule(prefix=PREFIXES, count=st.integers(1, 3))
    def a_kiosk_sets_numbers_aside(self, prefix: str, count: int) -> None:
        self.wish(c.LeaseNumbers, prefix=prefix, count=count)

    @rule(which=TICKETS)
    def a_supervisor_takes_numbers_back(self, which: int) -> None:
        if leases := sorted(self.story.day().leases):
            self.wish(c.RevokeLease, lease=leases[which % len(leases)])

    @rule(
        service=SERVICES,
        zone=st.sampled_from(sorted(RULES.zones)),
        number=NUMBERS,
        minutes=st.integers(-5, 50),
        press=st.none() | TICKETS,
    )
    def a_kiosk_tells_of_a_number_it_gave(
        self, service: str, zone: str, number: str, minutes: int, press: int | None
    ) -> None:
        """Of a press that the hall perhaps heard too, of a number that perhaps somebody else has: taken over it is."""
        heard = sorted(self.story.day().tickets.values(), key=lambda ticket: ticket.issue)
        told = self.wish(
            c.HandOverTicket,
            number=number,
            service=service,
            zone=zone,
            press=heard[press % len(heard)].press if heard and press is not None else f"unheard-{self.wishes}",
            taken_at=self.story.clock.now() - timedelta(minutes=minutes),
        )
        assert told, "a number on paper is never refused"

    @rule(which=TICKETS, counter=COUNTERS, called=st.integers(-5, 90), took=st.integers(-2, 30), came=st.booleans())
    def a_call_by_hand_is_entered(self, which: int, counter: str, called: int, took: int, came: bool) -> None:
        """From a list on paper, `called` minutes ago."""
        number = self.a_ticket(which)
        if number is None:
            return
        called_at = self.story.clock.now() - timedelta(minutes=called)
        ended_at = called_at + timedelta(minutes=took)
        self.wish(
            c.EnterServedByHand, ticket=number, counter=counter, called_at=called_at, ended_at=ended_at, came=came
        )

    # --- counters

    @rule(counter=COUNTERS)
    def a_desk_opens(self, counter: str) -> None:
        self.wish(c.OpenDesk, counter=counter, officer=f"of-{counter}")

    @rule(counter=COUNTERS, kind=st.sampled_from([c.PauseDesk, c.CloseDesk]))
    def a_desk_pauses_or_closes(self, counter: str, kind: type[c.Command]) -> None:
        self.wish(kind, counter=counter)

    @rule(kind=st.sampled_from([c.OpenReserve, c.OpenReserve, c.CloseReserve]))
    def the_reserve_counter_opens_or_shuts(self, kind: type[c.Command]) -> None:
        self.wish(kind, counter="5")

    @rule(counter=COUNTERS)
    def an_officer_calls(self, counter: str) -> None:
        self.wish(c.CallNext, counter=counter)

    @rule(
        service=SERVICES,
        ordinary=st.integers(0, 3),
        then=st.lists(st.sampled_from([{"care": True}, {"statutory": True}, {}]), max_size=4),
        minutes=st.sampled_from([0, 0, 20, 42, 44, 60]),
        which=TICKETS,
        rounds=st.integers(1, 4),
        serve=st.booleans(),
    )
    def a_rush_is_called_one_after_another(
        self,
        service: str,
        ordinary: int,
        then: list[dict[str, bool]],
        minutes: int,
        which: int,
        rounds: int,
        serve: bool,
    ) -> None:
        """Ordinary visitors, then some with priority: only a row of calls meets budget, delay limit and guard."""
        self.come(service, [{}] * ordinary + then)
        self.minutes_pass(minutes)
        desks = sorted(self.story.day().desks)
        some = [desks[which % len(desks)], desks[0]] if desks else []
        for counter in some * rounds:
            self.wish(c.CallNext, counter=counter)
            if serve and (present := self.story.day().at_counter(counter)):
                self.wish(c.StartService, ticket=present.number)
                self.minutes_pass(3)
                self.wish(c.EndService, ticket=present.number)

    @rule(counter=COUNTERS, which=TICKETS)
    def an_officer_calls_a_certain_one(self, counter: str, which: int) -> None:
        if number := self.a_ticket(which):
            self.wish(c.CallTicket, counter=counter, ticket=number)

    @rule(counter=COUNTERS, service=SERVICES)
    def somebody_is_served_without_a_number(self, counter: str, service: str) -> None:
        self.wish(c.ServeDirectly, counter=counter, service=service)

    @rule(which=TICKETS, kinds=st.lists(AT_A_COUNTER, min_size=1, max_size=3))
    def something_happens_at_a_counter(self, which: int, kinds: list[type[c.Command]]) -> None:
        for kind in kinds:
            if present := self.somebody_at_a_counter(which):
                self.wish(kind, ticket=present.number)

    @rule(which=TICKETS, call_next=st.booleans())
    def a_visitor_is_served_and_leaves(self, which: int, call_next: bool) -> None:
        if present := self.somebody_at_a_counter(which):
            self.wish(c.StartService, ticket=present.number)
            self.wish(c.EndService, ticket=present.number, call_next=call_next)

    @rule(which=TICKETS, then=st.sampled_from([c.ResumeService, c.ResumeService, c.EndService, c.ParkTicket]))
    def a_service_is_interrupted(self, which: int, then: type[c.Command]) -> None:
        if present := self.somebody_at_a_counter(which):
            self.wish(c.StartService, ticket=present.number)
            self.wish(c.HoldService, ticket=present.number)
            self.minutes_pass(2)
            self.wish(then, ticket=present.number)

    @rule(which=TICKETS, slip=st.sampled_from([c.EndService, c.ParkTicket, c.MarkMissed]))
    def a_slip_is_taken_back(self, which: int, slip: type[c.Command]) -> None:
        if present := self.somebody_at_a_counter(which):
            self.wish(c.RecallTicket if slip is c.MarkMissed else c.StartService, ticket=present.number)
            self.minutes_pass(1)
            self.wish(slip, ticket=present.number)
            self.wish(c.UndoStep, ticket=present.number)

    @rule(which=TICKETS, returns=st.booleans())
    def a_visitor_does_not_come(self, which: int, returns: bool) -> None:
        if present := self.somebody_at_a_counter(which):
            for kind in (c.RecallTicket, c.MarkMissed):
                self.minutes_pass(1)
                self.wish(kind, ticket=present.number)
            if returns:
                self.wish(c.ReturnTicket, ticket=present.number)

    @rule(which=TICKETS, keep_for=st.sampled_from(["queue", "counter", "officer"]), returns=st.booleans())
    def somebody_steps_aside(self, which: int, keep_for: str, returns: bool) -> None:
        if present := self.somebody_at_a_counter(which):
            self.wish(c.ParkTicket, ticket=present.number, keep_for=keep_for)
            if returns:
                self.wish(c.ReturnTicket, ticket=present.number)

    # --- the floor and the day

    @rule(kind=ON_A_TICKET, which=TICKETS)
    def something_happens_to_a_ticket(self, kind: type[c.Command], which: int) -> None:
        if number := self.a_ticket(which):
            self.wish(kind, ticket=number)

    @rule(which=TICKETS, guide=GUIDES, instead=st.booleans(), place=SEATS)
    def a_guide_is_with_somebody(self, which: int, guide: str, instead: bool, place: str) -> None:
        if number := self.a_ticket(which):
            self.wish(c.TakeEscort, ticket=number, guide=guide, instead=instead)
            self.wish(c.NotePlace, ticket=number, place=place)

    @rule(which=TICKETS, service=SERVICES, kind=st.sampled_from([c.AddService, c.DropService]))
    def a_visit_changes(self, which: int, service: str, kind: type[c.Command]) -> None:
        if number := self.a_ticket(which):
            self.wish(kind, ticket=number, service=service)

    @rule(
        which=TICKETS,
        zone=ZONES,
        service=st.none() | SERVICES,
        counter=st.none() | st.none() | COUNTERS,
        officer=st.none() | st.none() | OFFICERS,
        position=st.sampled_from(["fair", "first", "last"]),
        undo=st.booleans(),
    )
    def a_guide_moves_a_ticket(self, which: int, undo: bool, **to: str | None) -> None:
        if number := self.a_ticket(which):
            self.wish(c.TransferTicket, ticket=number, reason="asked", **to)
            if undo:
                self.wish(c.UndoTransfer, ticket=number)

    @rule(which=TICKETS, printed=st.none() | st.booleans())
    def a_paper_is_asked_for_or_comes_out(self, which: int, printed: bool | None) -> None:
        if (number := self.a_ticket(which)) and printed is None:
            self.wish(c.ReprintTicket, ticket=number, printer="K1")
        elif number:
            self.wish(c.ReportPaper, ticket=number, paper=1, printed=bool(printed))

    @rule(place=PLACES, which=st.none() | TICKETS, comes=st.booleans())
    def somebody_asks_for_help_or_comes_to_help(self, place: str, which: int | None, comes: bool) -> None:
        if comes:
            self.wish(c.AnswerHelp, place=place)
        else:
            self.wish(c.AskForHelp, place=place, ticket=None if which is None else self.a_ticket(which))

    @rule(counter=COUNTERS, wanted=st.sampled_from(["guide", "supervisor"]), comes=st.booleans())
    def an_officer_calls_a_colleague(self, counter: str, wanted: str, comes: bool) -> None:
        place = desk_place(counter, wanted)
        if comes:
            self.wish(c.AnswerHelp, place=place)
        else:
            self.wish(c.AskForHelp, place=place, counter=counter, wanted=wanted)

    @rule(which=TICKETS, level=st.integers(1, 5), handling=st.none() | st.integers(1, 3))
    def a_visitor_says_how_it_was(self, which: int, level: int, handling: int | None) -> None:
        served = [ticket.number for ticket in self.story.day().tickets.values() if ticket.services_done]
        if served:
            self.wish(c.GiveFeedback, ticket=served[which % len(served)], level=level, handling=handling)

    @rule(zone=st.sampled_from(sorted(RULES.zones)), move_to=ZONES)
    def a_zone_closes_or_opens_again(self, zone: str, move_to: str | None) -> None:
        if zone in self.story.day().closed_zones:
            self.wish(c.ReopenZone, zone=zone)
        else:
            self.wish(c.CloseZone, zone=zone, move_to=move_to)

    @rule(minutes=st.none() | st.integers(-60, 600), reason=st.sampled_from(["", "忙"]))
    def the_hall_stays_open_longer_or_not(self, minutes: int | None, reason: str) -> None:
        closes = None if minutes is None else self.story.clock.now() + timedelta(minutes=minutes)
        self.wish(c.ExtendHours, closes=closes, reason=reason)

    @rule(
        counter=COUNTERS | st.sampled_from(["9", "007"]),
        zone=st.sampled_from(sorted(RULES.zones)),
        services=st.just(()) | st.lists(SERVICES, max_size=2).map(tuple),
        kind=st.sampled_from([c.ChangeCounter, c.AddCounter, c.RestoreCounter]),
    )
    def a_counter_serves_something_else_today(
        self, counter: str, zone: str, services: tuple[str, ...], kind: type[c.Command]
    ) -> None:
        if kind is c.RestoreCounter:
            self.wish(kind, counter=counter)
        else:
            self.wish(kind, counter=counter, zone=zone, services=services, reason="忙")
            self.wish(c.OpenDesk, counter=counter, officer=f"of-{counter}")

    @rule(counter=COUNTERS, which=TICKETS)
    def somebody_is_called_back(self, counter: str, which: int) -> None:
        over = sorted(ticket.number for ticket in self.story.day().tickets.values() if ticket.is_over)
        if numbers := over or sorted(self.story.day().tickets):
            self.wish(c.CallBack, ticket=numbers[which % len(numbers)], counter=counter, reason="补材料")

    @rule(
        minutes=st.integers(-5, 30),
        text=st.sampled_from(["请走东门", " "]),
        notice=st.sampled_from(["", "1", "2"]),
        emergency=st.booleans(),
    )
    def a_notice_is_put_up_or_taken_down(self, minutes: int, text: str, notice: str, emergency: bool) -> None:
        if notice:
            self.wish(c.TakeDownNotice, notice=notice)
        else:
            until = self.story.clock.now() + timedelta(minutes=minutes)
            self.wish(c.PutUpNotice, text_zh=text, until=until, speak=True, emergency=emergency)

    @rule(level=st.sampled_from(["look", "act"]), then=st.sampled_from([c.TakeAlert, c.CloseAlert, c.EaseAlert, None]))
    def an_alert_is_raised_and_seen_to(self, level: str, then: type[c.Command] | None) -> None:
        self.wish(c.RaiseAlert, alert="help:K1", kind="help", level=level, place="K1")
        if then is not None:
            more = {c.TakeAlert: {"person": "sun"}, c.CloseAlert: {"done": "nothing_needed"}}.get(then, {})
            self.wish(then, alert="help:K1", **more)

    @precondition(lambda self: self.wishes > 40)
    @rule(again=st.booleans())
    def a_supervisor_closes_the_day_and_perhaps_reopens_it(self, again: bool) -> None:
        self.wish(c.CloseDay)
        if again:
            self.wish(c.ReopenDay)

    def somebody_at_a_counter(self, which: int) -> Ticket | None:
        present = sorted(self.story.day().at_counter_now.items())
        return present[which % len(present)][1] if present else None

    def a_ticket(self, which: int) -> str | None:
        """Mostly one that is still open: to the others nothing much can happen."""
        day = self.story.day()
        numbers = sorted(day.unfinished if which % 4 else day.tickets)
        return numbers[which % len(numbers)] if numbers else None

    # --- what always holds

    @invariant()
    def everything_that_always_holds(self) -> None:
        self.new_in_the_log()
        day, events = self.story.day(), self.read
        self.watcher.reads(events[self.watcher.day.seq :])
        self.whoever_listens_hears_everything_once_and_in_order()
        assert self.watcher.day == day  # replay is the day as it was lived, in every field, indexes and all
        invariants.no_number_is_given_twice(events, day)
        invariants.everybody_is_in_one_place(day)
        invariants.the_lines_are_those_who_wait(day)
        invariants.the_priority_budget_is_kept(events, self.rules)
        invariants.time_never_runs_backward(events)

    def whoever_listens_hears_everything_once_and_in_order(self) -> None:
        """From the start of this process on: nothing twice, whatever failed or was overtaken."""
        told = self.story.told
        assert told == list(range(len(self.read) - len(told) + 1, len(self.read) + 1))
