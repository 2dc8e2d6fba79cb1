"""What the staff note about one visit, for one another, while it lasts. Beside the log; gone with the day."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from threading import Lock

from sqlite_utils import Database

LONGEST_NOTE = 200


class VisitNotes:
    """One short text a ticket, in a file of its own (`notes.sqlite`), so that no backup keeps it longer."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(str(path), check_same_thread=False, timeout=5)
        path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = WAL")  # several server processes share it
        connection.execute("PRAGMA secure_delete = ON")
        self._connection = connection
        self._database = Database(connection)
        self._lock = Lock()
        self._database.table("notes").create(
            {"day": str, "ticket": str, "words": str}, pk=("day", "ticket"), not_null={"words"}, if_not_exists=True
        )

    def write(self, day: date, ticket: str, words: str) -> None:
        """In place of what stood there; empty words take it away."""
        key = [day.isoformat(), ticket]
        with self._lock:
            if words:
                row = {"day": key[0], "ticket": ticket, "words": words[:LONGEST_NOTE]}
                self._database.table("notes").upsert(row, pk=("day", "ticket"))
            else:
                self._database.table("notes").delete_where("day = ? AND ticket = ?", key)

    def of(self, day: date, ticket: str) -> str:
        """Empty where nothing was noted."""
        with self._lock:
            rows = list(self._database.table("notes").rows_where("day = ? AND ticket = ?", [day.isoformat(), ticket]))
        return str(rows[0]["words"]) if rows else ""

    def forget_old(self, today: date) -> None:
        """Delete what was noted before today; the file is overwritten there."""
        with self._lock:
            self._database.table("notes").delete_where("day < ?", [today.isoformat()])
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing of it stays in the journal
