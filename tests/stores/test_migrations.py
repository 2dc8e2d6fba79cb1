"""The file's schema comes from the migrations, each run once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from queue_server.stores.sqlite import MIGRATIONS, SqliteLog


def test_opening_twice_runs_each_migration_once(tmp_path: Path) -> None:
    for _ in range(2):
        SqliteLog(tmp_path / "hall.sqlite").close()

    with sqlite3.connect(tmp_path / "hall.sqlite") as connection:
        ran = [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY name")]
    connection.close()
    assert ran == sorted(script.name for script in MIGRATIONS.glob("*.sql"))


def test_the_log_is_durable_and_keeps_readers_apart_from_the_writer(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "hall.sqlite")

    assert log._writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert log._writer.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL: on disk before anyone is told
    log.close()
