"""Keeps what is said of the days to come: worked out anew once a day and when the hall's rules have changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from queue_server.domain.rules import HallRules
from queue_server.foresight.best_time.coming_day import ComingDay, coming_day, is_known, next_open_days
from queue_server.foresight.best_time.held import HeldTimes, Published, held_times
from queue_server.foresight.best_time.outlook import Outlook
from queue_server.foresight.learn_habits import PastDay, learn_habits
from queue_server.foresight.worker_client import ForecastAway

logger = logging.getLogger(__name__)

LOOKS_EVERY_SECONDS = 20.0
RESTS_BETWEEN_DAYS_SECONDS = 2.0  # learning takes the interpreter from the hall
TOO_OLD = timedelta(days=2)


class Ledger(Protocol):
    def publish(self, made_on: date, outlooks: Iterable[Outlook]) -> None: ...
    def between(self, first: date, last: date) -> Sequence[Published]: ...


@dataclass(frozen=True, slots=True)
class ComingDays:
    """What is said. `known`: of which days anything is; `past_days`: from how many it was learnt."""

    made_on: date
    days: tuple[date, ...] = ()
    known: frozenset[date] = frozenset()
    past_days: int = 0
    outlooks: tuple[Outlook, ...] = ()
    held: HeldTimes = field(default_factory=lambda: held_times([], []))

    def of(self, service: str, zone: str) -> list[Outlook]:
        return [one for one in self.outlooks if one.zone == zone and service in one.services]


class BestTimes:
    """`rules` and `today` are of now; `past` gives the last working days.

    `work_out` has a day lived in the simulating process, and waits for it; ForecastAway when it cannot be.
    """

    def __init__(
        self,
        rules: Callable[[], HallRules],
        today: Callable[[], date],
        past: Callable[[date], Sequence[PastDay]],
        ledger: Ledger,
        work_out: Callable[[ComingDay], list[Outlook]],
    ) -> None:
        self._rules = rules
        self._today = today
        self._past = past
        self._ledger = ledger
        self._work_out = work_out
        self._run: Callable[..., Any] = lambda function, *args: function(*args)
        self._said: ComingDays | None = None
        self._said_by: HallRules | None = None

    def said(self) -> ComingDays | None:
        """None: nothing has been worked out yet, or not for days."""
        said = self._said
        return None if said is None or self._today() - said.made_on > TOO_OLD else said

    def keep_for_ever(self, sleep: Callable[[float], object], run: Callable[..., Any]) -> None:
        """`run` takes learning off the hub, to a thread that nobody else waits for."""
        self._run = run
        while True:
            sleep(LOOKS_EVERY_SECONDS)
            try:
                self.work(sleep)
            except Exception:  # the hall must go on; the traceback is for the operator
                logger.exception("The best times to come could not be worked out", extra={"action": "best_times"})

    def work(self, sleep: Callable[[float], object]) -> bool:
        """Work out what is due; whether anything was. What cannot be worked out is tried again the next time."""
        today, rules = self._today(), self._rules()
        if self._said is not None and self._said.made_on == today and self._said_by is rules:
            return False
        past = self._past(today)
        days = next_open_days(rules, today)
        known = [day for day in days if is_known(past, day)]
        outlooks = self._lived(rules, known, past, sleep)
        if outlooks is None:
            return False
        held = self._run(self._publish, today, outlooks, past)
        self._said = ComingDays(today, tuple(days), frozenset(known), len(past), tuple(outlooks), held)
        self._said_by = rules
        return True

    def _publish(self, today: date, outlooks: Sequence[Outlook], past: Sequence[PastDay]) -> HeldTimes:
        self._ledger.publish(today, outlooks)
        if not past:
            return held_times([], [])
        return held_times(self._ledger.between(past[0].state.day, past[-1].state.day), past)

    def _lived(
        self, rules: HallRules, days: Sequence[date], past: Sequence[PastDay], sleep: Callable[[float], object]
    ) -> list[Outlook] | None:
        """None: the simulating process has not answered."""
        found: list[Outlook] = []
        try:
            for day in days:
                found.extend(self._work_out(self._run(_prepared, rules, day, past)))
                sleep(RESTS_BETWEEN_DAYS_SECONDS)
        except ForecastAway:
            return None
        return found


def _prepared(rules: HallRules, day: date, past: Sequence[PastDay]) -> ComingDay:
    return coming_day(rules, day, learn_habits(rules, past, day))
