"""Pictures of screens that a supervisor asked for: until they were looked at once, and five minutes at most."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

KEEP_MINUTES = 5

_TABLE = "CREATE TABLE IF NOT EXISTS pictures (wish TEXT PRIMARY KEY, picture BLOB NOT NULL, at TEXT NOT NULL) STRICT"


class ScreenPictures:
    """A file of its own, since the device may speak to one server process and the supervisor to another."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, wish: str, picture: bytes, at: datetime) -> None:
        with self._open(at) as database:
            database.execute("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?)", (wish, picture, at.isoformat()))

    def take(self, wish: str, at: datetime) -> bytes | None:
        """Once: it is gone then."""
        with self._open(at) as database:
            row = database.execute("DELETE FROM pictures WHERE wish = ? RETURNING picture", (wish,)).fetchone()
        return row[0] if row else None

    def waiting(self, at: datetime) -> set[str]:
        """Wishes whose picture nobody has looked at yet."""
        if not self._path.exists():
            return set()
        with self._open(at) as database:
            return {wish for (wish,) in database.execute("SELECT wish FROM pictures")}

    @contextmanager
    def _open(self, at: datetime) -> Iterator[sqlite3.Connection]:
        is_new = not self._path.exists()
        with closing(sqlite3.connect(self._path, timeout=5)) as database:
            if is_new:
                self._path.chmod(0o600)
            database.execute("PRAGMA secure_delete = ON")  # what is gone is overwritten
            database.execute(_TABLE)
            with database:
                oldest = (at - timedelta(minutes=KEEP_MINUTES)).isoformat()
                database.execute("DELETE FROM pictures WHERE at < ?", (oldest,))
                yield database
