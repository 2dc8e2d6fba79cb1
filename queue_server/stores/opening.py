"""Which log a server keeps: a SQLite file in its own folder, or a PostgreSQL that several server processes share."""

from __future__ import annotations

from pathlib import Path

from queue_server.stores.base import Log
from queue_server.stores.sqlite import SqliteLog


def open_log(data: Path, database_url: str) -> Log:
    """Raises StorageTrouble when it cannot be used."""
    if not database_url:
        return SqliteLog(data / "hall.sqlite")
    from queue_server.stores.postgres import PostgresLog  # a hall on SQLite need not load what it does not use

    return PostgresLog(database_url)
