"""The book of advice: what the hall advised, what was promised by it, what the supervisor said, and what then was.

Beside the log; no number depends on it (decision 0037).
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

FILE = "advice.sqlite"
OPEN, ACCEPTED, DECLINED, LAPSED = "open", "accepted", "declined", "lapsed"


@dataclass(frozen=True, slots=True)
class Advice:
    """`act` as in the API; `promised`: before and after as told; `happened`: once it is known."""

    id: str
    day: date
    at: datetime
    trouble: str  # long_wait | left_over
    zone: str
    category: str  # that the trouble is about
    act: dict[str, Any]
    promised: dict[str, Any]
    state: str = OPEN
    reason: str = ""  # why not
    decided_at: datetime | None = None
    decided_by: str = ""
    made: bool | None = None  # whether it was seen to be done; None: that cannot be seen
    happened: dict[str, Any] | None = field(default=None)


class AdviceBook:
    """Few rows a day, written at once."""

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory, for tests."""
        self._connection = sqlite3.connect(
            ":memory:" if path is None else str(path), check_same_thread=False, timeout=5
        )
        if path is not None:
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._table = Database(self._connection).table("advice")
        self._table.create(
            dict.fromkeys(("id", "day", "at", "trouble", "zone", "category", "act", "promised", "state"), str)
            | dict.fromkeys(("reason", "decided_at", "decided_by"), str)
            | {"made": int, "happened": str},
            pk="id",
            if_not_exists=True,
        )

    def put(self, advice: Advice) -> None:
        """New, or as it stands by now."""
        row = asdict(advice)
        for name in ("act", "promised", "happened"):
            row[name] = None if row[name] is None else json.dumps(row[name], ensure_ascii=False)
        for name in ("day", "at", "decided_at"):
            row[name] = None if row[name] is None else row[name].isoformat()
        self._table.upsert(row, pk="id")

    def of_day(self, day: date) -> list[Advice]:
        """In the order advised."""
        return [_read(row) for row in self._table.rows_where("day = ?", [day.isoformat()], order_by="at, rowid")]

    def decide(self, advice: Advice, state: str, at: datetime, by: str, reason: str = "") -> Advice:
        decided = replace(advice, state=state, decided_at=at, decided_by=by, reason=reason)
        self.put(decided)
        return decided

    def close(self) -> None:
        self._connection.close()


def _read(row: dict[str, Any]) -> Advice:
    read = {
        "day": date.fromisoformat(row["day"]),
        "at": datetime.fromisoformat(row["at"]),
        "decided_at": datetime.fromisoformat(row["decided_at"]) if row["decided_at"] else None,
        "act": json.loads(row["act"]),
        "promised": json.loads(row["promised"]),
        "made": None if row["made"] is None else bool(row["made"]),
        "happened": json.loads(row["happened"]) if row["happened"] else None,
    }
    return Advice(**{**row, **read})
