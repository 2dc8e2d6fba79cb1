"""Two halls, each with a server of its own, on one PostgreSQL and one Redis: neither hears or counts the other."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.databases import PostgresServer, RedisServer
from tests.e2e.hall_process import wait_until
from tests.several.server_processes import KIOSKS, Hall

MANY = 60


@pytest.fixture
def halls(
    tmp_path: Path, accounts_made: Path, postgres: PostgresServer, redis_server: RedisServer
) -> Iterator[list[Hall]]:
    stores = postgres.fresh_url(), redis_server.fresh_url()
    names = ("city-centre", "new-district")
    for name in names:
        (tmp_path / name).mkdir()
    halls = [Hall(tmp_path / name, accounts_made, *stores, name=name) for name in names]
    for hall in halls:
        hall.a.launch()
    for hall in halls:
        hall.a.wait_until_it_serves()
    yield halls
    for hall in halls:
        hall.end()


def test_each_hall_has_its_own_numbers_log_and_screens(halls: list[Hall]):
    screens = [hall.screen(hall.a) for hall in halls]

    def press(n: int) -> tuple[int, str]:
        which = n % 2
        return which, halls[which].number(halls[which].a, f"press-{n // 2}", KIOSKS[n % len(KIOSKS)])

    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(press, range(2 * MANY)))

    for which, (hall, screen) in enumerate(zip(halls, screens, strict=True)):
        numbers = [number for one, number in given if one == which]
        issued = [event["ticket"] for event in hall.log(hall.a) if event["name"] == "ticket_issued"]
        assert sorted(issued) == sorted(numbers) == [f"T{n:04d}" for n in range(1, MANY + 1)]
        wait_until(lambda screen=screen: len(screen.told) >= MANY)
        assert screen.seqs == [event["seq"] for event in hall.log(hall.a)]
