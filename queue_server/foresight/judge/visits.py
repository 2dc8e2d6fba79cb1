"""A hall's history as the judge reads it: one row a service, from a CSV file with the columns of `COLUMNS`.

`arrival,start,end,class,server`: times in ISO 8601 to the second, in the hall's own time. `start` and `server` are
empty for one who left at `end` unserved. `class` may carry a priority as `name:rate`; without one the rate is 1.
Nothing else is told: which counters were open and who can serve what is read from the servers seen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from queue_server.foresight.judge.forgotten import without_forgotten
from queue_server.foresight.simulation.scenario import Floats, Ints

COLUMNS = ("arrival", "start", "end", "class", "server")
UNSERVED = -1


class BadHistory(Exception):
    """The file cannot be read as a history; says in which line, what is wrong and what to write there."""


@dataclass(frozen=True, slots=True)
class Label:
    """A class of visits: what they come for, and how fast they earn credit."""

    name: str
    rate: float


@dataclass(frozen=True, slots=True)
class Day:
    """One day's rows by arrival. Minutes since midnight; `start` is inf and `server` UNSERVED for the unserved."""

    date: date
    arrival: Floats
    start: Floats
    end: Floats
    label: Ints  # place in `History.labels`
    server: Ints  # place in `History.servers`


@dataclass(frozen=True, slots=True)
class History:
    labels: tuple[Label, ...]
    servers: tuple[str, ...]
    days: tuple[Day, ...]
    forgotten: int = 0  # services of the whole file whose end was put right: see `without_forgotten`

    def split(self, train_until: date) -> tuple[History, History]:
        """What may be learnt from (that day included), and what is judged on."""
        train = tuple(day for day in self.days if day.date <= train_until)
        test = tuple(day for day in self.days if day.date > train_until)
        return replace(self, days=train), replace(self, days=test)


@dataclass(frozen=True, slots=True)
class Row:
    arrival: datetime
    start: datetime | None
    end: datetime
    label: Label
    server: str


def read_history(path: Path) -> History:
    """Raises BadHistory, which names the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return history_of(_rows(csv.reader(file), path.name), path.name)
    except UnicodeDecodeError as error:
        raise BadHistory(f"{path.name} is not UTF-8 text. Save it as CSV in UTF-8.") from error


def write_history(rows: Iterable[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for row in rows:
            label = f"{row.label.name}:{row.label.rate:g}" if row.label.rate != 1 else row.label.name
            times = (row.arrival, row.start, row.end)
            arrival, start, end = (time.isoformat(timespec="seconds") if time else "" for time in times)
            table.writerow((arrival, start, end, label, row.server))


def _rows(lines: Iterable[list[str]], name: str) -> Iterator[Row]:
    numbered = enumerate(lines, start=1)
    _, header = next(numbered, (1, []))
    missing = [column for column in COLUMNS if column not in header]
    if len(header) == 1 and any(mark in header[0] for mark in (";", "\t")):
        raise BadHistory(f"{name}, line 1: columns must be parted by commas. Save it as CSV with commas.")
    if missing:
        raise BadHistory(f"{name}, line 1: no column {', '.join(missing)}. Write: {','.join(COLUMNS)}")
    for number, fields in numbered:
        if any(field.strip() for field in fields):
            yield _row(dict(zip(header, fields, strict=False)), f"{name}, line {number}")


def _row(fields: dict[str, str], where: str) -> Row:
    arrival, end = _moment(fields, "arrival", where), _moment(fields, "end", where)
    start = _moment(fields, "start", where) if (fields.get("start") or "").strip() else None
    server = (fields.get("server") or "").strip()
    if (start is None) != (server == ""):
        empty = "start" if start is None else "server"
        raise BadHistory(
            f"{where}, {empty}: empty, but start and server belong together. Give both, or neither for one who left."
        )
    if start is not None and start < arrival:
        raise BadHistory(f"{where}, start: before the arrival. Arrival, start and end must follow each other in time.")
    if end < (start or arrival):
        raise BadHistory(f"{where}, end: too early. Arrival, start and end must follow each other in time.")
    return Row(arrival, start, end, _label(fields.get("class") or "", where), server)


def _moment(fields: dict[str, str], column: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat((fields.get(column) or "").strip())
    except ValueError as error:
        raise BadHistory(f"{where}, {column}: write a time as 2026-11-25T09:30:00.") from error
    if moment.utcoffset() == timedelta(0):
        raise BadHistory(
            f"{where}, {column}: this is UTC. Write the hall's own time, without Z, as 2026-11-25T09:30:00."
        )
    return moment.replace(tzinfo=None)


def _label(text: str, where: str) -> Label:
    name, _, rate = text.strip().rpartition(":") if ":" in text else (text.strip(), "", "1")
    try:
        value = float(rate)
    except ValueError:
        value = -1.0
    if not name or not 0 <= value < float("inf"):
        raise BadHistory(f"{where}, class: write a name, or name:rate with a rate such as 2.")
    return Label(name, value)


def history_of(rows: Iterable[Row], name: str = "The history") -> History:
    everything, forgotten = without_forgotten(sorted(rows, key=lambda row: row.arrival))
    if not everything:
        raise BadHistory(f"{name} has no visits. Write one a line below {','.join(COLUMNS)}")
    labels = sorted({row.label for row in everything}, key=lambda label: (label.name, label.rate))
    servers = sorted({row.server for row in everything if row.server})
    by_day: dict[date, list[Row]] = {}
    for row in everything:
        by_day.setdefault(row.arrival.date(), []).append(row)
    places = ({label: n for n, label in enumerate(labels)}, {server: n for n, server in enumerate(servers)})
    days = tuple(_day(day, rows, *places) for day, rows in by_day.items())
    return History(tuple(labels), tuple(servers), days, forgotten)


def _day(day: date, rows: list[Row], labels: dict[Label, int], servers: dict[str, int]) -> Day:
    midnight = datetime.combine(day, datetime.min.time())

    def minutes(moment: datetime | None) -> float:
        return float("inf") if moment is None else (moment - midnight).total_seconds() / 60

    return Day(
        day,
        np.array([minutes(row.arrival) for row in rows]),
        np.array([minutes(row.start) for row in rows]),
        np.array([minutes(row.end) for row in rows]),
        np.array([labels[row.label] for row in rows], np.int64),
        np.array([servers[row.server] if row.server else UNSERVED for row in rows], np.int64),
    )
