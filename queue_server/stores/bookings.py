"""Bookings: appointments and promises to be first. A table of their own, since they are made before their day begins.

Nothing personal: a code, a service and a time; of a telephone only a keyed mark by which it is found again, until the
day after. Durable before anybody is told, as the log is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from sqlite_utils import Database

from queue_server.stores.base import StorageTrouble

TABLE = "bookings"
BUSY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Booking:
    """`kind`: appointment or promise. `slot` is aware; of a promise it is the opening of its day."""

    code: str
    hall: str
    kind: str
    service: str
    slot: datetime
    made_at: datetime
    care: bool = False
    language: str = "zh"
    people: int = 1
    cancelled: bool = False
    phone_mark: str = ""
    missing: str = ""  # codes of the materials that a promise's visitor lacked, with spaces between
    large_print: bool = False


class PlaceTaken(Exception):
    """Somebody took the last place of a half hour first."""


class Bookings:
    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory, for tests."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            ":memory:" if path is None else str(path),
            check_same_thread=False,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._lock = Lock()
        Database(self._connection).table(TABLE).create(
            {
                "code": str,
                "hall": str,
                "day": str,
                "kind": str,
                "service": str,
                "slot": str,
                "made_at": str,
                "care": int,
                "language": str,
                "people": int,
                "cancelled": int,
                "phone_mark": str,
                "missing": str,
                "large_print": int,
            },
            pk="code",
            not_null={"hall", "day", "kind", "service", "slot", "made_at"},
            if_not_exists=True,
        )
        self._add_newer_columns()
        self._connection.execute(f"CREATE INDEX IF NOT EXISTS bookings_by_day ON {TABLE} (hall, day)")

    def _add_newer_columns(self) -> None:
        table = Database(self._connection).table(TABLE)
        for name, kind, otherwise in (("phone_mark", str, ""), ("missing", str, ""), ("large_print", int, 0)):
            if name not in table.columns_dict:  # a file of an older version
                table.add_column(name, kind, not_null_default=otherwise)

    def add(self, bookings: Iterable[tuple[Booking, date, int | None]]) -> None:
        """All or none. With each its day in the hall and the places its half hour has (None: no limit).

        Raises PlaceTaken when a half hour is full; the count and the entry are one transaction.
        """
        with self._writing() as connection:
            for booking, day, places in bookings:
                if places is not None and self._taken(booking.hall, booking.service, booking.slot) >= places:
                    raise PlaceTaken(booking.slot.isoformat())
                row = {**asdict(booking), "day": day.isoformat()}
                row |= {"slot": booking.slot.isoformat(), "made_at": booking.made_at.isoformat()}
                names = ", ".join(row)
                marks = ", ".join(f":{name}" for name in row)
                connection.execute(f"INSERT INTO {TABLE} ({names}) VALUES ({marks})", row)

    def _taken(self, hall: str, service: str, slot: datetime) -> int:
        # how many hold this half hour
        sql = "SELECT COUNT(*) FROM bookings WHERE hall = ? AND service = ? AND slot = ? AND NOT cancelled"
        (taken,) = self._connection.execute(sql, (hall, service, slot.isoformat())).fetchone()
        return int(taken)

    def find(self, hall: str, code: str) -> Booking | None:
        found = self._select("WHERE hall = ? AND code = ?", hall, code)
        return found[0] if found else None

    def of_day(self, hall: str, day: date) -> list[Booking]:
        """Of one day, in the order of their time; the cancelled left out."""
        return self._select("WHERE hall = ? AND day = ? AND NOT cancelled ORDER BY slot, code", hall, day.isoformat())

    def of_phone(self, hall: str, day: date, mark: str) -> list[Booking]:
        """Of one day and one telephone, in the order of their time; the cancelled left out."""
        where = "WHERE hall = ? AND day = ? AND phone_mark = ? AND NOT cancelled ORDER BY slot, code"
        return self._select(where, hall, day.isoformat(), mark) if mark else []

    def forget_phones(self, before: date) -> None:
        """The marks of days that are over."""
        with self._writing() as connection:
            # nobody arrives with a booking of those days any more
            connection.execute("UPDATE bookings SET phone_mark = '' WHERE day < ?", (before.isoformat(),))

    def cancel(self, hall: str, code: str) -> None:
        with self._writing() as connection:
            # give one place back
            connection.execute("UPDATE bookings SET cancelled = 1 WHERE hall = ? AND code = ?", (hall, code))

    def _select(self, where: str, *values: object) -> list[Booking]:
        names = [field.name for field in fields(Booking)]
        with self._lock, _as_trouble():
            rows = self._connection.execute(f"SELECT {', '.join(names)} FROM {TABLE} {where}", values).fetchall()
        return [_booking(dict(zip(names, row, strict=True))) for row in rows]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _as_trouble():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:  # whatever went wrong, nothing of it may stay
                self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def _booking(row: dict[str, object]) -> Booking:
    return Booking(
        code=str(row["code"]),
        hall=str(row["hall"]),
        kind=str(row["kind"]),
        service=str(row["service"]),
        slot=datetime.fromisoformat(str(row["slot"])),
        made_at=datetime.fromisoformat(str(row["made_at"])),
        care=bool(row["care"]),
        language=str(row["language"]),
        people=int(str(row["people"])),
        cancelled=bool(row["cancelled"]),
        phone_mark=str(row["phone_mark"] or ""),
        missing=str(row["missing"] or ""),
        large_print=bool(row["large_print"]),
    )


@contextmanager
def _as_trouble() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageTrouble(f"The bookings cannot be used: {error}.", "Check the disk and the data folder.") from error
