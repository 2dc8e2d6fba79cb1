"""The log in PostgreSQL, for several server processes: `synchronous_commit=on`, one turn at a time for each hall day.

Calls wait for the database in C or in a native thread's own loop, so under eventlet they belong into a native thread
(`concurrency.NativeThread`), one at a time. psycopg's locks are green ones there; with one thread nobody ever waits for
them, and a lock that nobody waits for is safe in any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus

from queue_server.domain.events import Event
from queue_server.stores import codec
from queue_server.stores.base import LogMoved, Recorded, StorageTrouble
from queue_server.stores.postgres_connection import Connection, KeptConnection
from queue_server.stores.postgres_trouble import as_storage_trouble, as_uncertain_where_the_answer_was_lost

MIGRATIONS = Path(__file__).parent / "migrations" / "postgres"

# the turn of one hall day, held until the transaction ends, however it ends
TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%(hall)s || ' ' || %(day)s, 0))"
# what came after a seq, in order
READ = """
SELECT seq, name, version, at, actor, command, body FROM events
WHERE hall = %(hall)s AND day = %(day)s AND seq > %(after)s ORDER BY seq
"""
# all events of a batch at once, or none if `after` is not the day's last seq
INSERT = """
INSERT INTO events (hall, day, seq, name, version, at, actor, command, body)
SELECT %(hall)s, %(day)s, new.* FROM unnest(
    %(seq)s::int[], %(name)s::text[], %(version)s::int[], %(at)s::text[], %(actor)s::text[],
    %(command)s::text[], %(body)s::text[]
) AS new
WHERE %(after)s = (SELECT COALESCE(MAX(seq), 0) FROM events WHERE hall = %(hall)s AND day = %(day)s)
"""
# the days of a hall, oldest first: hops from day to day on the primary key instead of reading every event
DAYS = """
WITH RECURSIVE days(day) AS (
    SELECT MIN(day) FROM events WHERE hall = %(hall)s
    UNION ALL
    SELECT (SELECT MIN(day) FROM events WHERE hall = %(hall)s AND day > days.day) FROM days WHERE days.day IS NOT NULL
) SELECT day FROM days WHERE day IS NOT NULL
"""
# one process at a time may bring the schema up to date; the number only has to be the same in all of them
TAKE_MIGRATION_TURN = "SELECT pg_advisory_xact_lock(4736215)"


class PostgresLog:
    """One thread at a time; the door sees to that. Connections are made again by themselves when they were lost."""

    is_shared = True

    def __init__(self, url: str) -> None:
        """Brings the schema up to date. Raises StorageTrouble when the database cannot be used."""
        try:
            self._writer, self._reader = KeptConnection(url), KeptConnection(url)
        except psycopg.ProgrammingError:  # its text would repeat the address, and the address has a password in it
            raise StorageTrouble(
                "The address of the log's database cannot be read.",
                "Write XINTING_DATABASE_URL as postgresql://user:password@host/database.",
            ) from None
        with as_storage_trouble():
            migrate(self._writer.get())

    def read(self, hall: str, day: date, after: int = 0) -> list[Recorded]:
        where = {"hall": hall, "day": day.isoformat(), "after": after}
        with as_storage_trouble():
            rows = self._reader.ask(lambda connection: connection.execute(READ, where, prepare=True).fetchall())
        return _recorded(rows, day)

    def days(self, hall: str) -> list[date]:
        with as_storage_trouble():
            rows = self._reader.ask(lambda connection: connection.execute(DAYS, {"hall": hall}).fetchall())
        return [date.fromisoformat(day) for (day,) in rows]

    def take_turn(self, hall: str, day: date, after: int) -> list[Recorded]:
        where = {"hall": hall, "day": day.isoformat(), "after": after}
        with as_storage_trouble():
            rows = self._writer.ask(lambda connection: _turn(connection, where))
        return _recorded(rows, day)

    def append(self, hall: str, day: date, events: Sequence[Event], after: int) -> None:
        rows = _columns(events, after) | {"hall": hall, "day": day.isoformat(), "after": after}
        with as_storage_trouble():
            connection = self._writer.get()
            try:
                with as_uncertain_where_the_answer_was_lost():
                    inserted = _append(connection, rows)
            except errors.UniqueViolation as error:  # without the turn, somebody else may be quicker by a hair
                self.give_up_turn()
                raise LogMoved(f"{hall} {day}: somebody else appended after {after}") from error
            except BaseException:
                # where it is not certain whether it was committed, whoever reads again will see
                self._writer.forget()
                raise
        if inserted != len(events):
            raise LogMoved(f"{hall} {day}: {after} is not the last event")

    def give_up_turn(self) -> None:
        try:
            self._writer.get().execute("ROLLBACK")
        except psycopg.Error:
            self._writer.forget()

    def close(self) -> None:
        self._writer.forget()
        self._reader.forget()


def _turn(connection: Connection, where: dict[str, Any]) -> list[tuple[Any, ...]]:
    # Three ways to the database and back, and two more to append. A pipeline would need one each, but between its
    # parts and after it PostgreSQL 15 does not watch for an idle transaction: a frozen process would keep its turn
    # for ever.
    connection.execute("BEGIN")
    connection.execute(TAKE_TURN, where, prepare=True)
    # a statement of its own: it sees what was committed while the one before waited
    return connection.execute(READ, where, prepare=True).fetchall()


def _append(connection: Connection, rows: dict[str, Any]) -> int:
    """How many were inserted: all, or none because somebody else was first."""
    has_turn = connection.info.transaction_status == TransactionStatus.INTRANS
    inserted = connection.execute(INSERT, rows, prepare=True).rowcount
    if has_turn:
        connection.execute("COMMIT")
    return inserted


def _recorded(rows: list[tuple[Any, ...]], day: date) -> list[Recorded]:
    return [Recorded(seq, day, codec.decode(codec.Stored(*stored))) for seq, *stored in rows]


def _columns(events: Sequence[Event], after: int) -> dict[str, Any]:
    stored = [codec.encode(event) for event in events]
    columns = {name: [getattr(one, name) for one in stored] for name in codec.Stored._fields}
    return columns | {"seq": list(range(after + 1, after + 1 + len(stored)))}


def migrate(connection: Connection) -> None:
    """Run the migrations that this database has not seen, each in one transaction with the note that it ran."""
    with connection.transaction():
        connection.execute(TAKE_MIGRATION_TURN)
        connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
    for script in sorted(MIGRATIONS.glob("*.sql")):
        with connection.transaction():
            connection.execute(TAKE_MIGRATION_TURN)
            if connection.execute("SELECT 1 FROM migrations WHERE name = %s", (script.name,)).fetchone():
                continue
            connection.execute(script.read_bytes())
            connection.execute("INSERT INTO migrations (name) VALUES (%s)", (script.name,))
