"""What the hall tells survives its processes, its database and its Redis; and what is away comes back by itself."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.databases import PostgresServer, RedisServer
from tests.e2e.hall_process import wait_until
from tests.several.server_processes import KIOSKS, Hall, ServerProcess


@pytest.fixture
def halls() -> Iterator[list[Hall]]:
    halls: list[Hall] = []
    yield halls
    for hall in halls:
        hall.end()


@pytest.fixture
def folders(tmp_path: Path, accounts_made: Path) -> tuple[Path, Path]:
    return tmp_path, accounts_made


@pytest.mark.parametrize("with_redis", [True, False], ids=["with Redis", "without Redis"])
def test_a_process_killed_under_load_loses_nothing_it_told_and_no_number_is_given_twice(
    folders: tuple[Path, Path],
    halls: list[Hall],
    postgres: PostgresServer,
    redis_server: RedisServer,
    with_redis: bool,
):
    hall = Hall(*folders, postgres.fresh_url(), redis_server.fresh_url() if with_redis else "")
    halls.append(hall)
    hall.start()
    screen = hall.screen(hall.b)
    told: dict[str, str] = {}

    def press(n: int) -> None:
        """As a kiosk behind nginx: no answer from one process, so the same press goes to the other."""
        for at in ((hall.a, hall.b), (hall.b, hall.a))[n % 2]:
            try:
                told[f"press-{n}"] = hall.number(at, f"press-{n}", KIOSKS[n % len(KIOSKS)])
                return
            except requests.ConnectionError:
                continue

    with ThreadPoolExecutor(8) as threads:
        work = [threads.submit(press, n) for n in range(150)]
        wait_until(lambda: len(told) >= 40)
        hall.a.end(signal.SIGKILL)
        for one in work:
            one.result()

    log = hall.log(hall.b)
    assert len(told) == 150
    assert Counter(event["ticket"] for event in log) == Counter(told.values())  # each told, each once
    wait_until(lambda: screen.seqs == [event["seq"] for event in log])
    hall.a.start()
    assert hall.log(hall.a) == log


def test_a_database_that_is_away_is_told_with_advice_and_the_hall_goes_on_when_it_is_back(
    folders: tuple[Path, Path], halls: list[Hall], mortal_postgres: PostgresServer, redis_server: RedisServer
):
    server = mortal_postgres
    hall = Hall(*folders, server.url, redis_server.fresh_url())
    halls.append(hall)
    hall.start()
    first = hall.number(hall.a, "first")

    server.crash()
    refused = hall.press(hall.b, "second")
    assert (refused.status_code, refused.json()["code"]) == (503, "storage_trouble")
    assert "XINTING_DATABASE_URL" in refused.json()["details"]["advice"]
    wait_until(lambda: "storage_trouble" in hall.a.said())

    server.start()
    wait_until(lambda: "storage_back" in hall.a.said() and hall.press(hall.b, "second").status_code == 201)
    second = hall.number(hall.b, "second")
    assert [event["ticket"] for event in hall.log(hall.a)] == [first, second]
    assert "Traceback" not in hall.a.said() + hall.b.said()


def test_without_redis_numbers_and_calls_go_on_and_the_bell_rings_again_when_it_is_back(
    folders: tuple[Path, Path], halls: list[Hall], postgres: PostgresServer, mortal_redis: RedisServer
):
    redis = mortal_redis
    hall = Hall(*folders, postgres.fresh_url(), redis.url)
    halls.append(hall)
    hall.start()
    screen = hall.screen(hall.b)

    redis.crash()
    number = hall.number(hall.a, "while-redis-is-away")
    wait_until(lambda: screen.hears(number))
    wait_until(lambda: "redis_away" in hall.a.said() and "redis_away" in hall.b.said())

    redis.start()
    wait_until(lambda: "redis_back" in hall.a.said() and "redis_back" in hall.b.said())
    again = hall.number(hall.a, "when-it-is-back")
    wait_until(lambda: screen.hears(again))


@pytest.mark.slow
def test_a_frozen_process_holds_the_hall_up_for_seconds_and_not_for_ever(
    folders: tuple[Path, Path], halls: list[Hall], postgres: PostgresServer, redis_server: RedisServer
):
    hall = Hall(*folders, postgres.fresh_url(), redis_server.fresh_url())
    halls.append(hall)
    hall.start()

    def keep_pressing(at: ServerProcess, n: int) -> int:
        try:
            return hall.press(at, f"frozen-{n}", KIOSKS[n % len(KIOSKS)]).status_code
        except requests.RequestException:
            return 0

    with ThreadPoolExecutor(9) as threads:
        frozen = [threads.submit(keep_pressing, hall.a, n) for n in range(100)]
        wait_until(lambda: len(hall.log(hall.b)) > 10)
        hall.a.send(signal.SIGSTOP)
        wait_until(lambda: hall.press(hall.b, "while-the-other-is-frozen", "K12").status_code == 201)
        hall.a.send(signal.SIGCONT)
        for one in frozen:
            one.result()

    issued = [event["ticket"] for event in hall.log(hall.b)]
    assert len(issued) == len(set(issued))
    assert hall.log(hall.a) == hall.log(hall.b)
