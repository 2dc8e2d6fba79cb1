"""What the door needs of a log, asked of every store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from queue_server.domain.events import DayClosed, TicketIssued
from queue_server.stores.base import Log, LogMoved, StorageTrouble
from queue_server.stores.memory import MemoryLog
from queue_server.stores.postgres import PostgresLog
from queue_server.stores.sqlite import SqliteLog
from tests.story import StoryHall

OpenLog = Callable[[], Log]

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgres"])
def open_log(request: pytest.FixtureRequest, tmp_path: Path) -> OpenLog:
    """Opens a log on disk; each time the same one, as another process would."""
    if request.param == "sqlite":
        return lambda: SqliteLog(tmp_path / "hall.sqlite")
    url = request.getfixturevalue("postgres").fresh_url()
    return lambda: PostgresLog(url)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Log]:
    log: Log
    if request.param == "memory":
        log = MemoryLog()
    elif request.param == "sqlite":
        log = SqliteLog(tmp_path / "hall.sqlite")
    else:
        log = PostgresLog(request.getfixturevalue("postgres").fresh_url())
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


def test_a_broken_append_leaves_nothing_behind(open_log: OpenLog) -> None:
    log = open_log()
    broken = DayClosed(at=AT, actor=object(), command="x")  # type: ignore[arg-type]  # no database can store this

    with pytest.raises(StorageTrouble):
        log.append("hall", DAY, [issued("T0001"), broken], after=0)

    assert log.read("hall", DAY) == []
    log.append("hall", DAY, [issued("T0001")], after=0)
    log.close()


def append_fifty(log: Log, name: str, *, in_turn: bool) -> list[str]:
    """As a server process would that gets a command and appends; and the numbers it was told are on disk."""
    wins, last = [], 0
    while len(wins) < 50:
        last += len(log.take_turn("hall", DAY, last) if in_turn else [])
        last += len(log.read("hall", DAY, last))
        number = f"{name}{len(wins):04d}"
        try:
            log.append("hall", DAY, [issued(number)], after=last)
        except LogMoved:
            assert not (in_turn and log.is_shared), "whoever has the turn decides on the latest day"
            continue
        wins.append(number)
        last += 1
    log.close()
    return wins


@pytest.mark.parametrize("in_turn", [False, True], ids=["whoever comes first", "in turn"])
def test_two_writers_at_once_never_take_the_same_place(open_log: OpenLog, in_turn: bool) -> None:
    """Two connections append as two server processes would; every place is taken once."""
    with ThreadPoolExecutor() as threads:
        writers = [threads.submit(append_fifty, open_log(), name, in_turn=in_turn) for name in "AB"]
        wins = [number for writer in writers for number in writer.result()]

    log = open_log()
    read = log.read("hall", DAY)
    assert [one.seq for one in read] == list(range(1, 101))
    assert sorted(one.event.ticket for one in read) == sorted(wins)  # type: ignore[attr-defined]
    log.close()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, "tests/stores")
from test_log import DAY, issued
from queue_server.stores.postgres import PostgresLog
from queue_server.stores.sqlite import SqliteLog
where = sys.argv[1]
log = PostgresLog(where) if "://" in where else SqliteLog(Path(where))
for n in range(1, 100000):
    log.append("hall", DAY, [issued(f"T{n:04d}")], after=n - 1)
    print(n, flush=True)
"""


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_what_was_told_survives_sigkill(request: pytest.FixtureRequest, tmp_path: Path, store: str) -> None:
    path = tmp_path / "hall.sqlite"
    where = str(path) if store == "sqlite" else request.getfixturevalue("postgres").fresh_url()
    with subprocess.Popen([sys.executable, "-c", WRITER, where], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = 0
        while told < 30:
            told = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
        told = max([told, *(int(line) for line in writer.stdout)])

    log: Log = SqliteLog(path) if store == "sqlite" else PostgresLog(where)
    read = log.read("hall", DAY)
    assert len(read) >= told
    assert [one.seq for one in read] == list(range(1, len(read) + 1))
    log.close()


def test_nothing_is_appended_after_a_place_that_is_not_there(log: Log) -> None:
    log.append("hall", DAY, [issued("T0001")], after=0)

    with pytest.raises(LogMoved):
        log.append("hall", DAY, [issued("T0009")], after=8)
    assert len(log.read("hall", DAY)) == 1


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "hall.sqlite").mkdir()

    with pytest.raises(StorageTrouble, match="may write to this folder"):
        SqliteLog(tmp_path / "hall.sqlite")


def test_a_day_of_twenty_thousand_events_is_open_in_well_under_a_second(log: Log) -> None:
    """The best of three, in this process's own work: the machine may be busy with others'."""
    log.append("test-hall", DAY, [issued(f"T{n:05d}") for n in range(1, 20_001)], after=0)

    took = []
    for _ in range(3):
        began = time.process_time()
        assert StoryHall(log).day().seq == 20_000
        took.append(time.process_time() - began)

    assert min(took) < 1.0
