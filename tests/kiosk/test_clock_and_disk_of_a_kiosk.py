"""A kiosk whose clock is wrong, whose line is slow or whose disk is full: order and numbers stay right."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from kiosk.alone.desk import AloneDesk, CannotGive
from kiosk.alone.gateway import Gateway
from kiosk.alone.moments import Moment, heard_time
from kiosk.alone.store import AloneStore, DiskFull

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
CARD = {"service": {}, "materials": []}
KIT: dict[str, Any] = {
    "setup": 1,
    "timezone": "Asia/Shanghai",
    "services": {
        "TQ11": {
            "places": {"counter": {"zone": "special", "prefix": "T"}},
            "papers": {"special": {"zh": {"materials": []}, "en": {"materials": []}}},
            "cards": {"zh": CARD, "en": CARD},
        }
    },
}
OWN = "http://127.0.0.1:8080"
WISH = {"service": "TQ11", "way": "counter", "printer": "K1"}


class WrongClock:
    """The machine's two clocks, the wall's two hours ahead; `restart` as after a power cut."""

    def __init__(self) -> None:
        self.wall_is_ahead = 7200.0
        self._seconds = 500.0
        self._started = 0.0
        self._start = "first"

    def __call__(self) -> Moment:
        wall = NINE.timestamp() + self._seconds - 500 + self.wall_is_ahead
        return Moment(wall, self._seconds - self._started, self._start)

    def forward(self, minutes: float) -> None:
        self._seconds += minutes * 60

    def restart(self) -> None:
        self._started, self._start = self._seconds, "second"


@pytest.fixture
def clock() -> WrongClock:
    return WrongClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AloneStore]:
    store = AloneStore(tmp_path / "alone.sqlite")
    store.keep_numbers(MONDAY, [(f"T090{n}", f"http://hall.test/p/L{n}") for n in range(1, 6)])
    yield store
    store.close()


@pytest.fixture
def desk(store: AloneStore, clock: WrongClock) -> AloneDesk:
    desk = AloneDesk(store, clock)
    desk.hear_kit(KIT)
    desk.hear_time(heard_time(NINE, clock(), clock()))
    return desk


def taken_at(desk: AloneDesk, store: AloneStore, key: str) -> datetime:
    given = store.find(key)
    assert given is not None
    return desk.taken_at(given)


def test_a_clock_two_hours_wrong_changes_nothing_and_nor_does_setting_it_right(
    desk: AloneDesk, store: AloneStore, clock: WrongClock
):
    clock.forward(minutes=10)
    desk.give(WISH, "before")
    clock.wall_is_ahead = 0
    clock.forward(minutes=5)
    answer, _ = desk.give(WISH, "after")
    assert taken_at(desk, store, "before") == NINE + timedelta(minutes=10)
    assert taken_at(desk, store, "after") == NINE + timedelta(minutes=15)
    assert answer["issued_at"] == "2026-11-23T09:15:00+08:00"


def test_after_a_power_cut_the_time_on_paper_stays_though_the_clock_is_another(
    desk: AloneDesk, store: AloneStore, clock: WrongClock
):
    clock.forward(minutes=10)
    desk.give(WISH, "before")
    clock.restart()
    clock.forward(minutes=2)
    desk.give(WISH, "between")
    assert taken_at(desk, store, "between") == NINE + timedelta(minutes=12)
    clock.wall_is_ahead = 0
    desk.hear_time(heard_time(NINE + timedelta(minutes=13), clock(), clock()))
    assert taken_at(desk, store, "before") == NINE + timedelta(minutes=10)


def test_a_kiosk_whose_battery_is_dead_gives_no_number_of_another_day(desk: AloneDesk, clock: WrongClock):
    clock.restart()
    clock.wall_is_ahead = -20 * 365 * 24 * 3600
    with pytest.raises(CannotGive) as refused:
        desk.give(WISH, "press")
    assert refused.value.code == "no_kit"


def test_a_slow_answer_of_the_hall_does_not_shift_what_is_known_better(
    desk: AloneDesk, store: AloneStore, clock: WrongClock
):
    clock.forward(minutes=1)
    desk.give(WISH, "press")
    asked = clock()
    clock.forward(minutes=0.1)
    desk.hear_time(heard_time(NINE + timedelta(minutes=1), asked, clock()))  # 6 s on its way, looked at first
    assert taken_at(desk, store, "press") == NINE + timedelta(minutes=1)

    desk.hear_time(heard_time(NINE + timedelta(hours=1), clock(), clock()))  # the hall's own clock was set
    assert desk.hall_time(clock()) == NINE + timedelta(hours=1)


# --- the disk


def fill(folder: Path) -> None:
    with suppress(OSError), (folder / "ballast").open("wb", buffering=0) as ballast:
        while ballast.write(b"\0" * 4096):
            pass


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_kiosk_with_a_full_disk_says_so_and_loses_nothing(small_disk: Path, clock: WrongClock):
    store = AloneStore(small_disk / "alone.sqlite")
    store.keep_numbers(MONDAY, [(f"T{n:04d}", f"http://hall.test/p/{n}") for n in range(901, 990)])
    desk = AloneDesk(store, clock)
    desk.hear_kit(KIT)
    desk.hear_time(heard_time(NINE, clock(), clock()))
    papers: list[Any] = []
    gateway = Gateway(
        "http://127.0.0.1:9", "token", store, desk, print_job=papers.append, paper_states=dict, rang=lambda: None
    )
    page = Client(gateway)

    def press(key: str) -> Any:
        return page.post("/api/v1/tickets", OWN, json=WISH, headers={"Idempotency-Key": key})

    given = [press("first").json["ticket"]]
    fill(small_disk)
    for n in range(200):  # what is left of the pages in use holds a few more
        answer = press(f"press-{n}")
        if answer.status_code != 201:
            break
        given.append(answer.json["ticket"])
    assert (answer.status_code, answer.json["code"]) == (503, "disk_full")
    assert "导办" in answer.json["message"]
    with pytest.raises(DiskFull):
        store.is_told("first", "x" * 100_000)

    (small_disk / "ballast").unlink()
    again = press(f"press-{n}")
    assert again.status_code == 201
    numbers = [one.number for one in store.untold()]
    assert numbers == [*given, again.json["ticket"]] == sorted(set(numbers))
    assert [job["ticket"]["ticket"] for job in papers] == numbers
    store.close()
