"""What a kiosk keeps on its disk for when it is alone: numbers, what it gave, and the hall's last answers.

Each method is one durable transaction: after a power cut a number is either free, or given with its press.
"""

from __future__ import annotations

import errno
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.alone.moments import Moment

KEEP_DAYS = 14
OF_A_FULL_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}

_SCHEMA = """
CREATE TABLE IF NOT EXISTS numbers (
    day TEXT NOT NULL,
    prefix TEXT NOT NULL,
    number TEXT NOT NULL,
    link TEXT NOT NULL,
    PRIMARY KEY (day, number)
) STRICT;
CREATE TABLE IF NOT EXISTS given (
    place INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    number TEXT NOT NULL,
    link TEXT NOT NULL,
    wish TEXT NOT NULL,
    wall REAL NOT NULL,
    since_start REAL NOT NULL,
    start TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    by_hall INTEGER NOT NULL DEFAULT 0,
    told TEXT,
    UNIQUE (day, number)
) STRICT;
CREATE TABLE IF NOT EXISTS answers (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
"""


class Answer(NamedTuple):
    """One of the hall's answers, as it was."""

    kind: str  # the Content-Type
    body: bytes


class DiskFull(Exception):
    """Nothing was written; what was there stays."""


@dataclass(frozen=True, slots=True)
class Given:
    """A number that this kiosk gave by itself, or passed on from the hall (`by_hall`)."""

    key: str  # the press
    day: date
    number: str
    link: str
    wish: dict[str, Any]  # what the page asked for, and `zone`
    at: Moment
    taken_at: datetime  # by the hall's clock, as it was known then
    by_hall: bool = False


