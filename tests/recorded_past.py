"""A data folder with days behind it: lived through by rule, some numbers with nobody behind them, waits told."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from queue_server.demo.past.lived_day import WEEKDAYS, LivedDay, working_days
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.rules import HallRules
from queue_server.foresight.learn_habits import PastDay
from queue_server.foresight.ledger import Shown
from queue_server.reports.tables import FILE, ReportTables
from queue_server.reports.wait_ledger import FILE as WAITS_FILE
from queue_server.reports.wait_ledger import WaitLedger
from queue_server.stores.base import Log
from queue_server.stores.memory import MemoryLog

SHARE_PHANTOMS = 0.06


class DayWithPhantoms(LivedDay):
    def _arrive(self, at: datetime) -> None:
        super()._arrive(at)
        if self.chance.random() < SHARE_PHANTOMS:  # a child plays with the kiosk
            issued = self.do(c.IssueTicket, at, service="TQ04")
            for one in issued:
                if isinstance(one, e.TicketIssued):
                    self._later(at + timedelta(seconds=15), lambda now, number=one.ticket: self._leaves(number, now))

    def _leaves(self, number: str, at: datetime) -> None:
        self.do(c.AbandonTicket, at, ticket=number)


def record_past(folder: Path, rules: HallRules, first: date, many: int, visits: float, log: Log | None = None) -> Log:
    """`many` working days from `first`; the log they stand in."""
    log = log or MemoryLog()
    ledger = WaitLedger(folder / WAITS_FILE)
    for day in working_days(first, many):
        lived = DayWithPhantoms(rules, day, Random(f"past/{day}")).lived(visits * WEEKDAYS[day.weekday()])
        log.append(rules.hall, day, lived.events, after=0)
        for shown in _told(lived):
            ledger.note(shown)
    ledger.close()
    with closing(ReportTables(folder / FILE, log, rules)) as tables:
        while tables.catch_up():
            pass
    return log


def _told(lived: PastDay) -> list[Shown]:
    chance = Random("told")
    return [
        Shown(
            *(lived.state.day, one.number, one.zone, one.service, "ticket", one.first_arrival_at),
            *((low := chance.randrange(3, 20)), low + 12, False, "certain"),
        )
        for one in lived.state.tickets.values()
    ]
