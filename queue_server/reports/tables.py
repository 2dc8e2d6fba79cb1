"""Tables for reports, built from the log with sqlite-utils into a file of their own. They may be dropped at any time:
the log builds them again.

Never in the way of a commit: whoever keeps them (a background task, `xinting tables`) reads the log as any reader does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from queue_server.domain.apply import apply
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.reports.visit_rows import Row, Walks, call_rows, day_row, service_rows, visit_row
from queue_server.stores.base import Log, Recorded, StorageTrouble

FORMAT = 3  # PRAGMA user_version; tables of another format are dropped and built anew
BUSY_SECONDS = 5.0
FILE = "reports.sqlite"

COLUMNS: dict[str, dict[str, Any]] = {
    "visits": {
        **{"day": str, "ticket": str, "service": str, "services": str, "zone": str, "channel": str},
        **{"care": int, "booked": int, "people": int, "promise": str},
        **{"arrival": str, "first_call": str, "started": str, "ended": str},
        **{"wait_minutes": float, "walk_minutes": float, "service_minutes": float},
        **{"stage": str, "outcome": str, "called": int, "missed": int, "transfers": int, "bounced": int},
        **{"feedback": int, "kiosk": str, "foreseeable": int, "served_that_day": int},
    },
    "services_done": {
        **{"day": str, "ticket": str, "place": int, "service": str, "counter": str, "started": str, "ended": str},
        **{"walk_minutes": float, "service_minutes": float, "outcome": str, "inferred": int},
        **{"officer": str, "mark": int},
    },
    "calls": {
        **{"day": str, "seq": int, "at": str, "ticket": str, "counter": str, "actor": str, "attempt": int},
        **{"rule": str, "passed_over": str, "overtook_minutes": float},
    },
    "days": {
        **{
            "day": str,
            "closed": int,
            "visits": int,
            "served": int,
            "abandoned": int,
            "no_show": int,
            "unfinished": int,
        },
        **{"bounced": int, "transferred": int, "care": int, "bookings_missed": int, "promised_tomorrow": int},
        **{"services": int, "mean_wait_minutes": float, "p50_wait_minutes": float, "p90_wait_minutes": float},
        **{"mean_service_minutes": float, "feedback": int, "feedback_average": float, "feedback_low": int},
    },
    "read_so_far": {"day": str, "seq": int},  # up to which event of each day the tables are true
}
# days to which nothing can be added: closed, all of it read, and a later one has begun
WHOLE_DAYS = "SELECT day FROM days WHERE closed AND day < (SELECT MAX(day) FROM read_so_far)"
KEYS: dict[str, tuple[str, ...]] = {
    "visits": ("day", "ticket"),
    "services_done": ("day", "ticket", "place"),
    "calls": ("day", "seq"),
    "days": ("day",),
    "read_so_far": ("day",),
}


RulesOn = Callable[[date, HallRules], HallRules]


class ReportTables:
    """Used by one thread at a time. Several processes may keep the same file: who is behind changes nothing."""

    def __init__(self, path: Path, log: Log, rules: HallRules, rules_on: RulesOn | None = None) -> None:
        """`rules_on`: what held on a day, as published since; without it `rules` hold always. Raises StorageTrouble
        when the file cannot be used."""
        self.path = path
        self._log = log
        self._rules = rules
        self._rules_on = rules_on or (lambda _day, otherwise: otherwise)
        with self._as_storage_trouble():
            path.parent.mkdir(parents=True, exist_ok=True)
            # transactions are ours: a deferred one that reads and then writes fails at once when it is not alone
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._db = Database(self._connection)
            with self._write():
                self._make()
        self._day = HallDay(rules, date.min)
        self._walks = Walks()

    def catch_up(self) -> date | None:
        """Bring the newest day that is behind up to date; which one it was. None: every day was."""
        with self._as_storage_trouble():
            whole = {day for (day,) in self._connection.execute(WHOLE_DAYS)}
            for day in reversed(self._log.days(self._rules.hall)):
                if day.isoformat() not in whole and self._bring_up(day):
                    return day
        return None

    def rebuild(self) -> None:
        """Drop everything; `catch_up` builds it anew."""
        with self._as_storage_trouble(), self._write():
            self._drop()
            self._make()

    def counts(self) -> dict[str, int]:
        return {name: self._db.table(name).count for name in COLUMNS if name != "read_so_far"}

    def close(self) -> None:
        self._connection.close()

    # --- one day

    def _bring_up(self, day: date) -> bool:
        stored = self._read_so_far(day)
        new = self._log.read(self._rules.hall, day, stored)
        if not new:
            return False
        rules = self._rules_on(day, self._rules)
        # another day, tables that were dropped meanwhile, or another setup: the day's events may name its new zones
        if day != self._day.day or self._day.seq > stored or rules != self._day.rules:
            self._day, self._walks = HallDay(rules, day), Walks()
        known = self._day.seq
        for recorded in new if known == stored else self._log.read(self._rules.hall, day, known):
            apply(self._day, recorded.event)
            self._walks.note(recorded.event, self._day)
        self._write_down(new)
        return True

    def _write_down(self, new: list[Recorded]) -> None:
        touched = {number for recorded in new if (number := getattr(recorded.event, "ticket", None)) is not None}
        # papers without a number are told apart by a mark, which is no ticket
        tickets = [self._day.tickets[number] for number in sorted(touched) if number in self._day.tickets]
        day = self._day.day.isoformat()
        with self._write():
            if self._read_so_far(self._day.day) >= self._day.seq:
                return  # another process was quicker and knows more
            self._put("visits", (visit_row(ticket, self._day, self._walks) for ticket in tickets))
            for ticket in tickets:  # fewer than before, after an end that was taken back
                self._db.table("services_done").delete_where("day = ? AND ticket = ?", [day, ticket.number])
            self._put("services_done", (row for one in tickets for row in service_rows(one, self._day, self._walks)))
            self._put("calls", call_rows(new, self._day.rules))
            self._put("days", [day_row(self._day)])
            self._put("read_so_far", [{"day": day, "seq": self._day.seq}])

    def _read_so_far(self, day: date) -> int:
        row = self._connection.execute("SELECT seq FROM read_so_far WHERE day = ?", (day.isoformat(),)).fetchone()
        return int(row[0]) if row else 0

    def _put(self, table: str, rows: Iterable[Row]) -> None:
        self._db.table(table).upsert_all(rows, pk=KEYS[table])

    # --- the file

    def _make(self) -> None:
        (found,) = self._connection.execute("PRAGMA user_version").fetchone()
        if found not in (0, FORMAT):
            self._drop()
        for name, columns in COLUMNS.items():
            self._db.table(name).create(columns, pk=KEYS[name], if_not_exists=True)
        self._connection.execute(f"PRAGMA user_version = {FORMAT}")

    def _drop(self) -> None:
        for name in COLUMNS:
            self._db.table(name).drop(ignore=True)

    @contextmanager
    def _write(self) -> Iterator[None]:
        """All or nothing, and readers see the figures of one moment."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:  # whatever went wrong, half a batch may not stay
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _as_storage_trouble(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            advice = "Nothing is lost: stop the server, delete the file, and it is built again from the log."
            raise StorageTrouble(f"The report tables {self.path} cannot be used: {error}.", advice) from error