class AloneStore:
    """Safe to use from several threads. With a full disk it opens all the same, knows nothing and refuses to write,
    until there is room: what the hall gives still passes through the kiosk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._is_empty = False  # it stands for a file that cannot be opened: nothing is known, nothing may be written
        try:
            self._db = self._opened()
        except DiskFull:
            self._is_empty = True
            self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._db.executescript(_SCHEMA)

    def _opened(self) -> sqlite3.Connection:
        """Raises DiskFull."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            try:
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA synchronous=FULL")
                db.executescript(_SCHEMA)
            except BaseException:  # whatever went wrong, no half-opened file stays behind
                db.close()
                raise
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise DiskFull(str(error)) from error
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in OF_A_FULL_DISK:
                raise
            raise DiskFull(str(error)) from error
        return db

    def close(self) -> None:
        with self._turn:
            self._db.close()

    # --- numbers kept

    def keep_numbers(self, day: date, numbers: Iterable[tuple[str, str]]) -> None:
        """All that the hall says this kiosk keeps today, with their links. What it no longer says was taken back."""
        rows = [(day.isoformat(), number.rstrip("0123456789"), number, link) for number, link in numbers]
        with self._write() as db:
            db.execute("DELETE FROM numbers")
            db.executemany(
                "INSERT INTO numbers SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
                " (SELECT 1 FROM given WHERE given.day = ?1 AND given.number = ?3)",
                rows,
            )
            long_ago = (day - timedelta(days=KEEP_DAYS)).isoformat()
            db.execute("DELETE FROM given WHERE told IS NOT NULL AND day < ?", (long_ago,))

    def in_hand(self) -> dict[str, int]:
        """Letter → how many numbers are left."""
        with self._turn:
            return dict(self._db.execute("SELECT prefix, count(*) FROM numbers GROUP BY prefix").fetchall())

    # --- numbers given

    def give(
        self, key: str, prefix: str, day: date, wish: dict[str, Any], at: Moment, taken_at: datetime
    ) -> Given | None:
        """The next number, or the one that this press got before. None: that letter has none left for the day."""
        with self._write() as db:
            if (before := self._find(key)) is not None:
                return before
            row = db.execute(
                "DELETE FROM numbers WHERE (day, number) ="
                " (SELECT day, number FROM numbers WHERE day = ? AND prefix = ? ORDER BY number LIMIT 1)"
                " RETURNING number, link",
                (day.isoformat(), prefix),
            ).fetchone()
            if row is None:
                return None
            given = Given(key, day, row[0], row[1], wish, at, taken_at)
            self._insert(given)
        return given

    def remember(self, given: Given, answer: str) -> None:
        """A number of the hall's that went through this kiosk: should the hall forget it, the kiosk has not."""
        with self._write():
            self._insert(given, answer)

    def _insert(self, given: Given, told: str | None = None) -> None:
        at = given.at
        self._db.execute(
            "INSERT OR IGNORE INTO given"
            " (key, day, number, link, wish, wall, since_start, start, taken_at, by_hall, told)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(given.key, given.day.isoformat(), given.number, given.link, json.dumps(given.wish)),
                *(at.wall, at.since_start, at.start, given.taken_at.isoformat(), given.by_hall, told),
            ),
        )

    def find(self, key: str) -> Given | None:
        with self._turn:
            return self._find(key)

    def has_another_paper(self, job: dict[str, Any]) -> bool:
        """The press that the hall wants a paper for was given a number here, which is printed."""
        given = self.find(job["press"]) if job.get("press") else None
        return given is not None and not given.by_hall and given.number != job["ticket"]["ticket"]

    def link_ending(self, end: str) -> str | None:
        """The whole address of a number's progress page."""
        with self._turn:
            row = self._db.execute("SELECT link FROM given WHERE link LIKE '%/' || ?", (end,)).fetchone()
        return row[0] if row else None

    def untold(self) -> list[Given]:
        """What the hall has not been told of, in the order in which it was given."""
        with self._turn:
            return [self._given(row) for row in self._db.execute(f"{_GIVEN} WHERE told IS NULL ORDER BY place")]

    def is_told(self, key: str, answer: str) -> None:
        """The hall has it; `answer` is what it said, kept for whoever wants to know."""
        with self._write() as db:
            db.execute("UPDATE given SET told = ? WHERE key = ?", (answer, key))

    def of_day(self, day: date) -> list[Given]:
        """All numbers of that day that came out of this kiosk, told or not."""
        with self._turn:
            rows = self._db.execute(f"{_GIVEN} WHERE day = ? ORDER BY place", (day.isoformat(),)).fetchall()
        return [self._given(row) for row in rows]

    def last_day(self) -> date | None:
        """On which a number came out of this kiosk."""
        with self._turn:
            (day,) = self._db.execute("SELECT max(day) FROM given").fetchone()
        return date.fromisoformat(day) if day else None

    def tell_again(self, numbers: Iterable[str], day: date) -> None:
        """The hall has forgotten them."""
        with self._write() as db:
            rows = [(day.isoformat(), number) for number in numbers]
            db.executemany("UPDATE given SET told = NULL WHERE day = ? AND number = ?", rows)

    # --- the hall's answers

    def keep_answer(self, name: str, answer: Answer) -> None:
        with self._write() as db:
            db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (name, answer.kind, answer.body))

    def answer(self, name: str) -> Answer | None:
        with self._turn:
            row = self._db.execute("SELECT kind, body FROM answers WHERE name = ?", (name,)).fetchone()
        return Answer(*row) if row else None

    # ---

    def _find(self, key: str) -> Given | None:
        row = self._db.execute(f"{_GIVEN} WHERE key = ?", (key,)).fetchone()
        return self._given(row) if row else None

    @staticmethod
    def _given(row: tuple[Any, ...]) -> Given:
        key, day, number, link, wish, wall, since_start, start, taken_at, by_hall = row
        at = Moment(wall, since_start, start)
        by_clock = datetime.fromisoformat(taken_at)
        return Given(key, date.fromisoformat(day), number, link, json.loads(wish), at, by_clock, bool(by_hall))

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """Raises DiskFull, and then nothing of it was done."""
        with self._turn:
            if self._is_empty:
                self._db, self._is_empty = self._opened(), False
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                    self._db.execute("COMMIT")
                except BaseException:  # whatever went wrong, nothing of it may stay
                    if self._db.in_transaction:
                        self._db.execute("ROLLBACK")
                    raise
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF in OF_A_FULL_DISK:
                    raise DiskFull(str(error)) from error
                raise


_GIVEN = "SELECT key, day, number, link, wish, wall, since_start, start, taken_at, by_hall FROM given"
