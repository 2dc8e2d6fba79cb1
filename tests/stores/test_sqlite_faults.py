"""A full disk, a locked file, a torn write: a clear refusal, nothing told is lost, and it goes on by itself."""

from __future__ import annotations

import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from queue_server.domain.commands import IssueTicket
from queue_server.stores import sqlite
from queue_server.stores.base import StorageTrouble
from queue_server.stores.sqlite import SqliteLog
from tests.small_disk import run_python_with_small_disk
from tests.story import MONDAY, StoryHall


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hall.sqlite"


@pytest.fixture
def hall(path: Path) -> Iterator[StoryHall]:
    log = SqliteLog(path)
    yield StoryHall(log)
    log.close()


def press(hall: StoryHall, name: str) -> str:
    done = hall.handle(IssueTicket(id=name, actor="kiosk:K1", service="rent"))
    return str(done.recorded[0].event.ticket)  # type: ignore[attr-defined]


def numbers_on_disk(path: Path) -> list[str]:
    log = SqliteLog(path)
    numbers = [one.event.ticket for one in log.read("test-hall", MONDAY.date())]  # type: ignore[attr-defined]
    log.close()
    return numbers


def press_until_refused(hall: StoryHall) -> tuple[list[str], StorageTrouble]:
    told: list[str] = []
    while True:
        try:
            told.append(press(hall, f"press-{len(told)}"))
        except StorageTrouble as trouble:
            return told, trouble


@contextmanager
def no_file_longer_than(kilobytes: int) -> Iterator[None]:
    """As a quota would: the system itself refuses to write on."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_when_the_system_refuses_to_write_on_nothing_told_is_lost_and_no_number_is_given_twice(
    hall: StoryHall, path: Path
):
    with no_file_longer_than(300):
        told, trouble = press_until_refused(hall)

    assert len(told) > 10
    assert "The disk refuses" in trouble.advice
    assert hall.told == list(range(1, len(told) + 1))
    assert numbers_on_disk(path) == told
    assert press(hall, f"press-{len(told)}") == f"T{len(told) + 1:04d}"


ON_A_SMALL_DISK = """
import sys
from pathlib import Path
sys.path[:0] = [".", "tests/stores"]
from test_sqlite_faults import numbers_on_disk, press, press_until_refused
from tests.story import StoryHall
from queue_server.stores.sqlite import SqliteLog

disk = Path(sys.argv[1])
(disk / "something else").write_bytes(b"x" * 100_000)
hall = StoryHall(SqliteLog(disk / "hall.sqlite"))
told, trouble = press_until_refused(hall)
assert "Free some space on this disk" in trouble.advice, trouble
(disk / "something else").unlink()
told += [press(hall, f"press-{n}") for n in range(len(told), len(told) + 5)]
assert numbers_on_disk(disk / "hall.sqlite") == told == [f"T{n:04d}" for n in range(1, len(told) + 1)]
print(len(told))
"""


def test_a_full_disk_refuses_with_advice_and_numbers_go_on_when_there_is_space_again(tmp_path: Path):
    told = run_python_with_small_disk(ON_A_SMALL_DISK, tmp_path, "600k")

    assert int(told) > 20


def test_a_file_that_another_program_holds_refuses_with_advice_until_it_lets_go(
    monkeypatch: pytest.MonkeyPatch, path: Path
):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    log = SqliteLog(path)
    hall = StoryHall(log)
    first = press(hall, "first")
    other = sqlite3.connect(path, isolation_level=None)

    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StorageTrouble, match="Another program holds the file"):
        press(hall, "second")
    assert hall.queue() == [first]  # who only looks is not held up

    other.execute("ROLLBACK")
    other.close()
    assert press(hall, "second") == "T0002"
    assert hall.told == [1, 2]
    log.close()


def test_a_write_torn_anywhere_by_a_power_cut_leaves_what_was_told_before_and_nothing_of_itself(
    hall: StoryHall, path: Path, tmp_path: Path
):
    told = [press(hall, f"press-{n}") for n in range(5)]
    wal = Path(f"{path}-wal")
    before = wal.stat().st_size
    press(hall, "the one that the power cut tears")
    after = wal.stat().st_size
    assert after > before

    for length in sorted({before, before + 1, before + 24, before + 100, (before + after) // 2, after - 1}):
        torn = tmp_path / f"torn-at-{length}" / "hall.sqlite"
        torn.parent.mkdir()
        shutil.copy(path, torn)
        Path(f"{torn}-wal").write_bytes(wal.read_bytes()[:length])
        assert numbers_on_disk(torn) == told

        log = SqliteLog(torn)
        assert press(StoryHall(log), "the one that the power cut tears") == "T0006"
        log.close()
        assert len(numbers_on_disk(torn)) == 6


def test_a_write_whose_end_is_rubbish_counts_as_not_written(hall: StoryHall, path: Path, tmp_path: Path):
    told = [press(hall, f"press-{n}") for n in range(5)]
    wal = Path(f"{path}-wal")
    before = wal.stat().st_size
    press(hall, "half of it reached the disk")
    content = bytearray(wal.read_bytes())
    content[(before + len(content)) // 2 :] = b"\xa5" * (len(content) - (before + len(content)) // 2)

    torn = tmp_path / "torn" / "hall.sqlite"
    torn.parent.mkdir()
    shutil.copy(path, torn)
    Path(f"{torn}-wal").write_bytes(content)
    assert numbers_on_disk(torn) == told


def backup_of(path: Path) -> Path:
    copy = path.with_name("backup.sqlite")
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    return copy


def moved_over(path: Path, backup: Path) -> None:
    backup.replace(path)
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink()


def removed(path: Path, _: Path) -> None:
    path.unlink()


def copied_over(path: Path, backup: Path) -> None:
    shutil.copyfile(backup, path)
    Path(f"{path}-wal").unlink()


def restored_by_sqlite(path: Path, backup: Path) -> None:
    source, target = sqlite3.connect(backup), sqlite3.connect(path)
    source.backup(target)
    source.close()
    target.close()


@pytest.mark.parametrize("put_back", [moved_over, removed, copied_over, restored_by_sqlite])
def test_under_a_running_server_no_backup_makes_it_tell_what_is_not_kept_or_give_a_number_twice(
    hall: StoryHall, path: Path, put_back: Callable[[Path, Path], None]
):
    told = [press(hall, "first"), press(hall, "second")]
    backup = backup_of(path)
    told.append(press(hall, "third"))

    put_back(path, backup)

    for n in range(3):
        with pytest.raises(StorageTrouble, match=r"restart the server|Putting a backup back"):
            press(hall, f"press-{n}")
    assert hall.queue() == told
    assert hall.told == [1, 2, 3]


def test_a_damaged_file_is_refused_with_the_way_out(path: Path):
    path.write_bytes(b"this is no database at all " * 500)

    with pytest.raises(StorageTrouble, match="When the log is damaged"):
        SqliteLog(path)
