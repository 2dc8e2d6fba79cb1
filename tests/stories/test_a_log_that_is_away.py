"""A shared log that does not answer for a moment: nobody is shown what may be long past."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count

from story import StoryHall

from queue_server.stores.base import Recorded, StorageTrouble
from queue_server.stores.memory import MemoryLog
from tests.e2e.hall_process import wait_until


class LogThatGoesAway(MemoryLog):
    """Of several processes. When `goes_away` is set the next question fails, once."""

    is_shared = True
    goes_away = False

    def read(self, hall: str, day: date, after: int = 0) -> list[Recorded]:
        if self.goes_away:
            self.goes_away = False
            raise StorageTrouble("The database is away.", "Start it.")
        return super().read(hall, day, after)

    def take_turn(self, hall: str, day: date, after: int) -> list[Recorded]:
        return self.read(hall, day, after)


class Moments:
    """The door's own count of who asked before whom; says when another one has asked."""

    def __init__(self) -> None:
        self._moments = count(1)
        self.somebody_asks = threading.Semaphore(0)

    def __next__(self) -> int:
        moment = next(self._moments)
        self.somebody_asks.release()
        return moment


def test_whoever_waited_behind_a_question_without_an_answer_asks_again_and_sees_what_others_did():
    log, moments, a_long_question = LogThatGoesAway(), Moments(), threading.Event()
    here, elsewhere = StoryHall(log), StoryHall(log)
    here.hall._moments = moments  # type: ignore[assignment]
    with ThreadPoolExecutor(3) as threads:
        threads.submit(here.hall.read, lambda day, at: a_long_question.wait(10))
        wait_until(here.hall._turn.locked)
        assert all(moments.somebody_asks.acquire(timeout=10) for _ in range(2))  # it asked, and looked
        screens = [threads.submit(here.queue), threads.submit(here.queue)]
        assert all(moments.somebody_asks.acquire(timeout=10) for _ in screens)

        elsewhere.visitor_takes_ticket()
        log.goes_away = True
        a_long_question.set()

        answers = [screen.exception() or screen.result() for screen in screens]
    assert [type(answer) for answer in answers].count(StorageTrouble) == 1
    assert ["T0001"] in answers
