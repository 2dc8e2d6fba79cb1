"""What only a database with several processes on it can do, and do wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from queue_server.stores import postgres, postgres_connection
from queue_server.stores.base import Recorded, StorageTrouble, StorageUncertain
from queue_server.stores.postgres import MIGRATIONS, PostgresLog
from tests.databases import PostgresServer
from tests.e2e.hall_process import wait_until
from tests.stores.test_log import DAY, issued


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.fresh_url()


@pytest.fixture
def log(url: str) -> Iterator[PostgresLog]:
    log = PostgresLog(url)
    yield log
    log.close()


@pytest.fixture
def other(url: str) -> Iterator[PostgresLog]:
    """Another server process on the same database."""
    log = PostgresLog(url)
    yield log
    log.close()


def somebody_waits_for_a_turn(url: str) -> bool:
    with psycopg.connect(url, autocommit=True) as connection:
        (waiting,) = connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        ).fetchone() or (0,)
    return bool(waiting)


def test_who_waits_for_the_turn_sees_what_the_other_appended_in_it(url: str, log: PostgresLog, other: PostgresLog):
    log.take_turn("hall", DAY, 0)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(other.take_turn, "hall", DAY, 0)
        wait_until(lambda: somebody_waits_for_a_turn(url))
        log.append("hall", DAY, [issued("T0001")], after=0)

        assert [one.seq for one in waiting.result()] == [1]
    other.append("hall", DAY, [issued("T0002")], after=1)


def test_a_turn_that_was_given_up_keeps_nobody_waiting(log: PostgresLog, other: PostgresLog):
    log.take_turn("hall", DAY, 0)
    log.give_up_turn()

    other.take_turn("hall", DAY, 0)
    other.append("hall", DAY, [issued("T0001")], after=0)
    assert len(log.read("hall", DAY)) == 1


def test_one_hall_does_not_wait_for_another_nor_today_for_yesterday(log: PostgresLog, other: PostgresLog):
    log.take_turn("hall", DAY, 0)
    other.take_turn("another hall", DAY, 0)
    other.append("another hall", DAY, [issued("T0001")], after=0)
    other.take_turn("hall", DAY.replace(day=24), 0)
    other.give_up_turn()
    log.append("hall", DAY, [issued("T0001")], after=0)

    assert (len(log.read("hall", DAY)), len(log.read("another hall", DAY))) == (1, 1)


def with_limits(monkeypatch: pytest.MonkeyPatch, url: str, **limits: str) -> PostgresLog:
    """A log whose patience is short, so that nobody has to sit through the real one."""
    short = "".join(f"; SET {name} = '{value}'" for name, value in limits.items())
    monkeypatch.setattr(postgres_connection, "SESSION", postgres_connection.SESSION + short)
    return PostgresLog(url)


def test_a_process_frozen_between_writing_and_committing_loses_its_turn_too(
    monkeypatch: pytest.MonkeyPatch, url: str, other: PostgresLog
):
    frozen = with_limits(monkeypatch, url, idle_in_transaction_session_timeout="100ms")
    execute = psycopg.Connection.execute
    others_view: list[list[Recorded]] = []

    def freeze_before_the_commit(connection: Any, query: Any, *args: Any, **options: Any) -> Any:
        if query == "COMMIT":
            others_view.append(other.take_turn("hall", DAY, 0))  # waits until the frozen one has lost its turn
        return execute(connection, query, *args, **options)

    frozen.take_turn("hall", DAY, 0)
    monkeypatch.setattr(psycopg.Connection, "execute", freeze_before_the_commit)
    with pytest.raises(StorageTrouble):
        frozen.append("hall", DAY, [issued("T0001")], after=0)
    monkeypatch.setattr(psycopg.Connection, "execute", execute)

    assert others_view == [[]]
    other.append("hall", DAY, [issued("T0002")], after=0)
    assert [one.event.ticket for one in other.read("hall", DAY)] == ["T0002"]
    frozen.close()


def test_a_process_frozen_in_its_turn_loses_it_and_nothing_of_it_is_kept(
    monkeypatch: pytest.MonkeyPatch, url: str, other: PostgresLog
):
    frozen = with_limits(monkeypatch, url, idle_in_transaction_session_timeout="100ms")
    for n in range(3):
        frozen.take_turn("hall", DAY, n)
        frozen.append("hall", DAY, [issued(f"T{n:04d}")], after=n)
    frozen.take_turn("hall", DAY, 3)

    other.take_turn("hall", DAY, 3)  # waits until the frozen one has lost its turn
    other.append("hall", DAY, [issued("T0004")], after=3)

    with pytest.raises(StorageTrouble, match="goes on by itself"):
        frozen.append("hall", DAY, [issued("T0009")], after=3)
    assert [one.seq for one in other.read("hall", DAY)] == [1, 2, 3, 4]
    frozen.close()


def test_who_waits_too_long_for_the_turn_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, url: str, log: PostgresLog
):
    log.take_turn("hall", DAY, 0)
    impatient = with_limits(monkeypatch, url, lock_timeout="50ms")

    with pytest.raises(StorageTrouble, match="Another server process keeps the hall's turn"):
        impatient.take_turn("hall", DAY, 0)

    log.append("hall", DAY, [issued("T0001")], after=0)
    assert len(impatient.take_turn("hall", DAY, 0)) == 1
    impatient.close()


def test_a_database_that_is_gone_is_a_trouble_with_advice_and_is_used_again_when_it_is_back(
    mortal_postgres: PostgresServer,
):
    server = mortal_postgres
    log = PostgresLog(server.url)
    log.append("hall", DAY, [issued("T0001")], after=0)

    server.crash()
    for act in (lambda: log.read("hall", DAY), lambda: log.take_turn("hall", DAY, 1), lambda: log.days("hall")):
        with pytest.raises(StorageTrouble, match="Start it, or check XINTING_DATABASE_URL"):
            act()

    server.start()
    wait_until(lambda: answers(log))
    assert [one.seq for one in log.take_turn("hall", DAY, 0)] == [1]
    log.append("hall", DAY, [issued("T0002")], after=1)
    log.close()


def test_a_line_that_breaks_at_the_commit_leaves_it_uncertain_and_the_log_says_what_happened(
    log: PostgresLog, monkeypatch: pytest.MonkeyPatch
):
    really_append = postgres._append

    def breaks_after_it(*given: Any) -> int:
        really_append(*given)
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(postgres, "_append", breaks_after_it)
    with pytest.raises(StorageUncertain, match="server closed the connection"):
        log.append("hall", DAY, [issued("T0001")], after=0)

    assert [one.seq for one in log.take_turn("hall", DAY, 0)] == [1]


def answers(log: PostgresLog) -> bool:
    try:
        return bool(log.read("hall", DAY))
    except StorageTrouble:
        return False


def test_a_restart_while_the_hall_is_quiet_is_not_even_noticed(mortal_postgres: PostgresServer):
    server = mortal_postgres
    log = PostgresLog(server.url)
    log.append("hall", DAY, [issued("T0001")], after=0)
    server.crash()
    server.start()

    assert len(log.read("hall", DAY)) == 1
    assert log.take_turn("hall", DAY, 1) == []
    log.append("hall", DAY, [issued("T0002")], after=1)
    log.close()


def test_several_processes_that_start_at_once_run_each_migration_once(url: str):
    together = threading.Barrier(4)

    def start() -> None:
        together.wait()
        PostgresLog(url).close()

    with ThreadPoolExecutor() as threads:
        for started in [threads.submit(start) for _ in range(4)]:
            started.result()

    with psycopg.connect(url) as connection:
        ran = [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY name")]
    assert ran == sorted(script.name for script in MIGRATIONS.glob("*.sql"))


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ("postgresql://hall:geheim@127.0.0.1:1/hall", "Start it, or check XINTING_DATABASE_URL"),
        ("postgresql:///?host=/nowhere", "Start it, or check XINTING_DATABASE_URL"),
        ("mysql://hall:geheim@host", "Write XINTING_DATABASE_URL as"),
        ("{}&dbname=nowhere", "Start it, or check XINTING_DATABASE_URL"),
    ],
)
def test_an_address_that_cannot_be_right_is_refused_with_advice(url: str, wrong: str, advice: str):
    with pytest.raises(StorageTrouble, match=advice) as trouble:
        PostgresLog(wrong.format(url))
    assert "geheim" not in str(trouble.value)


def test_what_is_appended_is_on_disk_before_anybody_is_told(log: PostgresLog):
    assert log._writer.get().execute("SHOW synchronous_commit").fetchone() == ("on",)
