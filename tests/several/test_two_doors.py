"""Two server processes' doors on one log, here as two doors with connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from queue_server.domain.commands import Command, IssueTicket
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Stage
from queue_server.stores.base import Log, StorageTrouble
from queue_server.stores.memory import MemoryLog
from queue_server.stores.postgres import PostgresLog
from queue_server.stores.sqlite import SqliteLog
from tests.databases import PostgresServer
from tests.e2e.hall_process import wait_until
from tests.story import MONDAY, StoryHall

OpenLog = Callable[[], Log]


@pytest.fixture
def opened() -> Iterator[list[Log]]:
    logs: list[Log] = []
    yield logs
    for log in logs:
        log.close()


@pytest.fixture
def door(postgres: PostgresServer, opened: list[Log]) -> Callable[[], StoryHall]:
    """Makes one more door of the same hall."""
    url = postgres.fresh_url()

    def make() -> StoryHall:
        opened.append(PostgresLog(url))
        hall = StoryHall(opened[-1])
        hall._ids = count(1000 * len(opened))  # ids of wishes are each door's own
        return hall

    return make


def press(hall: StoryHall, name: str) -> str:
    done = hall.handle(IssueTicket(id=name, actor="kiosk:K1", service="rent"))
    return str(done.recorded[0].event.ticket)  # type: ignore[attr-defined]


def test_a_number_taken_at_one_is_in_the_queue_of_the_other_at_once(door: Callable[[], StoryHall]):
    a, b = door(), door()
    a.officer_opens("3")

    number = a.visitor_takes_ticket()

    assert b.queue() == [number]
    assert b.counter_calls_next("3") == number
    assert a.stage(number) is Stage.CALLED


def test_what_a_guide_did_at_one_can_be_undone_at_the_other(door: Callable[[], StoryHall]):
    a, b = door(), door()
    number = a.visitor_takes_ticket()
    b.guide_moves(number, zone="care")

    a.guide_undoes_the_move(number)

    assert (a.queue("special"), b.queue("care"), b.queue("special")) == ([number], [], [number])


def test_each_door_tells_its_screens_everything_once_and_in_order(door: Callable[[], StoryHall]):
    a, b = door(), door()
    for n in range(5):
        press(a, f"a{n}")
        press(b, f"b{n}")
    a.hall.catch_up()

    assert a.told == b.told == list(range(1, 11))


def test_two_hundred_presses_at_two_processes_give_two_hundred_numbers(door: Callable[[], StoryHall]):
    doors = [door(), door()]
    with ThreadPoolExecutor(8) as threads:
        work = [threads.submit(press, doors[n % 2], f"press-{n}") for n in range(200)]
        numbers = sorted(one.result() for one in work)

    assert numbers == [f"T{n:04d}" for n in range(1, 201)]
    for hall in doors:
        hall.hall.catch_up()
        assert hall.told == list(range(1, 201))


def test_the_same_press_sent_to_both_at_once_gives_one_number(door: Callable[[], StoryHall]):
    doors = [door(), door()]
    with ThreadPoolExecutor(2) as threads:
        numbers = list(threads.map(lambda hall: press(hall, "one press"), doors))

    assert numbers == ["T0001", "T0001"]
    assert doors[0].events() == ["TicketIssued"]


def test_a_refusal_gives_the_turn_back(door: Callable[[], StoryHall]):
    a, b = door(), door()
    with pytest.raises(Refusal):
        a.visitor_takes_ticket("visa")

    assert b.visitor_takes_ticket() == "T0001"


def test_a_fault_while_deciding_gives_the_turn_back(door: Callable[[], StoryHall]):
    a, b = door(), door()
    with pytest.raises(TypeError):
        a.handle(Command(id="no rule is for this", actor="somebody"))

    assert b.visitor_takes_ticket() == "T0001"


def test_several_servers_started_in_the_morning_close_a_forgotten_day_once(door: Callable[[], StoryHall]):
    hall = door()
    hall.visitor_takes_ticket()
    together = threading.Barrier(4)

    def morning(_: int) -> None:
        log = door().log
        together.wait()
        StoryHall(log, morning=MONDAY + timedelta(days=1))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(morning, range(4)))

    assert [type(one.event).__name__ for one in hall.log.read("test-hall", MONDAY.date())] == [
        *("TicketIssued", "TicketAbandoned", "DayClosed")
    ]


def test_a_new_day_that_another_process_began_is_told_from_its_first_event(door: Callable[[], StoryHall]):
    a, b = door(), door()
    a.visitor_takes_ticket()
    b.hall.catch_up()
    tomorrow = MONDAY + timedelta(days=1)
    a.on(tomorrow).visitor_takes_ticket()

    b.on(tomorrow).hall.catch_up()

    assert b.told == [1, 1]
    assert b.day().day == tomorrow.date()


# --- two processes on one SQLite file: not meant, and yet without harm


class CountingLog(SqliteLog):
    """Remembers from where it was read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.read_after: list[int] = []

    def read(self, hall, day, after=0):  # type: ignore[no-untyped-def]
        self.read_after.append(after)
        return super().read(hall, day, after)


