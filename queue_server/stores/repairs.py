"""Repairs of bad experiences: they live for weeks, so they stand beside the log of a day.

Two files' worth in one (`repairs.sqlite`): what was done when, which stays for the hall's figures, and what people said
and how to reach them, which is deleted by rule and overwritten there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from queue_server.domain.refusals import UnknownRepair
from queue_server.domain.repairs import Repair, Step, after
from queue_server.stores.base import StorageTrouble

FILE = "repairs.sqlite"
BUSY_SECONDS = 5.0
LONGEST_WORDS = 500
LONGEST_CONTACT = 60
TABLES = """
CREATE TABLE IF NOT EXISTS repairs (
    id INTEGER PRIMARY KEY, hall TEXT NOT NULL, wish TEXT NOT NULL UNIQUE, day TEXT NOT NULL, ticket TEXT NOT NULL,
    service TEXT NOT NULL, level INTEGER, origin TEXT NOT NULL, opened_at TEXT NOT NULL, opened_by TEXT NOT NULL,
    due TEXT NOT NULL, owner TEXT NOT NULL, done TEXT NOT NULL, ended_at TEXT, why_closed TEXT NOT NULL, next_due TEXT
);
-- one visit is mended once, whoever opens it first
CREATE UNIQUE INDEX IF NOT EXISTS repair_of_ticket ON repairs (hall, day, ticket) WHERE ticket <> '';
CREATE TABLE IF NOT EXISTS repair_steps (
    id INTEGER PRIMARY KEY, repair INTEGER NOT NULL, wish TEXT NOT NULL UNIQUE, at TEXT NOT NULL, by TEXT NOT NULL,
    what TEXT NOT NULL, person TEXT NOT NULL, why TEXT NOT NULL
);
-- all that is personal: the visitor's words and contact (step 0), and what was noted at a step
CREATE TABLE IF NOT EXISTS repair_words (
    repair INTEGER NOT NULL, step INTEGER NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (repair, step, kind)
);
"""
COLUMNS = "id, day, ticket, service, level, origin, opened_at, opened_by, due, owner, done, ended_at, why_closed"


@dataclass(frozen=True, slots=True)
class Told:
    """What is personal in a repair; empty once it was deleted."""

    words: str = ""
    contact: str = ""


NOTHING_TOLD = Told()


class Repairs:
    def __init__(self, path: Path | None, hall: str) -> None:
        """`path` None keeps everything in memory, for tests."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._hall = hall
        self._connection = sqlite3.connect(
            ":memory:" if path is None else str(path),
            check_same_thread=False,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        if path is not None:
            path.chmod(0o600)
        self._connection.execute("PRAGMA journal_mode = WAL")  # several server processes share it
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.executescript(TABLES)
        self._lock = Lock()

    def open(self, repair: Repair, wish: str, told: Told = NOTHING_TOLD) -> Repair:
        """Durable, with its id; the one there is when that visit or that wish has one already, and then what was told
        is left to the caller."""
        with self._writing() as connection:
            row = {**_row(repair), "hall": self._hall, "wish": wish}
            del row["id"]
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            added = connection.execute(f"INSERT OR IGNORE INTO repairs ({names}) VALUES ({marks})", row)
            if added.rowcount:
                self._tell(added.lastrowid or 0, 0, {"words": told.words, "contact": told.contact})
                return replace(repair, id=added.lastrowid or 0)
            where = "hall = :hall AND (wish = :wish OR (ticket <> '' AND day = :day AND ticket = :ticket))"
            (found,) = self._select(where, row)
            return found

    def do(self, repair: int, step: Step, wish: str) -> Repair:
        """Raises UnknownRepair and what `after` raises; a wish that was granted before changes nothing."""
        with self._writing() as connection:
            before = self._one(repair)
            if connection.execute("SELECT 1 FROM repair_steps WHERE wish = ?", (wish,)).fetchone():
                return before
            now = after(before, step)
            values = (repair, wish, step.at.isoformat(), step.by, step.what, step.person, step.why)
            insert = "INSERT INTO repair_steps (repair, wish, at, by, what, person, why) VALUES (?, ?, ?, ?, ?, ?, ?)"
            place = connection.execute(insert, values).lastrowid or 0
            self._tell(repair, place, {"note": step.note})
            changed = ", ".join(f"{name} = :{name}" for name in ("owner", "done", "ended_at", "why_closed", "next_due"))
            connection.execute(f"UPDATE repairs SET {changed} WHERE id = :id", _row(now))
            return now

    def leave_contact(self, repair: int, contact: str) -> None:
        """How to reach the visitor, in place of what stood there; empty takes it away."""
        with self._writing() as connection:
            connection.execute("DELETE FROM repair_words WHERE repair = ? AND step = 0 AND kind = 'contact'", (repair,))
            self._tell(repair, 0, {"contact": contact})
        self._empty_journal()

    def find(self, repair: int) -> Repair:
        with self._reading():
            return self._one(repair)

    def of_ticket(self, day: date, ticket: str) -> Repair | None:
        where = "hall = :hall AND day = :day AND ticket = :ticket AND ticket <> ''"
        with self._reading():
            found = self._select(where, {"hall": self._hall, "day": day.isoformat(), "ticket": ticket})
        return found[0] if found else None

    def standing(self) -> list[Repair]:
        """Those that somebody still has to do something about, the most urgent first."""
        with self._reading():
            return self._select("hall = :hall AND ended_at IS NULL ORDER BY next_due, id", {"hall": self._hall})

    def ended(self, most: int) -> list[Repair]:
        where = "hall = :hall AND ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT :most"
        with self._reading():
            return self._select(where, {"hall": self._hall, "most": most})

    def between(self, first: date, last: date) -> list[Repair]:
        """Those of visits on these days."""
        span = {"hall": self._hall, "first": first.isoformat(), "last": last.isoformat()}
        with self._reading():
            return self._select("hall = :hall AND day BETWEEN :first AND :last ORDER BY day, id", span)

    def late(self, at: datetime) -> dict[int, datetime]:
        """Whose clock has run out, and when it did."""
        sql = "SELECT id, next_due FROM repairs WHERE hall = ? AND ended_at IS NULL"
        with self._reading():
            rows = self._connection.execute(sql, (self._hall,)).fetchall()
        due = {int(one): datetime.fromisoformat(moment) for one, moment in rows}
        return {one: moment for one, moment in due.items() if moment < at}

    def steps(self, repair: int) -> list[Step]:
        sql = """SELECT at, by, what, person, why, COALESCE(words, '') FROM repair_steps
            LEFT JOIN repair_words AS said ON said.repair = repair_steps.repair AND said.step = repair_steps.id
            WHERE repair_steps.repair = ? ORDER BY repair_steps.id"""
        with self._reading():
            rows = self._connection.execute(sql, (repair,)).fetchall()
        return [Step(datetime.fromisoformat(at), *rest) for at, *rest in rows]

    def told(self, repair: int) -> Told:
        sql = "SELECT kind, words FROM repair_words WHERE repair = ? AND step = 0"
        with self._reading():
            return Told(**dict(self._connection.execute(sql, (repair,)).fetchall()))

    def forget_old(self, ended_before: date) -> int:
        """Delete whatever is personal in repairs that ended before that day; of how many words that was."""
        with self._writing() as connection:
            old = "SELECT id FROM repairs WHERE hall = ? AND ended_at IS NOT NULL AND ended_at < ?"
            delete = f"DELETE FROM repair_words WHERE repair IN ({old})"
            gone = connection.execute(delete, (self._hall, ended_before.isoformat())).rowcount
        self._empty_journal()
        return gone

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _empty_journal(self) -> None:
        """What was deleted does not stay there either, unless another process reads just now; then the next time."""
        with self._reading():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    # --- inside the lock

    def _one(self, repair: int) -> Repair:
        found = self._select("hall = :hall AND id = :id", {"hall": self._hall, "id": repair})
        if not found:
            raise UnknownRepair(repair=repair)
        return found[0]

    def _select(self, where: str, values: dict[str, Any]) -> list[Repair]:
        rows = self._connection.execute(f"SELECT {COLUMNS} FROM repairs WHERE {where}", values).fetchall()
        return [_repair(*row) for row in rows]

    def _tell(self, repair: int, step: int, said: dict[str, str]) -> None:
        rows = [(repair, step, kind, words) for kind, words in said.items() if words]
        self._connection.executemany("INSERT INTO repair_words (repair, step, kind, words) VALUES (?, ?, ?, ?)", rows)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            with self._lock:
                yield
        except sqlite3.Error as error:
            raise StorageTrouble(f"{FILE} cannot be used: {error}.", "Check the disk and the data folder.") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:  # whatever went wrong, nothing of it may stay
                self._connection.execute("ROLLBACK")
                raise


def _row(repair: Repair) -> dict[str, Any]:
    return {
        "id": repair.id,
        "day": repair.day.isoformat(),
        "ticket": repair.ticket,
        "service": repair.service,
        "level": repair.level,
        "origin": repair.origin,
        "opened_at": _moment(repair.opened_at),
        "opened_by": repair.opened_by,
        "due": _moments(repair.due),
        "owner": repair.owner,
        "done": _moments(repair.done),
        "ended_at": _moment(repair.ended_at),
        "why_closed": repair.why_closed,
        "next_due": _moment(repair.next_due),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moments(moments: dict[Any, datetime]) -> str:
    return json.dumps({name: at.isoformat() for name, at in moments.items()})


def _of_moments(text: str) -> dict[Any, datetime]:
    return {name: datetime.fromisoformat(at) for name, at in json.loads(text).items()}


def _repair(
    id: int, day: str, ticket: str, service: str, level: int | None, origin: str, opened_at: str, opened_by: str,
    due: str, owner: str, done: str, ended_at: str | None, why_closed: str,
) -> Repair:  # fmt: skip
    return Repair(
        id=id,
        day=date.fromisoformat(day),
        ticket=ticket,
        service=service,
        level=level,
        origin=origin,
        opened_at=datetime.fromisoformat(opened_at),
        opened_by=opened_by,
        due=_of_moments(due),
        owner=owner,
        done=_of_moments(done),
        ended_at=datetime.fromisoformat(ended_at) if ended_at else None,
        why_closed=why_closed,
    )
