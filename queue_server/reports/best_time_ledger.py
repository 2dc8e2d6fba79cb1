"""What was said of days to come, kept to be held against them. Beside the log; no person is in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from queue_server.foresight.best_time.held import Published
from queue_server.foresight.best_time.outlook import HalfHour, Outlook

FILE = "best_times.sqlite"


class BestTimeLedger:
    """One row a day, group of services and day on which it was said; said twice on one day, the later holds.

    Used by one thread at a time.
    """

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory, for tests."""
        self._connection = sqlite3.connect(
            ":memory:" if path is None else str(path), check_same_thread=False, timeout=5
        )
        self._table = Database(self._connection).table("said")
        self._table.create(
            dict.fromkeys(("made_on", "day", "zone", "services", "half_hours"), str),
            pk=("made_on", "day", "zone", "services"),
            if_not_exists=True,
        )

    def publish(self, made_on: date, outlooks: Iterable[Outlook]) -> None:
        self._table.insert_all([_row(made_on, one) for one in outlooks], replace=True)

    def between(self, first: date, last: date) -> list[Published]:
        """What was said of these days, both included."""
        rows = self._table.rows_where("day BETWEEN ? AND ?", [first.isoformat(), last.isoformat()], order_by="rowid")
        return [_published(row) for row in rows]

    def close(self) -> None:
        self._connection.close()


def _row(made_on: date, outlook: Outlook) -> dict[str, str]:
    return {
        "made_on": made_on.isoformat(),
        "day": outlook.day.isoformat(),
        "zone": outlook.zone,
        "services": " ".join(sorted(outlook.services)),
        "half_hours": json.dumps([asdict(one) for one in outlook.half_hours]),
    }


def _published(row: dict[str, Any]) -> Published:
    half_hours = tuple(HalfHour(**one) for one in json.loads(row["half_hours"]))
    services = frozenset(row["services"].split())
    outlook = Outlook(date.fromisoformat(row["day"]), row["zone"], services, half_hours)
    return Published(date.fromisoformat(row["made_on"]), outlook)
