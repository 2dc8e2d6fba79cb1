"""The log in one SQLite file: WAL, `synchronous=FULL`, one writer, readers on connections of their own.

Nothing here waits on a lock of ours: the door lets one batch in at a time, other processes are held off by
`BEGIN IMMEDIATE` and the unique key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path

from queue_server.domain.events import Event
from queue_server.stores import codec
from queue_server.stores.base import LogMoved, Recorded, StorageTrouble, StorageUncertain, UnsharedLog
from queue_server.stores.sqlite_file import OpenedFile

MIGRATIONS = Path(__file__).parent / "migrations" / "sqlite"
BUSY_SECONDS = 5.0

# the last seq of one hall day; 0 when the day has none
LAST_SEQ = "SELECT COALESCE(MAX(seq), 0) FROM events WHERE hall = ? AND day = ?"
# one event of the day; `append` repeats its row
INSERT = "INSERT INTO events (hall, day, seq, name, version, at, actor, command, body) VALUES (?,?,?,?,?,?,?,?,?)"
ROW = ",(?,?,?,?,?,?,?,?,?)"
ROWS_A_STATEMENT = 64
# what came after a seq, in order
READ = """
SELECT seq, name, version, at, actor, command, body FROM events
WHERE hall = ? AND day = ? AND seq > ? ORDER BY seq
"""
# the days of a hall, oldest first: hops from day to day on the primary key instead of reading every event
DAYS = """
WITH RECURSIVE days(day) AS (
    SELECT MIN(day) FROM events WHERE hall = :hall
    UNION ALL
    SELECT (SELECT MIN(day) FROM events WHERE hall = :hall AND day > days.day) FROM days WHERE days.day IS NOT NULL
) SELECT day FROM days WHERE day IS NOT NULL
"""


class SqliteLog(UnsharedLog):
    """Connections may be used from any thread, one at a time each; the door sees to that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with _as_storage_trouble(path):
            self._writer = _connect(path)
            migrate(self._writer)
            self._reader = _connect(path)
        self._file = OpenedFile(path)

    def read(self, hall: str, day: date, after: int = 0) -> list[Recorded]:
        with _as_storage_trouble(self.path):
            rows = self._reader.execute(READ, (hall, day.isoformat(), after)).fetchall()
        return [Recorded(seq, day, codec.decode(codec.Stored(*stored))) for seq, *stored in rows]

    def append(self, hall: str, day: date, events: Sequence[Event], after: int) -> None:
        name = day.isoformat()
        rows = [(hall, name, seq, *codec.encode(event)) for seq, event in enumerate(events, start=after + 1)]
        pieces = [rows[first : first + ROWS_A_STATEMENT] for first in range(0, len(rows), ROWS_A_STATEMENT)]
        self._file.must_be_in_place()
        with _as_storage_trouble(self.path), _write_transaction(self._writer):
            (last,) = self._writer.execute(LAST_SEQ, (hall, name)).fetchone()
            if last != after:
                raise LogMoved(f"{hall} {name}: expected {after} events, found {last}")
            for piece in pieces:
                # one statement: after each the thread must win Python's lock back from a hub that is busy
                self._writer.execute(INSERT + ROW * (len(piece) - 1), list(chain.from_iterable(piece)))
        # it may have been taken away meanwhile, before or after the commit: then nobody is told
        self._file.must_be_in_place(StorageUncertain)

    def days(self, hall: str) -> list[date]:
        with _as_storage_trouble(self.path):
            return [date.fromisoformat(day) for (day,) in self._reader.execute(DAYS, {"hall": hall})]

    def close(self) -> None:
        self._writer.close()
        self._reader.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


@contextmanager
def _write_transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing. IMMEDIATE: a deferred one that reads and then writes fails at once when it is not alone."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:  # whatever went wrong, nothing of the batch may stay
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _as_storage_trouble(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageTrouble(f"The log {path} cannot be used: {error}.", _advice(error)) from error


# The beginning of SQLite's own name of an error, and the one thing to do.
ADVICE = {
    "SQLITE_FULL": "Free some space on this disk; the server goes on by itself.",
    "SQLITE_BUSY": "Another program holds the file: close it.",
    "SQLITE_LOCKED": "Another program holds the file: close it.",
    "SQLITE_READONLY": "Check that the server's user may write to this folder.",
    "SQLITE_CANTOPEN": "Check that the server's user may write to this folder.",
    "SQLITE_PERM": "Check that the server's user may write to this folder.",
    "SQLITE_IOERR": "The disk refuses: look at `dmesg` and at the limits of the server's user; it goes on by itself.",
}
DAMAGED = "Copy the file aside and see docs/operations.md, “When the log is damaged”."


def _advice(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    return next((advice for beginning, advice in ADVICE.items() if name.startswith(beginning)), DAMAGED)


def migrate(connection: sqlite3.Connection) -> None:
    """Run the migrations that this file has not seen, each in one transaction with the note that it ran."""
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
    for script in sorted(MIGRATIONS.glob("*.sql")):
        with _write_transaction(connection):
            if connection.execute("SELECT 1 FROM migrations WHERE name = ?", (script.name,)).fetchone():
                continue
            for statement in _statements(script.read_text(encoding="utf-8")):
                connection.execute(statement)
            connection.execute("INSERT INTO migrations (name) VALUES (?)", (script.name,))


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one; executescript would commit the transaction around them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
