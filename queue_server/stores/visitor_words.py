"""What visitors write in their own words. Beside the log, never in it: words may be personal, and can be deleted."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from sqlite_utils import Database

LONGEST_WORDS = 500
KEEP_DAYS = 30


class VisitorWords:
    """One short text a ticket, in a file of its own (`private.sqlite`)."""

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory, for tests."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(":memory:" if path is None else str(path), check_same_thread=False, timeout=5)
        if path is not None:
            path.chmod(0o600)
            connection.execute("PRAGMA journal_mode = WAL")  # several server processes read while one writes
        self._connection = connection
        self._database = Database(connection)
        self._lock = Lock()
        self._database.table("words").create(
            {"day": str, "ticket": str, "said_at": str, "words": str},
            pk=("day", "ticket"),
            not_null={"said_at", "words"},
            if_not_exists=True,
        )

    def add(self, day: date, ticket: str, words: str, at: datetime) -> None:
        """Keep what was said; the first word stands, as the first mark does."""
        row = {"day": day.isoformat(), "ticket": ticket, "said_at": at.isoformat(), "words": words[:LONGEST_WORDS]}
        with self._lock:
            self._database.table("words").insert(row, ignore=True)

    def of(self, day: date, ticket: str) -> str | None:
        with self._lock:
            rows = list(self._database.table("words").rows_where("day = ? AND ticket = ?", [day.isoformat(), ticket]))
        return str(rows[0]["words"]) if rows else None

    def of_day(self, day: date) -> dict[str, str]:
        """Ticket → words."""
        with self._lock:
            rows: list[dict[str, Any]] = list(self._database.table("words").rows_where("day = ?", [day.isoformat()]))
        return {row["ticket"]: row["words"] for row in rows}

    def forget_old(self, today: date) -> int:
        """Delete what is older than a month; how many."""
        limit = (today - timedelta(days=KEEP_DAYS)).isoformat()
        with self._lock:
            gone = self._database.table("words").count_where("day < ?", [limit])
            self._database.table("words").delete_where("day < ?", [limit])
        return gone

    def close(self) -> None:
        with self._lock:
            self._connection.close()
