"""A connection to PostgreSQL that is made when first needed and made again after it was lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

Connection = psycopg.Connection[tuple[Any, ...]]
Answer = TypeVar("Answer")

NOT_AGAIN_FOR_SECONDS = 0.5  # a database that is away is asked so often, however many people ask the hall

# What the address says of the same goes before. A database that fell silent (its machine is gone) is noticed in
# seconds, not in the kernel's quarter of an hour.
CONNECTION: dict[str, Any] = {
    "connect_timeout": "3",
    "application_name": "xinting",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "8000",
}
# on disk before anybody is told; who waits longer for the turn says so instead of letting everybody stand; a process
# that was frozen in its turn loses it
SESSION = "SET synchronous_commit = on; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '4s'"


class KeptConnection:
    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises psycopg.ProgrammingError for an address that is none."""
        self._address = make_conninfo(**(CONNECTION | conninfo_to_dict(url)))
        self._clock = clock
        self._connection: Connection | None = None
        self._failed: tuple[float, psycopg.Error] | None = None

    def get(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = self._connect()
        return self._connection

    def ask(self, question: Callable[[Connection], Answer]) -> Answer:
        """For what changes nothing: asked a second time, on a new connection, when the one at hand proves lost."""
        had_one = self._connection is not None
        try:
            return question(self.get())
        except psycopg.OperationalError as error:
            was_lost = self._connection is None or self._connection.closed or isinstance(error, errors.AdminShutdown)
            self.forget()
            if not (had_one and was_lost):
                raise
        try:
            return question(self.get())
        except psycopg.Error:
            self.forget()
            raise

    def forget(self) -> None:
        """Let go of the connection, and with it of a turn and whatever was half done."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connect(self) -> Connection:
        if self._failed is not None and self._clock() - self._failed[0] < NOT_AGAIN_FOR_SECONDS:
            raise self._failed[1]
        try:
            connection = psycopg.connect(self._address, autocommit=True)
            connection.execute(SESSION)
        except psycopg.Error as error:
            self._failed = (self._clock(), error)
            raise
        self._failed = None
        return connection
