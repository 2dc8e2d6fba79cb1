"""A kiosk whose clock is wrong, whose line is slow or whose disk is full: order and numbers stay right."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from kiosk.alone.desk import AloneDesk, CannotGive
from kiosk.alone.gateway import Gateway
from kiosk.alone.moments import Moment, heard_time
from kiosk.alone.store import AloneStore, DiskFull
from printers import agent as printing
from printers.agent import PrintAgent
from tests.e2e.hall_process import wait_until
from tests.printers.paper_jobs import paper_job
from tests.small_disk import fill, small_disk

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


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", megabytes=4) as folder:
        yield folder


def test_a_kiosk_with_a_full_disk_says_so_and_loses_nothing(disk: Path, clock: WrongClock):
    store = AloneStore(disk / "alone.sqlite")
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
    fill(disk)
    for n in range(200):  # what is left of the pages in use holds a few more
        answer = press(f"press-{n}")
        if answer.status_code != 201:
            break
        given.append(answer.json["ticket"])
    assert (answer.status_code, answer.json["code"]) == (503, "disk_full")
    assert "导办" in answer.json["message"]
    with pytest.raises(DiskFull):
        store.is_told("first", "x" * 100_000)

    (disk / "ballast").unlink()
    again = press(f"press-{n}")
    assert again.status_code == 201
    numbers = [one.number for one in store.untold()]
    assert numbers == [*given, again.json["ticket"]] == sorted(set(numbers))
    assert [job["ticket"]["ticket"] for job in papers] == numbers
    store.close()


def test_a_kiosk_that_starts_with_a_full_disk_gives_nothing_by_itself_until_there_is_room(
    disk: Path, clock: WrongClock
):
    fill(disk)
    store = AloneStore(disk / "own" / "alone.sqlite")
    desk = AloneDesk(store, clock)
    for write in (lambda: desk.hear_kit(KIT), lambda: store.keep_numbers(MONDAY, [("T0901", "http://hall.test/p/1")])):
        with pytest.raises(DiskFull):
            write()
    with pytest.raises(CannotGive):
        desk.give(WISH, "press")
    assert store.untold() == []

    (disk / "ballast").unlink()
    desk.hear_kit(KIT)
    desk.hear_time(heard_time(NINE, clock(), clock()))
    store.keep_numbers(MONDAY, [("T0901", "http://hall.test/p/1")])
    assert desk.give(WISH, "press")[0]["ticket"] == "T0901"
    store.close()
    assert [one.number for one in AloneStore(disk / "own" / "alone.sqlite").untold()] == ["T0901"]


def test_papers_wait_for_room_on_the_disk_and_come_out_once(disk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(printing, "FULL_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(printing, "READY_WITHIN_SECONDS", 0.05)
    fill(disk)
    agent = PrintAgent("http://127.0.0.1:9", "token", "K1", "dummy:", disk / "spool.sqlite")
    running = threading.Thread(target=agent.run)
    running.start()
    with pytest.raises(sqlite3.OperationalError):
        agent.take_own(a_paper("first"))
    assert agent.paper_states() == {}

    (disk / "ballast").unlink()
    wait_until(lambda: taken_in(agent, "first"))
    wait_until(lambda: agent.paper_states() == {"first": "printed"})

    fill(disk)  # while it runs
    refused = [f"later-{n}" for n in range(60) if not taken_in(agent, f"later-{n}")]
    (disk / "ballast").unlink()
    assert refused
    wait_until(lambda: all(taken_in(agent, job) for job in refused))
    wait_until(lambda: set(agent.paper_states().values()) == {"printed"})
    agent.stop()
    running.join(30)
    assert len(agent.device.papers) == 61  # each once


def a_paper(job: str) -> dict[str, Any]:
    return paper_job(job=job, requested_at=datetime.now(UTC).isoformat()) | {"printer": "K1"}


def taken_in(agent: PrintAgent, job: str) -> bool:
    try:
        agent.take_own(a_paper(job))
    except sqlite3.OperationalError:
        return False
    return True


# --- what needs the hall


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/help", "直接找最近的工作人员"),
        ("/bookings/ABC123/arrive", "您的预约和先后都不会丢"),
        ("/bookings/tomorrow", "现在不能定明天的号"),
        ("/in-hand", "您的号仍然有效"),
        ("/tickets/T0001/return", "您的号仍然有效"),
        ("/tickets/T0001/reprint", "请拍下屏幕"),
        ("/speech", "其他事请找导办"),
    ],
)
def test_what_a_kiosk_cannot_do_alone_it_says_with_what_to_do_instead(
    desk: AloneDesk, store: AloneStore, path: str, words: str
):
    page = Client(
        Gateway("http://127.0.0.1:9", "token", store, desk, print_job=print, paper_states=dict, rang=lambda: None)
    )
    answer = page.post(f"/api/v1{path}", OWN, json={})
    assert (answer.status_code, answer.json["code"]) == (503, "hall_away")
    assert words in answer.json["message"]
    english = page.post(f"/api/v1{path}", OWN, json={}, headers={"X-Xinting-Language": "en"}).json["message"]
    assert "cannot be reached" in english


def test_a_kiosk_that_is_on_before_it_ever_reached_the_hall_says_so_and_looks_again(store: AloneStore, desk: AloneDesk):
    gateway = Gateway("http://127.0.0.1:9", "token", store, desk, print_job=print, paper_states=dict, rang=lambda: None)

    first = Client(gateway).get("/kiosk", OWN)

    assert (first.status_code, first.headers["Refresh"], first.mimetype) == (503, "3", "text/html")
    assert "请找导办登记" in first.text
