"""The forecaster: waits by simulation, that grow old honestly and disappear when the simulating process has gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from story import RULES, StoryHall

from queue_server.demo.past.lived_day import lived_days
from queue_server.foresight.base import Forecast, WaitRange
from queue_server.foresight.learn_habits import PastDay
from queue_server.foresight.monte_carlo import MonteCarlo
from queue_server.foresight.recalibration import Recalibration
from queue_server.foresight.worker import answer
from queue_server.foresight.worker_client import WorkerClient
from queue_server.foresight.worker_line import Answer, Job
from queue_server.stores.memory import MemoryLog
from tests.voice.listening import wait_until

COMPILES_WITHIN_SECONDS = 150  # in a new checkout the first simulation waits for the compiler


class AtOnce:
    """Simulates in this process as soon as it is asked, or not at all."""

    is_free = True

    def ask(self, job: Job, then: Callable[[Answer], None]) -> None:
        then(answer(job))


@pytest.fixture
def worker() -> Iterator[WorkerClient]:
    worker = WorkerClient()
    yield worker
    worker.close()


@pytest.fixture
def hall() -> StoryHall:
    """Counters 3 and 4 serve since nine; ten more wait for the same service."""
    hall = StoryHall(MemoryLog(), RULES).officer_opens("3", "4")
    for _ in range(12):
        hall.visitor_takes_ticket("rent")
    for counter in ("3", "4"):
        hall.visitor_is_served(hall.counter_calls_next(counter))
    return hall


def forecast(hall: StoryHall, forecaster: MonteCarlo) -> Forecast:
    return hall.hall.read(forecaster.forecast)


def waits(hall: StoryHall, found: Forecast) -> list[WaitRange]:
    ranges = [found.tickets[number].wait for number in hall.queue()]
    return [wait for wait in ranges if wait is not None]


def test_whoever_stands_further_back_waits_longer(hall: StoryHall) -> None:
    found = waits(hall, forecast(hall, MonteCarlo(AtOnce())))

    assert len(found) == 10
    assert [wait.low for wait in found] == sorted(wait.low for wait in found)
    # the last of ten waits for about five services of ten minutes at each of two counters
    assert 40 <= found[-1].low <= 60
    assert all(wait.low < wait.high for wait in found)


def test_a_newcomer_waits_behind_everybody_and_only_where_somebody_serves(hall: StoryHall) -> None:
    found = forecast(hall, MonteCarlo(AtOnce()))

    newcomer = found.for_newcomer("special", "rent")
    assert newcomer is not None
    assert newcomer.low >= waits(hall, found)[-1].low
    assert found.for_newcomer("care", "rent") is None


def test_between_two_simulations_the_minutes_go_by(hall: StoryHall) -> None:
    forecaster = MonteCarlo(AtOnce())
    before = waits(hall, forecast(hall, forecaster))[-1]
    forecaster._worker = Never()

    later = waits(hall, forecast(hall.at("09:01:30"), forecaster))[-1]

    assert before.low - 2 <= later.low <= before.low - 1


class Never(AtOnce):
    is_free = False


def test_until_the_first_simulation_has_come_queue_work_answers(hall: StoryHall) -> None:
    assert len(waits(hall, forecast(hall, MonteCarlo(Never())))) == 10


def test_while_the_past_is_being_read_queue_work_answers_and_nobody_waits(hall: StoryHall) -> None:
    past = lived_days(RULES, date(2026, 11, 9), 5, seed=1, visits=30)
    left_for_later: list[Callable[[], None]] = []
    asked: list[Job] = []

    class Noting(AtOnce):
        def ask(self, job: Job, then: Callable[[Answer], None]) -> None:
            asked.append(job)

    forecaster = MonteCarlo(Noting(), lambda _: past, beside=left_for_later.append)
    for _ in range(2):
        assert len(waits(hall, forecast(hall, forecaster))) == 10
    assert hall.hall.read(lambda day, at: forecaster.learn(day)).days == 0
    assert (len(left_for_later), asked) == (1, [])

    left_for_later.pop()()
    forecast(hall, forecaster)

    assert hall.hall.read(lambda day, at: forecaster.learn(day)).days == 5
    assert len(asked) == 1


def test_a_past_that_cannot_be_read_is_said_to_the_operator_and_tried_again(
    hall: StoryHall, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def unreadable(today: date) -> list[PastDay]:
        tried.append(today)
        raise OSError("the disk is away")

    forecaster = MonteCarlo(AtOnce(), unreadable)
    for _ in range(2):
        assert len(waits(hall, forecast(hall, forecaster))) == 10

    assert len(tried) == 2
    assert "could not be learnt from" in caplog.text


def test_the_later_it_is_the_less_likely_a_newcomer_is_served_today(hall: StoryHall) -> None:
    def chance(moment: str) -> float:
        return forecast(hall.at(moment), MonteCarlo(AtOnce())).served_today["special", "rent"]

    # ten wait for ten minutes each at two counters; the hall closes at five
    assert chance("09:01") == 1.0
    assert 0.02 < chance("16:05") < 0.98
    assert chance("16:55") == 0.0


def test_the_range_keeps_what_was_foreseen_before_it_was_straightened(hall: StoryHall) -> None:
    twice = Recalibration((0.0, 2.0, 0.0), (0.0, 0.0, 2.0))
    last = waits(hall, forecast(hall, MonteCarlo(AtOnce(), recalibration=lambda _: twice)))[-1]

    assert last.p50 is not None
    assert last.p90 is not None
    assert last.low == int(2 * last.p50)
    assert last.high >= 2 * last.p90


@pytest.mark.timeout(240)
def test_the_forecaster_dies_ranges_disappear_and_the_hall_goes_on(hall: StoryHall, worker: WorkerClient) -> None:
    forecaster = MonteCarlo(worker)
    forecast(hall, forecaster)
    wait_until(lambda: forecaster.has_foreseen, COMPILES_WITHIN_SECONDS)
    pid = worker.pid
    assert pid is not None
    assert len(waits(hall, forecast(hall, forecaster))) == 10

    wait_until(lambda: worker.is_free)
    os.kill(pid, signal.SIGKILL)
    forecast(hall.at("09:01"), forecaster)
    wait_until(lambda: worker.pid is None)

    assert waits(hall, forecast(hall.at("09:03"), forecaster)) == []
    assert hall.ahead_of(hall.queue()[-1]) == 9
    hall.visitor_takes_ticket("rent")


@pytest.mark.timeout(240)
def test_a_new_process_takes_the_place_of_one_that_died(hall: StoryHall) -> None:
    moment = [0.0]
    worker = WorkerClient(clock=lambda: moment[0])
    forecaster = MonteCarlo(worker)
    forecast(hall, forecaster)
    wait_until(lambda: forecaster.has_foreseen, COMPILES_WITHIN_SECONDS)
    wait_until(lambda: worker.is_free)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    forecast(hall.at("09:02"), forecaster)
    wait_until(lambda: worker.pid is None)

    moment[0] += 60
    wait_until(lambda: worker.is_free)
    forecast(hall.at("09:05"), forecaster)
    wait_until(lambda: len(waits(hall, forecast(hall, forecaster))) == 10, COMPILES_WITHIN_SECONDS)

    assert worker.pid not in (None, first)
    worker.close()


@pytest.mark.timeout(240)
def test_the_process_answers_a_server_of_greenlets_too() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tests.foresight.under_eventlet"], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "300"
