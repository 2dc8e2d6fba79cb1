"""Keeps what visitors were told of their wait, and tells in public how well that held, today or over a month."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Ticket
from queue_server.foresight.base import WaitRange
from queue_server.foresight.ledger import Kept, LedgerMeasures, Shown, has_drifted, ledger_measures, outcome
from queue_server.reports.wait_ledger import WaitLedger

PHONE_AT_MOST_EVERY = timedelta(minutes=5)
JUDGED_EVERY_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Today's ranges and those of the last working days: of all, then of each zone."""

    today: Sequence[LedgerMeasures]
    month: Sequence[LedgerMeasures]
    error_minutes: int | None  # what everybody is told; None: too little is known
    error_of: str  # today | month
    has_drifted: bool


class ToldWaits:
    """`month()`: what became of the ranges told on the last working days."""

    def __init__(
        self,
        ledger: WaitLedger,
        month: Callable[[], Sequence[Kept]] = tuple,
        now: Callable[[], float] = time.monotonic,
        judged_every_seconds: float = JUDGED_EVERY_SECONDS,
    ) -> None:
        self._ledger = ledger
        self._month = month
        self._now = now
        self._judged_every_seconds = judged_every_seconds
        self._day: date | None = None
        self._today: list[Shown] = []
        self._last_told: dict[tuple[str, str], datetime] = {}  # (ticket, where)
        self._judged: Judged | None = None
        self._good_until = float("-inf")
        self._month_judged: tuple[Sequence[Kept], Sequence[LedgerMeasures]] | None = None

    def go_on_with(self, day: date, shown: Sequence[Shown]) -> None:
        """What was told today before the server was started anew."""
        self._begin(day)
        self._today = list(shown)
        self._last_told = {(one.ticket, one.where): one.at for one in shown}

    def on_paper(self, ticket: Ticket, wait: WaitRange | None, day: date) -> None:
        """A number was just given, with this range. Asking again for the same number tells nothing new."""
        if wait is not None and ticket.is_waiting:
            self._note(ticket, wait, day, "ticket", ticket.first_arrival_at)

    def on_phone(self, ticket: Ticket, wait: WaitRange | None, day: date, at: datetime) -> None:
        last = self._last_told.get((ticket.number, "phone")) if day == self._day else None
        if wait is not None and ticket.is_waiting and (last is None or at - last >= PHONE_AT_MOST_EVERY):
            self._note(ticket, wait, day, "phone", at)

    def _note(self, ticket: Ticket, wait: WaitRange, day: date, where: str, at: datetime) -> None:
        self._begin(day)
        if self._last_told.get((ticket.number, where)) == at:
            return
        shown = Shown(
            day, ticket.number, ticket.zone, ticket.service, where, at,
            wait.low, wait.high, wait.rough, ticket.promise, wait.p50, wait.p90,
        )  # fmt: skip
        self._last_told[ticket.number, where] = at
        self._today.append(shown)
        self._ledger.note(shown)

    def _begin(self, day: date) -> None:
        if day != self._day:
            self._day, self._today, self._last_told, self._judged = day, [], {}, None

    def judged(self, day: HallDay) -> Judged:
        """Worked out anew at most every twenty seconds, however many screens ask."""
        if self._judged is None or self._now() >= self._good_until or day.day != self._day:
            self._begin(day.day)
            self._judged = self._judge(day)
            self._good_until = self._now() + self._judged_every_seconds
        return self._judged

    def _judge(self, day: HallDay) -> Judged:
        kept = [outcome(one, day) for one in self._today]
        today, month = ledger_measures(kept, day.rules.zones), self._of_month(day)
        said, of = (today[0].error, "today") if today[0].error is not None else (month[0].error, "month")
        return Judged(today, month, None if said is None else max(1, round(said)), of, has_drifted(kept))

    def _of_month(self, day: HallDay) -> Sequence[LedgerMeasures]:
        """Thousands of rows that change once a day."""
        kept = self._month()
        if self._month_judged is None or self._month_judged[0] is not kept:
            self._month_judged = kept, ledger_measures(kept, day.rules.zones)
        return self._month_judged[1]
