"""What visitors said of an officer's work, in sum and for that officer alone. Never who said what, nor when.

Whole weeks only (four, and the four before), so that no mark shows by a figure that changes after a visitor has left;
and nothing at all below the hall's least number of marks.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

WEEKS = 4
BUSY_SECONDS = 2.0
# how often each mark was given to one officer's work in some days
MARKS = """
SELECT mark, COUNT(*) FROM services_done
WHERE officer = ? AND day >= ? AND day < ? AND mark IS NOT NULL GROUP BY mark
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """`begins` to the day before `ends`. `levels` is None while there are too few to show."""

    begins: date
    ends: date
    levels: dict[int, int] | None

    @property
    def count(self) -> int | None:
        return None if self.levels is None else sum(self.levels.values())

    @property
    def average(self) -> float | None:
        if self.levels is None:
            return None
        return round(sum(level * times for level, times in self.levels.items()) / sum(self.levels.values()), 1)


def own_marks(tables: Path, officer: str, today: date, least: int) -> tuple[Marks, Marks]:
    """The last four whole weeks, and the four before. Without tables yet there is nothing to show."""
    ends = today - timedelta(days=today.weekday())
    begins = ends - timedelta(weeks=WEEKS)
    before = begins - timedelta(weeks=WEEKS)
    return (
        Marks(begins, ends, _levels(tables, officer, begins, ends, least)),
        Marks(before, begins, _levels(tables, officer, before, begins, least)),
    )


def _levels(tables: Path, officer: str, begins: date, ends: date, least: int) -> dict[int, int] | None:
    try:
        with closing(sqlite3.connect(f"{tables.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as db:
            found = dict(db.execute(MARKS, (officer, begins.isoformat(), ends.isoformat())).fetchall())
    except sqlite3.OperationalError:  # not built yet, or being built anew
        return None
    return {level: found.get(level, 0) for level in range(5, 0, -1)} if sum(found.values()) >= max(1, least) else None
