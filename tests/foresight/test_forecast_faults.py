"""Bad input and faults: the hall goes on, says that it does not know, and recovers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from story import MONDAY, RULES, StoryHall

from queue_server.demo.past.lived_day import lived_days
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.apply import apply
from queue_server.domain.decide import decide
from queue_server.domain.hall_day import HallDay
from queue_server.foresight.base import WaitRange
from queue_server.foresight.learn_habits import PastDay, learn_habits
from queue_server.foresight.monte_carlo import MonteCarlo, newcomers
from queue_server.foresight.scenario_of_day import scenario_of
from queue_server.foresight.simulation.run import simulate
from queue_server.foresight.worker import answer
from queue_server.foresight.worker_client import ANSWERS_WITHIN_SECONDS, MOST_QUESTIONS, ForecastAway, WorkerClient
from queue_server.foresight.worker_line import Answer, Job
from queue_server.foresight.worker_watch import Look, Watch, allowance, look_at
from queue_server.stores.memory import MemoryLog
from tests.judge.big_hall import big_hall, full_day
from tests.voice.listening import wait_until

COMPILES_WITHIN_SECONDS = 150
ENDLESS = 10_000_000  # lives: more than a test waits for


class AtOnce:
    """Simulates in this process."""

    is_free = True

    def ask(self, job: Job, then: Callable[[Answer], None]) -> None:
        then(answer(job))

    def work_out(self, job: object, within_seconds: float) -> object:
        raise NotImplementedError


def hall_of(rules=RULES, *, waiting: int = 6) -> StoryHall:  # type: ignore[no-untyped-def]
    hall = StoryHall(MemoryLog(), rules).officer_opens("3")
    for _ in range(waiting + 1):
        hall.visitor_takes_ticket("rent")
    hall.visitor_is_served(hall.counter_calls_next("3"))
    return hall


def ranges(hall: StoryHall, forecaster: MonteCarlo) -> list[WaitRange]:
    found = hall.hall.read(forecaster.forecast).tickets
    return [wait for number in hall.queue() if (wait := found[number].wait) is not None]


# --- what the hall may hand to it


def test_without_any_history_ranges_are_told_and_called_rough() -> None:
    found = ranges(hall_of(), MonteCarlo(AtOnce()))

    assert len(found) == 6
    assert all(wait.rough for wait in found)


def test_a_hall_of_one_service_and_one_counter() -> None:
    only = {"services": {"rent": RULES.services["rent"]}, "counters": {"3": RULES.counters["3"]}}
    one = replace(RULES, **only, zones={"special": RULES.zones["special"]})
    hall = hall_of(one)

    found = ranges(hall, MonteCarlo(AtOnce(), lambda _: lived_days(one, date(2026, 11, 9), 5, seed=1, visits=30)))

    assert [wait.low for wait in found] == sorted(wait.low for wait in found)
    assert found[-1].high > 20


def test_counters_and_services_that_vanished_since_are_forgotten() -> None:
    past = lived_days(RULES, date(2026, 11, 9), 5, seed=1, visits=60)
    fewer = {key: own for key, own in RULES.counters.items() if key not in ("4", "6")}
    now = replace(RULES, counters=fewer, services={key: RULES.services[key] for key in ("rent", "print")})

    forecaster = MonteCarlo(AtOnce(), lambda _: past)

    assert len(ranges(hall_of(now), forecaster)) == 6
    assert len(ranges(hall_of(RULES), forecaster)) == 6  # and back, in the middle of the day


def test_a_service_that_nobody_ended_teaches_nothing_of_how_long_services_take() -> None:
    day, at = HallDay(RULES, MONDAY.date()), MONDAY.replace(hour=9)
    events: list[e.Event] = []

    def do(command: c.Command, hour: int) -> None:
        found = decide(command, day, at.replace(hour=hour))
        events.extend(found)
        for event in found:
            apply(day, event)

    do(c.OpenDesk(id="o", actor="3", counter="3", officer="of-3"), 9)
    do(c.IssueTicket(id="t", actor="k", service="rent"), 9)
    do(c.CallNext(id="c", actor="3", counter="3"), 9)
    number = next(iter(day.tickets))
    do(c.StartService(id="s", actor="3", ticket=number), 9)
    do(c.EndService(id="e", actor="3", ticket=number, outcome="done"), 16)  # seven hours later

    habits = learn_habits(RULES, [PastDay(day, events)], MONDAY.date())

    assert habits.measured == 0
    assert habits.service_times["rent"].max() < 60


def test_when_the_clock_jumps_nothing_false_is_told_and_the_next_simulation_tells_again() -> None:
    hall, worker = hall_of(), AtOnce()
    forecaster = MonteCarlo(worker)
    before = ranges(hall.at("10:00"), forecaster)
    worker.is_free = False

    assert ranges(hall.at("09:00"), forecaster) == []  # an hour back
    assert ranges(hall.at("13:00"), forecaster) == []  # and four hours on
    worker.is_free = True
    after = ranges(hall.at("09:30"), forecaster)

    assert len(after) == len(before) == 6


def test_two_thousand_may_wait() -> None:
    day = full_day(2000, 12)
    assert day.last_at is not None
    asked = scenario_of(day, day.last_at, learn_habits(day.rules, [], day.day), newcomers(day.rules))

    waits, _ = simulate(asked.scenario, 5, seed=1)

    assert waits.shape == (5, 2000)
    assert np.isfinite(waits).any(axis=0).sum() > 200  # who is called within ten hours
    found = MonteCarlo(AtOnce(), repetitions=5).forecast(day, day.last_at)
    assert len(found.tickets) == 2000
    assert any(one.wait is None for one in found.tickets.values())  # too far for a range to help anybody
    assert any(one.wait is not None for one in found.tickets.values())


# --- what may happen to its process


@pytest.fixture
def worker() -> Iterator[WorkerClient]:
    worker = WorkerClient()
    yield worker
    worker.close()


def lives_again(hall: StoryHall, forecaster: MonteCarlo, moment: str) -> None:
    """Simulations come again by themselves, as screens go on asking."""
    hall.at(moment)

    def told() -> bool:
        return len(ranges(hall, forecaster)) == 6 and forecaster.has_foreseen

    wait_until(told, COMPILES_WITHIN_SECONDS)


@pytest.mark.timeout(300)
def test_killed_in_the_middle_of_a_simulation_it_is_missed_and_replaced(worker: WorkerClient) -> None:
    hall, forecaster = hall_of(), MonteCarlo(worker)
    forecaster._repetitions = ENDLESS
    ranges(hall, forecaster)
    wait_until(lambda: worker.pid is not None)
    assert not worker.is_free
    first = worker.pid
    assert first is not None

    os.kill(first, signal.SIGKILL)
    wait_until(lambda: worker.pid is None)

    assert hall.ahead_of(hall.queue()[-1]) == 5  # the hall goes on
    hall.visitor_takes_ticket("rent")
    hall.visitor_leaves(hall.queue()[-1])
    forecaster._repetitions = 200
    lives_again(hall, forecaster, "09:10")
    assert worker.pid not in (None, first)


@pytest.mark.timeout(300)
def test_hung_it_is_replaced_within_seconds_and_loses_nothing(worker: WorkerClient) -> None:
    hall, forecaster = hall_of(), MonteCarlo(worker)
    lives_again(hall, forecaster, "09:00")
    wait_until(lambda: worker.is_free)
    first = worker.pid
    assert first is not None

    os.kill(first, signal.SIGSTOP)
    ranges(hall.at("09:01"), forecaster)
    began = time.monotonic()
    wait_until(lambda: worker.pid != first, ANSWERS_WITHIN_SECONDS)

    assert time.monotonic() - began < ANSWERS_WITHIN_SECONDS / 4
    assert hall.hall.read(forecaster.forecast).tickets  # people ahead are told meanwhile
    lives_again(hall, forecaster, "09:05")


@pytest.mark.timeout(300)
def test_hung_with_a_job_too_large_for_the_line_it_is_replaced_too(worker: WorkerClient) -> None:
    answers: list[Answer] = []
    worker.ask(Job(1, big_hall(waiting=20, counters=2), 1), answers.append)
    wait_until(lambda: bool(answers) and worker.is_free, COMPILES_WITHIN_SECONDS)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)

    with pytest.raises(ForecastAway) as away:
        worker.work_out(b"much" * 1_000_000, ANSWERS_WITHIN_SECONDS)

    assert away.value.code == "forecast_away"
    assert worker.pid is None


def test_questions_that_nobody_waits_for_any_more_take_nobodys_place() -> None:
    worker, begun = WorkerClient(), list[object]()
    worker._begin = begun.append  # type: ignore[assignment] # nothing is ever answered
    try:
        for _ in range(2 * MOST_QUESTIONS):  # alike, and each given up before the next is asked
            with pytest.raises(ForecastAway, match="forecast_starting"):
                worker.work_out(("the same", 1), within_seconds=0.0)
        assert worker._next_question() is None
    finally:
        worker.close()


def test_one_that_stands_in_line_for_a_busy_processor_does_not_hang() -> None:
    watch = Watch()

    assert not any(watch.hangs(Look(1.0, "R")) for _ in range(1000))
    assert not any(watch.hangs(Look(1.0, "T")) for _ in range(4))
    assert watch.hangs(Look(1.0, "T"))  # stopped, five seconds long


def test_one_that_waits_for_something_hangs_and_one_that_gets_on_does_not() -> None:
    asleep, at_work = Watch(), Watch()

    assert [asleep.hangs(Look(1.0, "S")) for _ in range(6)] == [False] * 4 + [True, True]
    assert not any(at_work.hangs(Look(second / 10, "S")) for second in range(100))


def test_one_that_reckons_for_ever_hangs_after_several_times_the_longest_answer() -> None:
    watch = Watch(allowance(20.0))

    assert next(second for second in range(200) if watch.hangs(Look(5.0 + second, "R"))) == 121
    assert allowance(0.1) == 60.0


def test_where_the_system_says_nothing_only_the_clock_does() -> None:
    assert look_at(-1) is None
    assert not any(Watch().hangs(None) for _ in range(1000))
    mine = look_at(os.getpid())
    assert mine is not None
    assert mine.state == "R"
    assert mine.used == pytest.approx(time.process_time(), abs=1.0)
