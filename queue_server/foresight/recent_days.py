"""The hall's last working days, read once a day off the hot path: how they went, and how what was told held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from queue_server.foresight.learn_habits import PastDay
from queue_server.foresight.ledger import Kept, Shown, outcome, recalibrated
from queue_server.foresight.recalibration import Recalibration


@dataclass(frozen=True, slots=True)
class Recent:
    before: date | None = None
    days: Sequence[PastDay] = ()
    kept: Sequence[Kept] = ()  # of the ranges told on these days, in the order told
    straight: Recalibration = field(default_factory=Recalibration)


class RecentDays:
    """`days(today)` replays the working days before; `shown(first, last)` reads the ledger. `run` takes both off the
    hub. Asked often, read once a day."""

    def __init__(
        self,
        days: Callable[[date], Sequence[PastDay]],
        shown: Callable[[date, date], Sequence[Shown]],
        run: Callable[..., Recent],
    ) -> None:
        self._days = days
        self._shown = shown
        self._run = run
        self._latest = Recent()

    @property
    def kept(self) -> Sequence[Kept]:
        """Of the last time that somebody asked for the days."""
        return self._latest.kept

    def of(self, today: date) -> Recent:
        if self._latest.before != today:
            self._latest = self._run(self._read, today)
        return self._latest

    def _read(self, today: date) -> Recent:
        if self._latest.before == today:  # somebody else asked meanwhile
            return self._latest
        days = self._days(today)
        if not days:
            return Recent(today)
        states = {day.state.day: day.state for day in days}
        shown = self._shown(min(states), max(states))
        kept = [outcome(one, states[one.day]) for one in shown if one.day in states]
        return Recent(today, days, kept, recalibrated(kept))
