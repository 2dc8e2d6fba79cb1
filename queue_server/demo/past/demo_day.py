"""A day behind the demo hall, with all that its living people do too: miss a call, lose patience, step aside, say how
it was. Each is told a wait when the number is given, by the queue-work reckoning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from random import Random

from queue_server.demo.past.lived_day import LivedDay
from queue_server.demo.profile import (
    CLEAR_THE_DESK_SECONDS,
    FEEDBACK_AFTER_SECONDS,
    LATE_SECONDS,
    LEFT_FREE,
    PARKED_SECONDS,
    RECALL_AFTER_MORE_SECONDS,
    SHARE_BOUNCING,
    SHARE_COMING_LATE,
    SHARE_PARKED,
    ServiceFacts,
    Visitor,
    a_visitor,
    service_seconds,
)
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.rules import HallRules, Purpose, Way
from queue_server.foresight.base import Forecaster
from queue_server.foresight.ledger import Shown


class PastDemoDay(LivedDay):
    """`officers`: who sits where, by counter. `told`: the waits said when numbers were given, in order."""

    def __init__(
        self, rules: HallRules, day: date, chance: Random, officers: Mapping[str, str], forecaster: Forecaster
    ) -> None:
        super().__init__(rules, day, chance)
        self._officers, self._forecaster = officers, forecaster
        self._services = [ServiceFacts(one.id, one.coaching, one.minutes) for one in rules.services.values()]
        self._staffed_zone = next(zone.id for zone in rules.zones.values() if zone.purpose is Purpose.COUNTER)
        self._visitors: dict[str, Visitor] = {}
        self.told: list[Shown] = []

    def _roster(self) -> list[str]:
        return [counter for counter in super()._roster() if counter != LEFT_FREE and counter in self._officers]

    def _officer(self, counter: str) -> str:
        return self._officers[counter]

    def _arrive(self, at: datetime) -> None:
        visitor = a_visitor(self._services, self.chance)
        way = Way.COACHING if visitor.coaching else Way.COUNTER
        wish = {"service": visitor.service, "way": way, "care": visitor.care, "language": visitor.language}
        for event in self.do(c.IssueTicket, at, **wish):
            if isinstance(event, e.TicketIssued):
                self._visitors[event.ticket] = visitor
                self._tell_wait(event.ticket, at)
                self._after(visitor.patience, at, c.AbandonTicket, ticket=event.ticket)
        self._call_to_idle_desks(at)

    def _tell_wait(self, number: str, at: datetime) -> None:
        ticket = self.state.tickets[number]
        foreseen = self._forecaster.forecast(self.state, at).tickets.get(number)
        if foreseen is not None and (wait := foreseen.wait) is not None:
            self.told.append(
                Shown(
                    *(self.state.day, number, ticket.zone, ticket.service, "ticket", at),
                    *(wait.low, wait.high, wait.rough, ticket.promise),
                )
            )

    def _serve(self, number: str, counter: str, at: datetime) -> None:
        visitor = self._visitors[number]
        if visitor.misses_the_call and self.state.tickets[number].calls == 1:
            self._call_again(number, counter, at)
        else:
            self._in(visitor.walk, at, lambda now: self._start(number, counter, now))

    def _call_again(self, number: str, counter: str, at: datetime) -> None:
        limits = self.state.rules.limits
        pause = limits.recall_after_seconds + limits.care_recall_extra_seconds + RECALL_AFTER_MORE_SECONDS
        for recall in range(1, limits.calls_before_missed):
            self._after(recall * pause, at, c.RecallTicket, ticket=number)
        self._in(limits.calls_before_missed * pause, at, lambda now: self._miss(number, counter, now))

    def _miss(self, number: str, counter: str, at: datetime) -> None:
        self.do(c.MarkMissed, at, ticket=number)
        if self.chance.random() < SHARE_COMING_LATE:
            self._after(LATE_SECONDS, at, c.ReturnTicket, ticket=number)
        self._call(counter, at)

    def _start(self, number: str, counter: str, at: datetime) -> None:
        if not self.do(c.StartService, at, ticket=number):
            self._call(counter, at)  # they left on the way
            return
        ticket, rules = self.state.tickets[number], self.state.rules
        seconds = service_seconds(rules.services[ticket.service].minutes, self.chance)
        coached = rules.zones[rules.counters[counter].zone].purpose is Purpose.COACHING
        if self.chance.random() < SHARE_PARKED:
            self._in(seconds / 3, at, lambda now: self._step_aside(number, counter, now))
        elif coached and self.chance.random() < SHARE_BOUNCING:
            self._in(seconds / 2, at, lambda now: self._move_on(number, counter, now))
        else:
            self._in(seconds, at, lambda now: self._end(number, counter, now))

    def _end(self, number: str, counter: str, at: datetime) -> None:
        ended = self.do(c.EndService, at, ticket=number, outcome="done")
        if ended and (level := self._visitors[number].feedback) is not None:
            self._after(FEEDBACK_AFTER_SECONDS, at, c.GiveFeedback, ticket=number, level=level)
        self._clear_the_desk(counter, at)

    def _step_aside(self, number: str, counter: str, at: datetime) -> None:
        self.do(c.ParkTicket, at, ticket=number, reason="copy")
        self._after(PARKED_SECONDS, at, c.ReturnTicket, ticket=number)
        self._clear_the_desk(counter, at)

    def _move_on(self, number: str, counter: str, at: datetime) -> None:
        self.do(c.TransferTicket, at, ticket=number, zone=self._staffed_zone, reason="needs_counter")
        self._clear_the_desk(counter, at)

    def _clear_the_desk(self, counter: str, at: datetime) -> None:
        self._in(CLEAR_THE_DESK_SECONDS, at, lambda now: self._call(counter, now))

    def _after(self, seconds: float, at: datetime, kind: type[c.Command], **fields: object) -> None:
        """A wish for later; by then it may be refused, as it would be to anybody."""
        self._in(seconds, at, lambda now: self.do(kind, now, **fields))

    def _in(self, seconds: float, at: datetime, what: Callable[[datetime], object]) -> None:
        self._later(at + timedelta(seconds=seconds), what)
