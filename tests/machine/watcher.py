"""Reads the log as it grows, event by event, and says at each what must hold just then.

The rules are those of `by_the_book`, the steps those of the soak's checker: nothing is asked of the code that decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from queue_server.domain import events as e
from queue_server.domain.apply import apply
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import Ticket
from tests.by_the_book import (
    beyond_the_guard,
    by_the_book,
    cost_to_others,
    everybody_waiting,
    expect_it_is_explained,
    has_priority,
    may_be_called,
)
from tests.soak.checker import wrong_step

BY_A_PERSON = frozenset({"chosen", "continues", "direct"})


class Watcher:
    """`day` is the log replayed so far. `met` counts what happened, so that a test can see that it did."""

    def __init__(self, rules: HallRules, day: date) -> None:
        self.day = HallDay(rules, day)
        self.met: Counter[str] = Counter()
        self._calls: list[e.TicketCalled] = []
        self._seconds_lost_to_priority: defaultdict[str, int] = defaultdict(int)

    def reads(self, events: Sequence[e.Event]) -> None:
        for _, answer in groupby(events, key=lambda event: event.command):
            self._reads_an_answer(list(answer))

    def _reads_an_answer(self, events: Sequence[e.Event]) -> None:
        """All events of one wish were decided on the day as it was before the first of them."""
        for event in events:
            if isinstance(event, e.TicketCalled) and event.attempt == 1 and event.rule not in BY_A_PERSON:
                self._is_the_right_call(event)
        for event in events:
            assert wrong_step(event, self.day) is None
            self.met[type(event).__name__] += 1
            if isinstance(event, e.TicketCalled):
                self._calls.append(event)
            apply(self.day, event)
            if isinstance(event, e.DayClosed):
                assert not self.day.unfinished  # nobody is left behind
                assert not self.day.desks

    def _is_the_right_call(self, call: e.TicketCalled) -> None:
        counter, called = self.day.rules.counters[call.counter], self.day.tickets[call.ticket]
        able = [ticket for ticket in everybody_waiting(self.day) if may_be_called(counter, ticket, self.day, call.at)]
        self.met[call.rule] += 1
        assert (called.number, call.rule, call.passed_over) == by_the_book(counter, self.day, call.at, self._calls)
        self._nobody_starves(called, able, call)
        self._priority_costs_nobody_more_than_allowed(called, able, call)
        expect_it_is_explained(called, counter, self.day, call.at)

    def _nobody_starves(self, called: Ticket, able: Sequence[Ticket], call: e.TicketCalled) -> None:
        """While somebody waits beyond the guard, a counter that may serve them calls them, or one who waits longer.

        Only a person may put somebody before them, with a reason in the log.
        """
        too_long = beyond_the_guard(able, self.day, call.at)
        if too_long and called.front_at is None:
            assert called.order_from == min(ticket.order_from for ticket in too_long)

    def _priority_costs_nobody_more_than_allowed(
        self, called: Ticket, able: Sequence[Ticket], call: e.TicketCalled
    ) -> None:
        """Counted for each by itself, where the hall counts for its zone as a whole."""
        if not has_priority(called) or call.rule != "credit":
            return
        passed = [ticket for ticket in able if not has_priority(ticket) and ticket.order_from < called.order_from]
        assert bool(passed) is (call.passed_over is not None)
        self.met["priority passes others over"] += bool(passed)
        for ticket in passed:
            lost = self._seconds_lost_to_priority
            lost[ticket.number] += cost_to_others(called, self.day)
            assert lost[ticket.number] <= self.day.rules.limits.priority_delay_minutes * 60, ticket.number
