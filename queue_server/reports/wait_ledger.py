"""The ledger of waits: every range that somebody was shown. Beside the log; nothing personal is in it."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from queue_server.foresight.ledger import Shown

FILE = "waits.sqlite"


class WaitLedger:
    """`note` costs nothing: rows are kept in memory until `write`, which may run in another thread, always in one and
    the same. Whoever reads writes first.

    A power cut may cost the latest ones. The ledger judges forecasts; no number depends on it.
    """

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory, for tests."""
        connection = sqlite3.connect(":memory:" if path is None else str(path), check_same_thread=False, timeout=5)
        if path is not None:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        self._connection = connection
        self._table = Database(connection).table("shown")
        self._noted: deque[Shown] = deque()
        self._table.create(
            {
                **dict.fromkeys(("day", "ticket", "zone", "service", "where", "at"), str),
                **dict.fromkeys(("low", "high", "rough"), int),
                "promise": str,
                **dict.fromkeys(("p50", "p90"), float),
            },
            pk=("day", "ticket", "where", "at"),
            if_not_exists=True,
        )

    def note(self, shown: Shown) -> None:
        self._noted.append(shown)

    def write(self) -> None:
        """What cannot be written stays noted; rows noted meanwhile are left for the next time."""
        noted = list(self._noted)
        if noted:
            rows = [asdict(one) | {"day": one.day.isoformat(), "at": one.at.isoformat()} for one in noted]
            self._table.insert_all(rows, ignore=True)
        for _ in noted:
            self._noted.popleft()

    def of_day(self, day: date) -> list[Shown]:
        """In the order shown."""
        return self.between(day, day)

    def between(self, first: date, last: date) -> list[Shown]:
        """Both days included."""
        self.write()
        found = self._table.rows_where(
            "day BETWEEN ? AND ?", [first.isoformat(), last.isoformat()], order_by="day, at, rowid"
        )
        return list(_read(list(found)))

    def close(self) -> None:
        self.write()
        self._connection.close()


def _read(rows: list[dict[str, Any]]) -> Iterator[Shown]:
    for row in rows:
        read = {
            "day": date.fromisoformat(row["day"]),
            "at": datetime.fromisoformat(row["at"]),
            "rough": bool(row["rough"]),
        }
        yield Shown(**{**row, **read})
