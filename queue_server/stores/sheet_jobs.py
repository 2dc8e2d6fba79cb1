"""Sheets that a kiosk was asked to print: what was typed, until the paper is out or ten minutes have passed."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

KEEP_MINUTES = 10
PREFIX = "sheet."

_TABLE = """
CREATE TABLE IF NOT EXISTS sheets (
    job TEXT PRIMARY KEY, printer TEXT NOT NULL, tool TEXT NOT NULL, query TEXT NOT NULL,
    language TEXT NOT NULL, asked_at TEXT NOT NULL
) STRICT
"""


@dataclass(frozen=True, slots=True)
class SheetJob:
    """`query` as in the address of the result."""

    job: str
    printer: str
    tool: str
    query: str
    language: str
    asked_at: datetime


class SheetJobs:
    """A file of its own, since several server processes may be asked and it holds incomes; opened when it is needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, printer: str, tool: str, query: str, language: str, at: datetime) -> SheetJob:
        job = SheetJob(f"{PREFIX}{secrets.token_hex(8)}", printer, tool, query, language, at)
        with self._open() as database:
            self._forget_old(database, at)
            database.execute(
                "INSERT INTO sheets VALUES (?, ?, ?, ?, ?, ?)",
                (job.job, printer, tool, query, language, at.isoformat()),
            )
        return job

    def pending(self, printer: str, at: datetime) -> list[SheetJob]:
        if not self._path.exists():
            return []
        with self._open() as database:
            self._forget_old(database, at)
            rows = database.execute("SELECT * FROM sheets WHERE printer = ? ORDER BY asked_at", (printer,)).fetchall()
        return [
            SheetJob(job, printer, tool, query, language, datetime.fromisoformat(asked_at))
            for job, printer, tool, query, language, asked_at in rows
        ]

    def settle(self, job: str, printer: str) -> bool:
        """The paper is out, or will never be: forget it. False when this printer has no such job."""
        if not self._path.exists():
            return False
        with self._open() as database:
            return database.execute("DELETE FROM sheets WHERE job = ? AND printer = ?", (job, printer)).rowcount > 0

    @staticmethod
    def _forget_old(database: sqlite3.Connection, at: datetime) -> None:
        oldest = (at - timedelta(minutes=KEEP_MINUTES)).isoformat()
        database.execute("DELETE FROM sheets WHERE asked_at < ?", (oldest,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        is_new = not self._path.exists()
        with closing(sqlite3.connect(self._path, timeout=5)) as database:
            if is_new:
                self._path.chmod(0o600)
            database.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
            database.execute(_TABLE)
            with database:
                yield database
