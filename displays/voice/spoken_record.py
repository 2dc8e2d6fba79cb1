"""What one loudspeaker was told to say and how far it came, on disk: nothing is said twice, nothing fresh is lost.

A row is written before anything can be heard and settled after. What was begun and never settled was cut off in
mid-word by a power cut or a killed process: it may be said once more, and its row tells so (`begun` is 2).
"""

import fcntl
import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from displays.voice.trouble import VoiceTrouble
from displays.voice.utterance import Heard, plain_of, what_of

logger = logging.getLogger(__name__)

T = TypeVar("T")
DAYS_KEPT = 2
MOST_TIMES_BEGUN = 2
OUTCOMES = ("said", "stale", "lost")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS spoken (
    day TEXT NOT NULL,
    seq INTEGER NOT NULL,
    what TEXT NOT NULL,
    at TEXT NOT NULL,
    begun INTEGER NOT NULL DEFAULT 0,
    outcome TEXT CHECK (outcome IN ('said', 'stale', 'lost')),
    PRIMARY KEY (day, seq)
) STRICT
"""
# Another call under a known number: the server's log was replaced (a restored backup, a fresh demo).
_TAKE = """
INSERT INTO spoken (day, seq, what, at) VALUES (:day, :seq, :what, :at)
ON CONFLICT (day, seq) DO UPDATE SET what = excluded.what, at = excluded.at, begun = 0, outcome = NULL
WHERE what <> excluded.what OR at <> excluded.at
"""
_FORGET_OLD = "DELETE FROM spoken WHERE day NOT IN (SELECT DISTINCT day FROM spoken ORDER BY day DESC LIMIT ?)"


class SpokenRecord:
    """Safe to use from several threads of one process; a second process is refused. Without a path: in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._turn = threading.Lock()
        self._known: dict[tuple[str, int], Heard] = {}  # also when the disk refuses, nothing is said twice
        self._lock_file = lock(path) if path else None
        self._db = open_record(path)

    def take(self, heard: Heard) -> bool:
        """Note that this is to be said. False when it is known: feeds repeat themselves after a reconnection."""
        with self._turn:
            key = (heard.day, heard.seq)
            if self._known.get(key) == heard:
                return False
            self._known[key] = heard
            row = {
                "day": heard.day,
                "seq": heard.seq,
                "what": json.dumps(plain_of(heard.what), ensure_ascii=False),
                "at": heard.at.isoformat(),
            }
            is_new = self._try(lambda: self._db.execute(_TAKE, row).rowcount > 0, otherwise=True)
            if is_new:
                self._forget_old_days()
            return is_new

    def begin(self, heard: Heard) -> int:
        """The sound starts now. Answers how often it was begun, this time included."""
        return self._change("UPDATE spoken SET begun = begun + 1 WHERE day = ? AND seq = ? RETURNING begun", heard)

    def not_heard(self, heard: Heard) -> None:
        """The loudspeaker refused the sound: that beginning does not count."""
        self._change("UPDATE spoken SET begun = max(begun - 1, 0) WHERE day = ? AND seq = ? RETURNING begun", heard)

    def settle(self, heard: Heard, outcome: str) -> None:
        """`outcome`: said, stale (too old by then) or lost (it could not be said)."""
        assert outcome in OUTCOMES
        self._change(
            f"UPDATE spoken SET outcome = '{outcome}' WHERE day = ? AND seq = ? AND outcome IS NULL RETURNING begun",
            heard,
        )

    def unsettled(self) -> list[tuple[Heard, int]]:
        """What the process before this one left unsaid, in order, with how often it was begun."""
        with self._turn:
            rows = self._try(
                lambda: self._db.execute(
                    "SELECT day, seq, what, at, begun FROM spoken WHERE outcome IS NULL ORDER BY day, seq"
                ).fetchall(),
                otherwise=[],
            )
            found = [(_heard(*row[:4]), int(row[4])) for row in rows]
            self._known.update({(heard.day, heard.seq): heard for heard, _ in found})
            return found

    def place(self) -> tuple[str, int] | None:
        """Day and seq of the last thing heard: from there the feed goes on after a restart."""
        with self._turn:
            return self._try(
                lambda: self._db.execute("SELECT day, seq FROM spoken ORDER BY day DESC, seq DESC LIMIT 1").fetchone(),
                otherwise=None,
            )

    def story(self) -> list[tuple[str, int, int, str | None]]:
        """All of it, in order: day, seq, times begun, outcome."""
        with self._turn:
            return self._db.execute("SELECT day, seq, begun, outcome FROM spoken ORDER BY day, seq").fetchall()

    def forget(self, day: str) -> None:
        """The log of this day was replaced: its numbers mean other calls from now on."""
        with self._turn:
            self._known = {key: heard for key, heard in self._known.items() if key[0] != day}
            self._try(lambda: self._db.execute("DELETE FROM spoken WHERE day = ?", (day,)), otherwise=None)

    def close(self) -> None:
        with self._turn:
            self._db.close()
            if self._lock_file is not None:
                os.close(self._lock_file)
                self._lock_file = None

    def _change(self, statement: str, heard: Heard) -> int:
        with self._turn:
            found = self._try(lambda: self._db.execute(statement, (heard.day, heard.seq)).fetchone(), otherwise=None)
            return int(found[0]) if found else 1

    def _forget_old_days(self) -> None:
        self._try(lambda: self._db.execute(_FORGET_OLD, (DAYS_KEPT,)), otherwise=None)
        days = sorted({day for day, _ in self._known})[-DAYS_KEPT:]
        self._known = {key: heard for key, heard in self._known.items() if key[0] in days}

    def _try(self, ask: Callable[[], T], *, otherwise: T) -> T:
        """A full disk must not silence the hall; it costs only that a restart may repeat a call."""
        try:
            return ask()
        except sqlite3.Error as error:
            logger.error(
                "The record of what was said cannot be kept (%s). Check that the disk is not full.",
                error,
                extra={"action": "voice_record_failed"},
            )
            return otherwise


def _heard(day: str, seq: int, what: str, at: str) -> Heard:
    return Heard(day, seq, what_of(json.loads(what)), datetime.fromisoformat(at))


def open_record(path: Path | None) -> sqlite3.Connection:
    """A record that cannot be read is put aside: the hall's calls matter more than what was said yesterday."""
    if path is None:
        return _connect(":memory:")
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        aside = path.with_suffix(".broken")
        logger.error(
            "%s cannot be read (%s); put aside as %s", path, error, aside, extra={"action": "voice_record_failed"}
        )
        for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            if name.exists():
                name.replace(aside.with_name(aside.name + name.name.removeprefix(path.name)))
        return _connect(path)


def _connect(path: Path | str) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")  # a power cut in mid-word is what this record is for
    db.execute(_SCHEMA)
    return db


def lock(path: Path) -> int:
    """One voice a loudspeaker. The kernel lets go of it however the process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise VoiceTrouble(
            f"Another voice already speaks from {path.parent}.",
            "Stop it first, or give this one a --data folder of its own.",
        ) from error
    return handle
