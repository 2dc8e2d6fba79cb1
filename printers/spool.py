"""The print jobs of one printer, on disk: each job once, whatever is switched off in between.

Two things are kept for each job: how far it is (`state`) and what the server is still to be told (`to_report`).
Times are this machine's own clock, so that a kiosk whose clock is wrong neither drops nor hoards paper.
"""

import fcntl
import json
import sqlite3
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

EXPIRE_AFTER_MINUTES = 10
KEEP_DAYS = 7
# Seconds before the next try, by the number of failures so far; the last one repeats.
BACK_OFF_SECONDS = (1, 2, 4, 8, 15, 30)
# A job that was cut off this often may be what kills the printer or the program.
MOST_INTERRUPTIONS = 3

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    job TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'failed', 'expired')),
    asked_at REAL NOT NULL,
    try_at REAL NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    interruptions INTEGER NOT NULL DEFAULT 0,
    problem TEXT,
    to_report TEXT CHECK (to_report IN ('printed', 'failed')),
    reported_at REAL
) STRICT;
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, asked_at);
"""


class SpoolInUse(RuntimeError):
    """Another process prints from this spool."""


@dataclass(frozen=True)
class SpooledJob:
    """A job to print now. `interruptions` above 0: part of it, or all, may already be on paper."""

    job: str
    content: dict[str, Any]
    failures: int
    interruptions: int


@dataclass(frozen=True)
class Report:
    """What the server is to be told about a job."""

    job: str
    state: str
    problem: str | None
    given_up: bool = False  # not printed before the server has said whether it comes out elsewhere
    maybe_on_paper: bool = False  # of one that is given up: some of it may have come out here
    failures: int = field(default=0, compare=False)  # of the job until then


class Spool:
    """Safe to use from several threads of one process; a second process is refused."""

    def __init__(self, path: Path | str, expire_after_minutes: float = EXPIRE_AFTER_MINUTES) -> None:
        self.path = Path(path)
        self.expire_after = timedelta(minutes=expire_after_minutes)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock_file = self.path.with_name(self.path.name + ".lock").open("w")
        try:
            # The kernel lets go of it however the process ends.
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock_file.close()
            raise SpoolInUse(f"{self.path} is in use by another print agent") from error
        self._turn = threading.Lock()
        self._db = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except sqlite3.Error:  # a full disk: whoever asked may try again
            self.close()
            raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)
        if "given_up" not in {row[1] for row in self._db.execute("PRAGMA table_info(jobs)")}:
            self._db.execute("ALTER TABLE jobs ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0")
        self._mark_interrupted()

    def close(self) -> None:
        with self._turn:
            self._db.close()
        self._lock_file.close()

    def put(self, job: str, content: dict[str, Any], asked_at: datetime, now: datetime) -> bool:
        """Takes a job in; False when it is here already, in whatever state."""
        taken = self._run(
            "INSERT INTO jobs (job, content, state, asked_at, try_at) VALUES (?, ?, 'queued', ?, ?)"
            " ON CONFLICT DO NOTHING",
            (job, json.dumps(content, ensure_ascii=True), asked_at.timestamp(), now.timestamp()),
        )
        return bool(taken)

    def of_press(self, press: str) -> dict[str, Any] | None:
        """The paper that a press at this kiosk was given, in whatever state."""
        with self._turn:
            row = self._db.execute(
                "SELECT content FROM jobs WHERE json_extract(content, '$.press') = ?", (press,)
            ).fetchone()
        return json.loads(row[0]) if row else None

    def report_again(self, job: str, listed_at: datetime) -> None:
        """The server still listed a job that was over and reported before `listed_at`: it has lost the report."""
        self._run(
            "UPDATE jobs SET to_report = iif(state = 'printed', 'printed', 'failed')"
            " WHERE job = ? AND state IN ('printed', 'failed', 'expired') AND to_report IS NULL AND reported_at < ?",
            (job, listed_at.timestamp()),
        )

    def take(self, now: datetime) -> SpooledJob | None:
        """The next job whose time has come, marked as being sent; None when there is nothing to do yet."""
        with self._turn:
            row = self._db.execute(
                "SELECT job, content, failures, interruptions FROM jobs WHERE state = 'queued' AND try_at <= ?"
                " AND NOT given_up ORDER BY asked_at, rowid LIMIT 1",
                (now.timestamp(),),
            ).fetchone()
            if row is None:
                return None
            self._db.execute("UPDATE jobs SET state = 'sending' WHERE job = ?", (row[0],))
        return SpooledJob(row[0], json.loads(row[1]), row[2], row[3])

    def mark_printed(self, job: str, now: datetime) -> None:
        """Done. The printer works, so what waits for another try need not wait any longer."""
        self._run(
            "UPDATE jobs SET state = 'printed', problem = NULL, to_report = 'printed' WHERE job = ?",
            (job,),
        )
        self._run("UPDATE jobs SET try_at = ? WHERE state = 'queued' AND try_at > ?", (now.timestamp(),) * 2)

    def mark_failed(
        self, job: str, problem: str, now: datetime, *, permanent: bool, interrupted: bool, may_move: bool = False
    ) -> None:
        """Not printed, or `interrupted`: nobody knows. Tried again later unless `permanent`. Reported once.

        `may_move`: from the second failure on it is given up until the server has said whether another printer has it.
        """
        row = self._row(job)
        interruptions = row["interruptions"] + interrupted
        is_over = permanent or interruptions >= MOST_INTERRUPTIONS
        wait = BACK_OFF_SECONDS[min(row["failures"], len(BACK_OFF_SECONDS) - 1)]
        given_up = may_move and row["failures"] > 0 and not is_over
        is_news = row["failures"] == 0 or is_over or row["problem"] != problem or given_up
        self._run(
            "UPDATE jobs SET state = ?, problem = ?, failures = failures + 1, interruptions = ?, try_at = ?,"
            " given_up = ?, to_report = iif(?, 'failed', to_report) WHERE job = ?",
            ("failed" if is_over else "queued", problem, interruptions, now.timestamp() + wait, given_up, is_news, job),
        )

    def take_back(self, job: str) -> None:
        """Nobody else has the job that was given up: it is tried here again."""
        self._run("UPDATE jobs SET given_up = 0 WHERE job = ?", (job,))

    def mark_moved(self, job: str, now: datetime) -> None:
        """Another printer has it: it never comes out here."""
        self._run(
            "UPDATE jobs SET state = 'failed', given_up = 0, to_report = NULL, reported_at = ?"
            " WHERE job = ? AND given_up",
            (now.timestamp(), job),
        )

    def expire(self, now: datetime) -> list[str]:
        """Gives up jobs whose visitor no longer stands there. Returns them."""
        with self._turn:
            rows = self._db.execute(
                "UPDATE jobs SET state = 'expired', problem = 'expired', given_up = 0, to_report = 'failed'"
                " WHERE state = 'queued' AND asked_at < ? RETURNING job",
                ((now - self.expire_after).timestamp(),),
            ).fetchall()
            self._db.execute(
                "DELETE FROM jobs WHERE state NOT IN ('queued', 'sending') AND to_report IS NULL AND asked_at < ?",
                ((now - timedelta(days=KEEP_DAYS)).timestamp(),),
            )
        return [job for (job,) in rows]

    def next_try_at(self) -> datetime | None:
        """When the next queued job's time comes."""
        with self._turn:
            (at,) = self._db.execute("SELECT min(try_at) FROM jobs WHERE state = 'queued'").fetchone()
        return None if at is None else datetime.fromtimestamp(at, UTC)

    def reports(self) -> list[Report]:
        """What the server has not been told yet, oldest job first."""
        with self._turn:
            rows = self._db.execute(
                "SELECT job, to_report, problem, given_up, given_up AND interruptions > 0, failures FROM jobs"
                " WHERE to_report IS NOT NULL ORDER BY asked_at, rowid"
            ).fetchall()
        return [
            Report(job, state, problem, bool(given_up), bool(cut), failures)
            for job, state, problem, given_up, cut, failures in rows
        ]

    def mark_reported(self, report: Report, now: datetime) -> None:
        """Unless there is newer news of the job by now: another state or problem, or that it was given up since. A
        worked-out result holds amounts of one person: they go."""
        self._run(
            "UPDATE jobs SET to_report = NULL, reported_at = ?, content = iif(job GLOB 'sheet.*', '{}', content)"
            " WHERE job = ? AND to_report = ? AND problem IS ? AND (failures = ? OR NOT given_up)",
            (now.timestamp(), report.job, report.state, report.problem, report.failures),
        )

    def states(self) -> dict[str, str]:
        """Job → state, for people and tests."""
        with self._turn:
            return dict(self._db.execute("SELECT job, state FROM jobs ORDER BY asked_at, rowid").fetchall())

    def _mark_interrupted(self) -> None:
        """Jobs that were on their way when the process died go back, with the mark that they may be half printed."""
        self._run(
            "UPDATE jobs SET interruptions = interruptions + 1, problem = 'interrupted',"
            " state = iif(interruptions + 1 >= ?, 'failed', 'queued'),"
            " to_report = iif(interruptions + 1 >= ?, 'failed', to_report) WHERE state = 'sending'",
            (MOST_INTERRUPTIONS, MOST_INTERRUPTIONS),
        )

    def _row(self, job: str) -> dict[str, Any]:
        with self._turn:
            cursor = self._db.execute("SELECT failures, interruptions, problem FROM jobs WHERE job = ?", (job,))
            failures, interruptions, problem = cursor.fetchone()
        return {"failures": failures, "interruptions": interruptions, "problem": problem}

    def _run(self, sql: str, parameters: tuple[object, ...]) -> int:
        """One statement, one durable commit. Returns the number of rows it changed."""
        with self._turn:
            return self._db.execute(sql, parameters).rowcount
