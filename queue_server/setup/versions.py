"""What was published, by whom, when it began to hold; and the one draft that the administrators share.

Beside the log, in the data folder, since the log holds what happened to visitors and this what the hall decided about
itself. Nothing is ever overwritten: a return is a new version with old words.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from sqlite_utils import Database

FILE = "setup.sqlite"
SCHEMA: dict[str, dict[str, Any]] = {
    "versions": {
        "columns": {
            **{"number": int, "hall": str, "fund": str, "author": str, "note": str},
            **{"published_at": str, "due_at": str, "started_at": str, "withdrawn_at": str, "returned_to": int},
        },
        "pk": "number",
        "not_null": {"hall", "author", "note", "published_at", "due_at"},
    },
    "drafts": {
        "columns": {"id": int, "hall": str, "fund": str, "changed_by": str, "changed_at": str},
        "pk": "id",
        "not_null": {"hall", "changed_by", "changed_at"},
    },
}
THE_DRAFT = 1
FROM_FILE = "file"  # the author of the version that the hall began with


@dataclass(frozen=True, slots=True)
class Texts:
    """The hall's file and, where there is one, the centre's figures for the tools, word for word."""

    hall: str
    fund: str | None

    @property
    def mark(self) -> str:
        """Another one as soon as one letter differs: how a form knows that somebody else was quicker."""
        return hashlib.sha256(f"{self.hall}\0{self.fund or ''}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    texts: Texts
    author: str
    note: str
    published_at: datetime
    due_at: datetime
    started_at: datetime | None
    withdrawn_at: datetime | None
    returned_to: int | None

    @property
    def is_awaited(self) -> bool:
        return self.started_at is None and self.withdrawn_at is None

    def is_due(self, now: datetime) -> bool:
        """Published for at once is due at once, also where the hall's clock is not the publisher's."""
        return self.is_awaited and (self.due_at <= self.published_at or self.due_at <= now)


@dataclass(frozen=True, slots=True)
class Draft:
    texts: Texts
    changed_by: str
    changed_at: datetime


class AnotherIsAwaited(Exception):
    """Something is already published for later; two of them would undo each other."""


class Versions:
    """One connection behind a lock. Several processes may share the file."""

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory, for tests. A hall that never publishes needs no file."""
        self._path = path
        self._lock = RLock()
        self._opened: Database | None = None

    @property
    def _database(self) -> Database:
        if self._opened is None:
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            name = ":memory:" if self._path is None else str(self._path)
            connection = sqlite3.connect(name, check_same_thread=False, timeout=5)
            connection.execute("PRAGMA journal_mode = WAL")
            self._opened = Database(connection)
            for table, shape in SCHEMA.items():
                self._opened.table(table).create(**shape, if_not_exists=True)
        return self._opened

    def exist(self) -> bool:
        return self._opened is not None or (self._path is not None and self._path.exists())

    # --- versions

    def all(self) -> list[Version]:
        """Newest first."""
        return self._read("SELECT * FROM versions ORDER BY number DESC")

    def find(self, number: int) -> Version | None:
        return next(iter(self._read("SELECT * FROM versions WHERE number = ?", number)), None)

    def in_force(self) -> Version | None:
        """The one that began last. None: nobody has published yet, and the hall's file is what holds."""
        newest = "SELECT * FROM versions WHERE started_at IS NOT NULL ORDER BY number DESC LIMIT 1"
        return next(iter(self._read(newest)), None)

    def awaited(self) -> Version | None:
        """What is published and does not hold yet: there is one at most."""
        awaited = "SELECT * FROM versions WHERE started_at IS NULL AND withdrawn_at IS NULL"
        return next(iter(self._read(awaited)), None)

    def publish(
        self, texts: Texts, *, author: str, note: str, at: datetime, due_at: datetime, returned_to: int | None = None
    ) -> int:
        """Its number. It holds once somebody has called `start`. Raises AnotherIsAwaited."""
        with self._writing() as database:
            if self.awaited() is not None:
                raise AnotherIsAwaited
            return _insert(database, texts, author, note, at, due_at, returned_to)

    def begin_with(self, texts: Texts, at: datetime) -> None:
        """Keep what held before the first publishing, so that it can be returned to. Once only."""
        with self._writing() as database:
            if not database.table("versions").count:
                number = _insert(database, texts, FROM_FILE, "", at, at, None)
                database.table("versions").update(number, {"started_at": _iso(at)})

    def start(self, number: int, at: datetime) -> None:
        """From now on it holds; for whoever comes second nothing changes."""
        with self._writing() as database:
            database.execute(
                "UPDATE versions SET started_at = ? WHERE number = ? AND started_at IS NULL AND withdrawn_at IS NULL",
                [_iso(at), number],
            )

    def withdraw(self, number: int, at: datetime) -> bool:
        """Whether it had not begun yet."""
        with self._writing() as database:
            changed = database.execute(
                "UPDATE versions SET withdrawn_at = ? WHERE number = ? AND started_at IS NULL AND withdrawn_at IS NULL",
                [_iso(at), number],
            )
            return bool(changed.rowcount)

    # --- the draft

    def draft(self) -> Draft | None:
        rows = self._rows("SELECT * FROM drafts WHERE id = ?", THE_DRAFT)
        return next(
            (
                Draft(Texts(row["hall"], row["fund"]), row["changed_by"], datetime.fromisoformat(row["changed_at"]))
                for row in rows
            ),
            None,
        )

    def keep_draft(self, texts: Texts, *, by: str, at: datetime, over: str) -> bool:
        """Keep it over the state that `over` marks (empty: none was there); False when somebody else was quicker."""
        with self._writing() as database:
            now = self.draft()
            if (now.texts.mark if now else "") != over:
                return False
            row = {"id": THE_DRAFT, "hall": texts.hall, "fund": texts.fund}
            database.table("drafts").upsert({**row, "changed_by": by, "changed_at": _iso(at)}, pk="id")
            return True

    def drop_draft(self) -> None:
        with self._writing() as database:
            database.table("drafts").delete_where("id = ?", [THE_DRAFT])

    def close(self) -> None:
        with self._lock:
            if self._opened is not None:
                self._opened.conn.close()
                self._opened = None

    # ---

    def _read(self, sql: str, *values: object) -> list[Version]:
        return [_version(row) for row in self._rows(sql, *values)]

    def _rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        if self._path is not None and not self.exist():
            return []
        with self._lock:
            return list(self._database.query(sql, values))

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """All or nothing, and nobody else meanwhile."""
        with self._lock:
            database = self._database
            database.conn.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.conn.commit()
            except BaseException:  # whatever went wrong, nothing of it may stay
                database.conn.rollback()
                raise


def _insert(
    database: Database, texts: Texts, author: str, note: str, at: datetime, due_at: datetime, returned_to: int | None
) -> int:
    columns = "hall, fund, author, note, published_at, due_at, returned_to"
    values = [texts.hall, texts.fund, author, note, _iso(at), _iso(due_at), returned_to]
    return int(database.execute(f"INSERT INTO versions ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values).lastrowid)


def _iso(at: datetime) -> str:
    """In one time zone, so that moments sort as words."""
    return at.astimezone(UTC).isoformat()


def _version(row: dict[str, Any]) -> Version:
    def moment(name: str) -> datetime | None:
        return datetime.fromisoformat(row[name]) if row[name] else None

    return Version(
        number=row["number"],
        texts=Texts(row["hall"], row["fund"]),
        author=row["author"],
        note=row["note"],
        published_at=datetime.fromisoformat(row["published_at"]),
        due_at=datetime.fromisoformat(row["due_at"]),
        started_at=moment("started_at"),
        withdrawn_at=moment("withdrawn_at"),
        returned_to=row["returned_to"],
    )
