"""PostgreSQL on a disk that is full: of its tables, and of its own write-ahead log, which it does not survive."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.small_disk import run_python_with_small_disk

SIZE = "80m"  # an empty cluster takes 55
ON_A_SMALL_DISK = """
import sys, tempfile
from pathlib import Path
import psycopg
sys.path[:0] = [".", "tests/stores"]
from test_sqlite_faults import press, press_until_refused
from queue_server.stores.base import StorageTrouble, StorageUncertain
from queue_server.stores.postgres import PostgresLog
from tests.databases import PostgresServer
from tests.e2e.hall_process import wait_until
from tests.story import MONDAY, StoryHall

disk = Path(sys.argv[1])
tempfile.tempdir = str(disk)
ballast = disk / "something else"

def fill_the_disk():
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass

def refused(name):
    try:
        press(hall, "the one on its way")
    except StorageTrouble as trouble:
        return trouble
    raise AssertionError("a number was given that is nowhere written")

def numbers():
    return [one.event.ticket for one in PostgresLog(server.url).read("test-hall", MONDAY.date())]

# the number, once the database is up and the hall has tried its line to it anew
def granted(name):
    try:
        return press(hall, name)
    except StorageTrouble:
        return None

with PostgresServer() as server:
    hall = StoryHall(PostgresLog(server.url))

    # no room for another page of the table
    before = [press(hall, f"before-{n}") for n in range(5)]
    fill_the_disk()
    more, trouble = press_until_refused(hall)
    told = before + more
    assert type(trouble) is StorageTrouble, trouble
    assert "Free some space on the database's disk" in trouble.advice, trouble
    assert numbers() == hall.queue() == told
    ballast.unlink()
    told += [press(hall, f"press-{n}") for n in range(len(more), len(more) + 5)]
    assert numbers() == told == [f"T{n:04d}" for n in range(1, len(told) + 1)]

    # no room for what PostgreSQL writes first: it ends itself rather than promise what it cannot keep
    with psycopg.connect(server.url, autocommit=True) as connection:
        fill_the_disk()
        connection.execute("SELECT pg_switch_wal()")
    lost = refused("the one on its way")
    assert isinstance(lost, StorageUncertain) and "make room" in lost.advice, lost
    away = refused("the one on its way")
    assert "Start it" in away.advice, away
    ballast.unlink()
    if not server.is_up():
        server.start()
    told.append(wait_until(lambda: granted("the one on its way")))
    told.append(press(hall, "the next one"))
    assert numbers() == told == [f"T{n:04d}" for n in range(1, len(told) + 1)]
    assert hall.told == list(range(1, len(told) + 1))
    print(len(told))
"""


def test_a_full_disk_of_postgresql_refuses_with_advice_loses_nothing_told_and_goes_on_when_there_is_room():
    with tempfile.TemporaryDirectory() as folder:  # a short name: a socket lies in it
        told = run_python_with_small_disk(ON_A_SMALL_DISK, Path(folder), SIZE)

    assert int(told) > 15