def test_two_doors_on_one_sqlite_file_decide_again_and_read_only_what_is_new(tmp_path: Path, opened: list[Log]):
    opened += [SqliteLog(tmp_path / "hall.sqlite"), counting := CountingLog(tmp_path / "hall.sqlite")]
    a, b = (StoryHall(log) for log in opened)
    numbers = [press(a, "a1"), press(a, "a2"), press(b, "b1"), press(a, "a3"), press(b, "b2")]

    assert numbers == [f"T{n:04d}" for n in range(1, 6)]
    assert counting.read_after == [0, 0, 3]  # the first at its start, when the day was empty
    assert b.told == [1, 2, 3, 4, 5]


def test_a_log_that_was_set_back_is_refused_until_somebody_decides_and_no_number_is_given_again(
    tmp_path: Path, opened: list[Log]
):
    opened.append(SqliteLog(tmp_path / "hall.sqlite"))
    hall = StoryHall(opened[0])
    told = [press(hall, f"a{n}") for n in range(3)]
    opened[0]._writer.execute("DELETE FROM events WHERE seq > 1")  # type: ignore[attr-defined]

    for _ in range(2):
        with pytest.raises(StorageTrouble, match=r"has 1 events, and this server has told 3.*Putting a backup back"):
            press(hall, "a3")
    assert hall.queue() == told  # screens go on showing what people were told

    restarted = hall.restarted()
    assert restarted.queue() == told[:1]
    assert press(restarted, "a3") == "T0002"


def test_a_day_with_gaps_is_refused_with_advice(tmp_path: Path, opened: list[Log]):
    opened.append(SqliteLog(tmp_path / "hall.sqlite"))
    hall = StoryHall(opened[0])
    for n in range(3):
        press(hall, f"a{n}")
    opened[0]._writer.execute("DELETE FROM events WHERE seq = 2")  # type: ignore[attr-defined]

    with pytest.raises(StorageTrouble, match=r"has gaps.*When the log is damaged"):
        StoryHall(opened[0])


class Ended(BaseException):
    """As when the greenlet that has the turn is ended."""


class LastWordLog(PostgresLog):
    """Its process dies right after the commit, before anybody is told."""

    def append(self, *given: object) -> None:
        super().append(*given)  # type: ignore[arg-type]
        raise Ended


def test_what_a_process_committed_before_it_died_is_told_by_the_other(postgres: PostgresServer, opened: list[Log]):
    url = postgres.fresh_url()
    opened += [LastWordLog(url), PostgresLog(url)]
    a, b = (StoryHall(log) for log in opened)

    with pytest.raises(Ended):
        press(a, "one press")
    b.hall.catch_up()

    assert (a.told, b.told) == ([], [1])
    assert press(b, "one press") == "T0001"  # whoever got no answer asks again and gets the same


class EndingLog(MemoryLog):
    ends = False

    def append(self, *given: object) -> None:
        if self.ends:
            self.ends = False
            raise Ended
        super().append(*given)  # type: ignore[arg-type]


def test_when_the_one_who_has_the_turn_is_ended_the_others_are_served_all_the_same():
    log = EndingLog()
    hall = StoryHall(log)
    waiting = hall.hall._wishes
    with hall.hall._turn, ThreadPoolExecutor(2) as threads:
        log.ends = True
        both = [threads.submit(press, hall, f"press-{n}") for n in range(2)]
        wait_until(lambda: len(waiting) == 2)
        hall.hall._turn.release()
        outcomes = [one.exception() or one.result() for one in both]
        hall.hall._turn.acquire()

    assert sorted(type(one).__name__ for one in outcomes) == ["Ended", "str"]
    assert hall.events() == ["TicketIssued"] * 2  # whose caller was ended may ask again and gets that very number
