"""Each story is told on every store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from story import StoryHall

from queue_server.stores.base import Log
from queue_server.stores.memory import MemoryLog
from queue_server.stores.postgres import PostgresLog
from queue_server.stores.sqlite import SqliteLog


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Log]:
    log: Log
    match request.param:
        case "memory":
            log = MemoryLog()
        case "sqlite":
            log = SqliteLog(tmp_path / "hall.sqlite")
        case _:
            log = PostgresLog(request.getfixturevalue("postgres").fresh_url())
    yield log
    log.close()


@pytest.fixture
def hall(log: Log) -> StoryHall:
    return StoryHall(log)
