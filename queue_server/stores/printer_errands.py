"""What administrators ask of a printer besides papers of the hall: a test page, or which printers its kiosk can reach.

Beside the log: it is no part of anybody's day. The last of each kind stands, with what became of it.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FILE = "printer-errands.sqlite"
TEST, FIND = "test", "find"
WAITS_MINUTES = 10  # as long as a paper waits for its printer

_TABLE = """
CREATE TABLE IF NOT EXISTS errands (
    printer TEXT NOT NULL, kind TEXT NOT NULL, job TEXT NOT NULL, language TEXT NOT NULL, asked_at TEXT NOT NULL,
    state TEXT NOT NULL, problem TEXT, told_at TEXT, found TEXT NOT NULL, PRIMARY KEY (printer, kind)
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Errand:
    """`state`: asked, done, or failed (a test page, with its `problem`; it may still come out). `found` holds
    {found: […], unseen: […]} as the kiosk told it."""

    printer: str
    kind: str
    job: str
    language: str
    asked_at: datetime
    state: str = "asked"
    problem: str | None = None
    told_at: datetime | None = None
    found: dict[str, Any] | None = None

    def is_unheard(self, at: datetime) -> bool:
        return self.state == "asked" and at - self.asked_at > timedelta(minutes=WAITS_MINUTES)


class PrinterErrands:
    """A file of its own: several server processes may be asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, printer: str, kind: str, language: str, at: datetime) -> Errand:
        errand = Errand(printer, kind, f"{kind}.{secrets.token_hex(4)}", language, at)
        with self._open() as database:
            database.execute(
                "INSERT OR REPLACE INTO errands VALUES (?, ?, ?, ?, ?, 'asked', NULL, NULL, '{}')",
                (printer, kind, errand.job, language, at.isoformat()),
            )
        return errand

    def pending(self, printer: str, at: datetime) -> list[Errand]:
        """Not answered yet, nor so old that nobody waits for it."""
        return [one for one in self.all() if one.printer == printer and one.state == "asked" and not one.is_unheard(at)]

    def settle(self, job: str, printer: str, state: str, problem: str | None, at: datetime) -> bool:
        """False when this printer has no such errand, or a newer one."""
        return self._change("state = ?, problem = ?, told_at = ?", (state, problem, at.isoformat()), job, printer)

    def keep_found(self, job: str, printer: str, found: dict[str, Any], at: datetime) -> bool:
        values = (json.dumps(found, ensure_ascii=False), at.isoformat())
        return self._change("state = 'done', found = ?, told_at = ?", values, job, printer)

    def all(self) -> list[Errand]:
        if not self._path.exists():
            return []
        with self._open() as database:
            rows = database.execute("SELECT * FROM errands ORDER BY printer, kind").fetchall()
        return [_errand(*row) for row in rows]

    def _change(self, what: str, values: tuple[object, ...], job: str, printer: str) -> bool:
        if not self._path.exists():
            return False
        with self._open() as database:
            changed = database.execute(
                f"UPDATE errands SET {what} WHERE job = ? AND printer = ?", (*values, job, printer)
            )
            return changed.rowcount > 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=5)) as database:
            database.execute(_TABLE)
            with database:
                yield database


def _errand(  # a row, in the table's order
    printer: str,
    kind: str,
    job: str,
    language: str,
    asked_at: str,
    state: str,
    problem: str | None,
    told_at: str | None,
    found: str,
) -> Errand:
    told = datetime.fromisoformat(told_at) if told_at else None
    asked = datetime.fromisoformat(asked_at)
    return Errand(printer, kind, job, language, asked, state, problem, told, json.loads(found))
