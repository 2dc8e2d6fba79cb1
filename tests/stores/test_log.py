"""What the door needs of a log, asked of every store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from queue_server.domain.events import DayClosed, TicketIssued
from queue_server.stores.base import Log, LogMoved, StorageTrouble
from queue_server.stores.memory import MemoryLog
from queue_server.stores.sqlite import SqliteLog

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Log]:
    log: Log = MemoryLog() if request.param == "memory" else SqliteLog(tmp_path / "hall.sqlite")
    yield log
    log.close()


def issued(number: str) -> TicketIssued:
    return TicketIssued(
        at=AT,
        actor="kiosk:K1",
        command=f"press-{number}",
        ticket=number,
        service="rent",
        zone="special",
        way="counter",
        care=False,
        language="zh",
        printer=None,
    )


def test_events_come_back_as_they_went_in_and_in_order(log: Log) -> None:
    log.append("hall", DAY, [issued("T0001"), issued("T0002")], after=0)
    log.append("hall", DAY, [issued("T0003")], after=2)

    read = log.read("hall", DAY)
    assert [one.seq for one in read] == [1, 2, 3]
    assert [one.event for one in read] == [issued(f"T000{n}") for n in (1, 2, 3)]
    assert [one.seq for one in log.read("hall", DAY, after=2)] == [3]


def test_whoever_decided_on_an_older_day_has_to_decide_again(log: Log) -> None:
    log.append("hall", DAY, [issued("T0001")], after=0)

    with pytest.raises(LogMoved):
        log.append("hall", DAY, [issued("T0001")], after=0)
    assert len(log.read("hall", DAY)) == 1


def test_days_and_halls_are_kept_apart(log: Log) -> None:
    log.append("hall", DAY, [issued("T0001")], after=0)
    log.append("hall", date(2026, 11, 24), [issued("T0001")], after=0)
    log.append("other", date(2026, 12, 1), [issued("T0001")], after=0)

    assert log.days("hall") == [DAY, date(2026, 11, 24)]
    assert log.days("nowhere") == []


def test_a_broken_append_leaves_nothing_behind(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "hall.sqlite")
    broken = DayClosed(at=AT, actor="hall", command="x")
    object.__setattr__(broken, "actor", object())  # no database can store this

    with pytest.raises(StorageTrouble):
        log.append("hall", DAY, [issued("T0001"), broken], after=0)

    assert log.read("hall", DAY) == []
    log.append("hall", DAY, [issued("T0001")], after=0)
    log.close()


def test_two_writers_at_once_never_take_the_same_place(tmp_path: Path) -> None:
    """Two connections append as two server processes would; every place is taken once."""
    wins: list[str] = []

    def write(name: str) -> None:
        log = SqliteLog(tmp_path / "hall.sqlite")
        for n in range(50):
            while True:
                last = len(log.read("hall", DAY))
                try:
                    log.append("hall", DAY, [issued(f"{name}{n:04d}")], after=last)
                except LogMoved:
                    continue
                wins.append(f"{name}{n:04d}")
                break
        log.close()

    SqliteLog(tmp_path / "hall.sqlite").close()
    writers = [threading.Thread(target=write, args=(name,)) for name in "AB"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    log = SqliteLog(tmp_path / "hall.sqlite")
    read = log.read("hall", DAY)
    assert [one.seq for one in read] == list(range(1, 101))
    assert sorted(one.event.ticket for one in read) == sorted(wins)  # type: ignore[attr-defined]
    log.close()


WRITER = """
import sys
from datetime import date
from pathlib import Path
from queue_server.stores.sqlite import SqliteLog
sys.path.insert(0, "tests/stores")
from test_log import DAY, issued
log = SqliteLog(Path(sys.argv[1]))
for n in range(1, 100000):
    log.append("hall", DAY, [issued(f"T{n:04d}")], after=n - 1)
    print(n, flush=True)
"""


def test_what_was_told_survives_sigkill(tmp_path: Path) -> None:
    path = tmp_path / "hall.sqlite"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = 0
        while told < 30:
            told = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
        told = max([told, *(int(line) for line in writer.stdout)])

    log = SqliteLog(path)
    read = log.read("hall", DAY)
    assert len(read) >= told
    assert [one.seq for one in read] == list(range(1, len(read) + 1))
    log.close()


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "hall.sqlite").mkdir()

    with pytest.raises(StorageTrouble, match="may write to this folder"):
        SqliteLog(tmp_path / "hall.sqlite")
