"""Reads the report tables and the ledger of waits. Only reads: who asks about the past never holds up the present."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from queue_server.foresight.ledger import Kept, Shown
from queue_server.reports.history.figures import Handled, Visit
from queue_server.reports.history.phantoms import MARKED, PhantomRules
from queue_server.reports.history.span import OF_THE_SPAN, Span
from queue_server.reports.tables import FILE, FORMAT
from queue_server.reports.wait_ledger import FILE as WAITS_FILE

DAYS = "SELECT day FROM days ORDER BY day"
CLOSED = "SELECT closed FROM days WHERE day = ?"
VISITS = f"""
    WITH {MARKED}
    SELECT day, CAST(substr(arrival, 12, 2) AS INTEGER), service, zone, channel, stage, wait_minutes, service_minutes,
        feedback, care, bounced, phantom
    FROM marked ORDER BY day, arrival
"""
HANDLED = f"""
    WITH {MARKED}
    SELECT done.day, done.counter, done.service, done.service_minutes, done.inferred, marked.phantom
    FROM services_done AS done JOIN marked USING (day, ticket) ORDER BY done.day, done.started
"""
# what was shown, and the call that then came
PROMISES = f"""
    WITH told AS (SELECT * FROM waits.shown WHERE {OF_THE_SPAN})
    SELECT told.day, told.ticket, told.zone, told.service, told."where", told.at, told.low, told.high, told.rough,
        told.promise, told.p50, told.p90, visits.first_call, visits.foreseeable, visits.served_that_day
    FROM told LEFT JOIN visits USING (day, ticket) ORDER BY told.day, told.at
"""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a span. `days`: those on which the hall did something, in order."""

    days: list[str]
    visits: list[Visit]
    handled: list[Handled]
    promises: list[Kept]


def known_days(data: Path) -> list[date]:
    with reading(data) as tables:
        return [] if tables is None else [date.fromisoformat(day) for (day,) in tables.execute(DAYS)]


def past_of(data: Path, span: Span, rules: PhantomRules) -> Past:
    with reading(data) as tables:
        if tables is None:
            return Past([], [], [], [])
        asked = {**span.values(), **rules.values()}
        visits = [Visit._make(row) for row in tables.execute(VISITS, asked)]
        handled = [Handled._make(row) for row in tables.execute(HANDLED, asked)]
        days = [day for (day,) in tables.execute(f"SELECT day FROM days WHERE {OF_THE_SPAN} ORDER BY day", asked)]
        has_ledger = any(name == "waits" for _, name, _ in tables.execute("PRAGMA database_list"))
        promises = [_kept(row) for row in tables.execute(PROMISES, asked)] if has_ledger else []
        return Past(days, visits, handled, promises)


def is_open(data: Path, day: str) -> bool:
    """Whether the day was not closed yet: its figures may still change."""
    with reading(data) as tables:
        return tables is not None and tables.execute(CLOSED, [day]).fetchone() != (1,)


def _kept(row: tuple[Any, ...]) -> Kept:
    day, ticket, zone, service, where, at, low, high, rough, promise, p50, p90, called, foreseeable, served = row
    shown_at = datetime.fromisoformat(at)
    shown = Shown(
        date.fromisoformat(day), ticket, zone, service, where, shown_at, low, high, bool(rough), promise, p50, p90
    )
    waited = None
    if called is not None and foreseeable:
        seconds = (datetime.fromisoformat(called) - shown_at.replace(microsecond=0)).total_seconds()
        waited = seconds / 60 if seconds >= 0 else None
    return Kept(shown, waited, None if served is None else bool(served))


@contextmanager
def reading(data: Path) -> Iterator[sqlite3.Connection | None]:
    """The tables, with the ledger beside them where there is one; None while nobody has built any. May raise
    sqlite3.Error."""
    path = data / FILE
    if not path.exists():
        yield None
        return
    connection = sqlite3.connect(_address(path), uri=True, timeout=5)
    try:
        if connection.execute("PRAGMA user_version").fetchone() != (FORMAT,):
            yield None  # an earlier version's; the server is about to build them anew
            return
        if (data / WAITS_FILE).exists():
            connection.execute("ATTACH ? AS waits", [_address(data / WAITS_FILE)])
        connection.execute("BEGIN")  # all figures of one moment
        yield connection
    finally:
        connection.close()


def _address(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"
