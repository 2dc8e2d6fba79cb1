"""Who did and who looked at what, when and from where. Entries are only ever added; each seals the one before it.

The seal is an HMAC by a key that derives from the server's secret, so that whoever can write to this file alone cannot
put a changed history right. Whoever also has the secret can: against that only a copy of the newest seal elsewhere
helps (the operator's log gets one a day).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any

FILE = "audit.sqlite"
LONGEST = 200
SCHEMA = """
CREATE TABLE IF NOT EXISTS audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, who TEXT NOT NULL, role TEXT NOT NULL,
    act TEXT NOT NULL, what TEXT NOT NULL, outcome INTEGER NOT NULL, address TEXT NOT NULL, seal TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_of_person ON audit (who, seq);
CREATE TABLE IF NOT EXISTS forgotten (seq INTEGER NOT NULL, seal TEXT NOT NULL, proof TEXT NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_stands BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'an entry of the audit is never changed'); END;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE DELETE ON audit
    WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM forgotten)
    BEGIN SELECT RAISE(ABORT, 'an entry of the audit is deleted by its age only'); END;
"""
KINDS = ("act", "look", "sign_in")


@dataclass(frozen=True, slots=True)
class Entry:
    """`kind`: act | look | sign_in. `outcome`: the HTTP status, 0 for the command line. `at` in UTC."""

    seq: int
    at: str
    kind: str
    who: str
    role: str
    act: str
    what: str
    outcome: int
    address: str
    seal: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries; None is all. Moments in UTC, `until` not included."""

    who: str | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None  # only older than this entry


@dataclass(frozen=True, slots=True)
class Verified:
    """`broken_at`: the first entry that is not what was written; None: all is sound. `why` says how it was found."""

    entries: int
    last: int
    seal: str
    broken_at: int | None = None
    why: str = ""


class Audit:
    def __init__(self, path: Path | None, key: bytes, now: Callable[[], datetime]) -> None:
        """`path` None keeps everything in memory, for tests."""
        self._key = key
        self._now = now
        self._lock = RLock()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            ":memory:" if path is None else path, check_same_thread=False, timeout=5, isolation_level=None
        )
        if path is not None:
            path.chmod(0o600)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last second, never order
        self._connection.executescript(SCHEMA)

    def note(self, kind: str, who: str, role: str, act: str, what: str, outcome: int, address: str) -> None:
        texts = [text[:LONGEST] for text in (kind, who, role, act, what)]
        with self._writing() as connection:
            seq, before = self._newest()
            values = (seq + 1, self._now().isoformat(), *texts, outcome, address[:LONGEST])
            seal = self._seal(values, before)
            connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*values, seal))

    def entries(self, asked: Asked, most: int) -> list[Entry]:
        """The newest first."""
        wanted: dict[str, Any] = {
            "who = ?": asked.who,
            "kind = ?": asked.kind,
            "at >= ?": asked.since and asked.since.isoformat(),
            "at < ?": asked.until and asked.until.isoformat(),
            "seq < ?": asked.before,
        }
        wanted = {where: value for where, value in wanted.items() if value is not None}
        where = " AND ".join(wanted) or "1"
        with self._lock:
            rows = self._connection.execute(
                f"SELECT * FROM audit WHERE {where} ORDER BY seq DESC LIMIT ?", (*wanted.values(), most)
            ).fetchall()
        return [Entry(*row) for row in rows]

    def verify(self) -> Verified:
        """Read every entry and say where the chain is broken, if it is."""
        with self._lock:
            seq, seal, problem = self._forgotten()
            entries = 0
            for row in self._connection.execute("SELECT * FROM audit ORDER BY seq"):
                entry = Entry(*row)
                if not problem and entry.seq != seq + 1:
                    problem = "entries before it are missing"
                if not problem and not hmac.compare_digest(entry.seal, self._seal(astuple(entry)[:-1], seal)):
                    problem = "it is not what was written"
                if problem:
                    return Verified(entries, seq, seal, entry.seq, problem)
                entries, seq, seal = entries + 1, entry.seq, entry.seal
            given = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
            if problem or (given and given[0] != seq):
                return Verified(entries, seq, seal, seq + 1, problem or "entries at the end are missing")
            return Verified(entries, seq, seal)

    def forget_old(self, days: int) -> int:
        """Delete what is older; how many. What is left still proves itself: the last deleted seal stays, with proof."""
        limit = (self._now() - timedelta(days=days)).isoformat()
        with self._writing() as connection:
            last = connection.execute("SELECT seq, seal FROM audit WHERE at < ? ORDER BY seq DESC", (limit,)).fetchone()
            if last is None:
                return 0
            connection.execute("DELETE FROM forgotten")
            connection.execute("INSERT INTO forgotten VALUES (?, ?, ?)", (*last, self._seal(("forgotten", *last), "")))
            return int(connection.execute("DELETE FROM audit WHERE seq <= ?", (last[0],)).rowcount)

    def newest(self) -> tuple[int, str]:
        """Number and seal of the newest entry."""
        with self._lock:
            return self._newest()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _newest(self) -> tuple[int, str]:
        row = self._connection.execute("SELECT seq, seal FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        row = row or self._connection.execute("SELECT seq, seal FROM forgotten").fetchone()
        return (row[0], row[1]) if row else (0, "")

    def _forgotten(self) -> tuple[int, str, str]:
        row = self._connection.execute("SELECT seq, seal, proof FROM forgotten").fetchone()
        if row is None:
            return 0, "", ""
        is_proved = hmac.compare_digest(row[2], self._seal(("forgotten", row[0], row[1]), ""))
        return row[0], row[1], "" if is_proved else "older entries were deleted by somebody else"

    def _seal(self, values: tuple[Any, ...], before: str) -> str:
        said = json.dumps([*values, before], ensure_ascii=False)
        return hmac.new(self._key, said.encode(), hashlib.sha256).hexdigest()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Alone among all processes: each entry follows the one before."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:  # whatever went wrong, the chain of seals may not have a half link
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
