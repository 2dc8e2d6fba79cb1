"""The hall day as this process keeps it in memory: a cache, the log is the truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from queue_server.domain.apply import apply, replay
from queue_server.domain.events import Event
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.stores.base import Log, Recorded, StorageTrouble

Run = Callable[..., Any]


class KeptDay:
    """`recorded` is what the log is known to hold, `state` what it says; while a batch is decided `state` runs ahead.

    Everything that asks the log goes through `off_hub`, so that nobody else waits for the disk or the database.
    """

    def __init__(self, log: Log, rules: HallRules, off_hub: Run) -> None:
        self.log = log
        self.usual_rules = rules
        self._off_hub = off_hub
        self.recorded: list[Recorded] = []
        self.state = HallDay(rules, date.min)

    @property
    def day(self) -> date:
        return self.state.day

    def days(self) -> list[date]:
        days: list[date] = self._off_hub(self.log.days, self.usual_rules.hall)
        return days

    def events_of(self, day: date) -> list[Recorded]:
        """Of any day, beside the one that is kept."""
        recorded: list[Recorded] = self._off_hub(self.log.read, self.usual_rules.hall, day)
        return recorded

    def open(self, day: date) -> list[Recorded]:
        """Read a whole day. When that fails, the day kept before stays."""
        recorded = self._off_hub(self.log.read, self.usual_rules.hall, day)
        self.recorded, self.state = [], HallDay(self.usual_rules, day)
        return self._add(recorded)

    def learn(self) -> list[Recorded]:
        """What other processes appended meanwhile; it is part of the day now."""
        return self._add(self._off_hub(self.log.read, self.usual_rules.hall, self.day, len(self.recorded)))

    def compare(self) -> None:
        """Raises StorageTrouble when the log has lost what people were told: whether that is to be so is not for a
        server to decide.
        """
        found = self._off_hub(self.log.read, self.usual_rules.hall, self.day)
        if found[: len(self.recorded)] != self.recorded:
            raise StorageTrouble(
                f"The log of {self.day} has {len(found)} events, and this server has told {len(self.recorded)}.",
                "Was an older backup put back? See docs/operations.md, “Putting a backup back”.",
            )

    def take_turn(self) -> list[Recorded]:
        """The same, and no other process appends until `append` or `give_up_turn`."""
        if not self.log.is_shared:
            return []
        return self._add(self._off_hub(self.log.take_turn, self.usual_rules.hall, self.day, len(self.recorded)))

    def give_up_turn(self) -> None:
        if self.log.is_shared:
            self._off_hub(self.log.give_up_turn)

    def try_out(self, events: Sequence[Event]) -> list[Recorded]:
        """Let the state run ahead of the log by these events."""
        return [Recorded(apply(self.state, event).seq, self.day, event) for event in events]

    def append(self, tried: list[Recorded]) -> None:
        """Make durable what was tried out. Raises LogMoved or StorageTrouble; then `go_back`."""
        events = [recorded.event for recorded in tried]
        self._off_hub(self.log.append, self.usual_rules.hall, self.day, events, len(self.recorded))
        self.recorded.extend(tried)

    def go_back(self) -> None:
        """Forget what was tried out. Needs no log: it may be the very thing that failed."""
        self.state = replay(self.usual_rules, self.day, (recorded.event for recorded in self.recorded))

    def take_rules(self, rules: HallRules) -> None:
        """Other rules from here on; what happened stays what it was."""
        self.usual_rules = rules
        self.go_back()

    def _add(self, new: list[Recorded]) -> list[Recorded]:
        if new and new[-1].seq != len(self.recorded) + len(new):
            raise StorageTrouble(
                f"The log of {self.day} has gaps before its event {new[-1].seq}.",
                "See docs/operations.md, “When the log is damaged”.",
            )
        self.recorded.extend(new)
        for recorded in new:
            apply(self.state, recorded.event)
        return new
