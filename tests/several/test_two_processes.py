"""Two server processes serve one hall, and whoever asks, presses or listens cannot tell which one it was."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.databases import PostgresServer, RedisServer
from tests.e2e.hall_process import wait_until
from tests.several.server_processes import KIOSKS, Hall


@pytest.fixture(scope="module")
def hall(
    tmp_path_factory: pytest.TempPathFactory,
    accounts_made: Path,
    postgres: PostgresServer,
    redis_server: RedisServer,
) -> Iterator[Hall]:
    hall = Hall(tmp_path_factory.mktemp("several"), accounts_made, postgres.fresh_url(), redis_server.fresh_url())
    hall.start()
    yield hall
    hall.end()


def test_a_number_given_at_one_process_is_seen_at_the_other_at_once_and_told_to_its_screens_once(hall: Hall):
    screens = [hall.screen(hall.a), hall.screen(hall.b)]
    number = hall.number(hall.a, "seen-at-once")

    assert [event["ticket"] for event in hall.log(hall.b) if event["name"] == "ticket_issued"][-1] == number
    for screen in screens:
        wait_until(lambda screen=screen: screen.hears(number))
        assert len([event for event in screen.told if event.get("ticket") == number]) == 1


def test_who_signed_in_at_one_process_works_at_the_other_and_undoes_there_what_was_done_here(hall: Hall):
    number = hall.number(hall.a, "to-be-moved")
    guide = hall.somebody(hall.a, "ma")
    guide.does(hall.b, f"/tickets/{number}/transfer", zone="care")
    screen = hall.screen(hall.b)

    undone = guide.does(hall.a, f"/tickets/{number}/undo-transfer")

    assert undone["ticket"]["zone"] != "care"
    wait_until(lambda: screen.hears(number, "transfer_undone"))


def test_the_same_press_at_both_processes_gives_one_number(hall: Hall):
    with ThreadPoolExecutor(2) as threads:
        numbers = set(threads.map(lambda at: hall.number(at, "one-press"), (hall.a, hall.b)))

    assert len(numbers) == 1


def test_two_hundred_presses_at_both_give_two_hundred_numbers_and_every_screen_hears_all_in_order(hall: Hall):
    screens = [hall.screen(hall.a), hall.screen(hall.b)]
    before = len(hall.log(hall.a))

    def press(n: int) -> str:
        return hall.number((hall.a, hall.b)[n % 2], f"race-{n}", KIOSKS[n % len(KIOSKS)])

    with ThreadPoolExecutor(16) as threads:
        numbers = list(threads.map(press, range(200)))

    assert len(set(numbers)) == 200
    log = [event["seq"] for event in hall.log(hall.b)]
    for screen in screens:
        wait_until(lambda screen=screen: len(screen.told) >= 200)
        assert screen.seqs == log[before:]


def test_a_screen_that_drops_out_in_a_rush_and_comes_back_at_the_other_process_has_everything_once(hall: Hall):
    before = len(hall.log(hall.a))
    places = [hall.a, hall.b] * 4
    screens = [hall.screen(places[0])]

    def heard() -> list[dict[str, Any]]:
        return [event for screen in screens for event in screen.told]

    def press(n: int) -> str:
        return hall.number((hall.a, hall.b)[n % 2], f"dropped-{n}", KIOSKS[n % len(KIOSKS)])

    with ThreadPoolExecutor(8) as threads:
        rush = [threads.submit(press, n) for n in range(60)]
        for place in places[1:]:
            so_far = len(heard())
            wait_until(lambda so_far=so_far: len(heard()) > so_far or all(one.done() for one in rush))
            screens[-1].leave()
            screens.append(hall.screen(place, after=heard()[-1]))
        numbers = {one.result() for one in rush}

    log = [event["seq"] for event in hall.log(hall.b)][before:]
    wait_until(lambda: heard()[-1]["seq"] == log[-1])
    assert what_a_screen_shows([event["seq"] for event in heard()]) == log
    assert len(numbers) == 60


def what_a_screen_shows(seqs: list[int]) -> list[int]:
    """It leaves out whatever is not above the last it heard."""
    shown: list[int] = []
    for seq in seqs:
        if not shown or seq > shown[-1]:
            shown.append(seq)
    return shown


def test_a_paper_asked_for_at_one_process_is_handed_out_and_settled_by_the_other(hall: Hall):
    number = hall.press(hall.a, "with-paper", "K1", printer="K1").json()["ticket"]

    job = hall.papers_for(hall.b, "K1")[number]
    assert hall.printed(hall.b, "K1", job) == 200
    assert number not in hall.papers_for(hall.a, "K1")
