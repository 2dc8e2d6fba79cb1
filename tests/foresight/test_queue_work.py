"""The queue-work predictor: honest on simple halls, silent where it knows nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from story import MONDAY, StoryHall

from queue_server.domain.hall_day import HallDay
from queue_server.foresight.base import Forecast
from queue_server.foresight.queue_work import WALK_MINUTES, QueueWork
from queue_server.stores.memory import MemoryLog


@pytest.fixture
def hall() -> StoryHall:
    return StoryHall(MemoryLog())


def forecast(hall: StoryHall) -> Forecast:
    return hall.hall.read(QueueWork().forecast)


def a_day_of_services(minutes: int, many: int) -> HallDay:
    """A past day on which the same service took this long each time."""
    past = StoryHall(MemoryLog(), morning=MONDAY - timedelta(days=3)).officer_opens("3")
    for _ in range(many):
        number = past.visitor_takes_ticket()
        past.counter_calls_next("3")
        past.visitor_is_served(number)
        past.clock.moment += timedelta(minutes=minutes)
        past.officer_ends(number)
    return past.day()


def test_with_a_free_counter_nobody_waits(hall: StoryHall) -> None:
    hall.officer_opens("3")

    wait = forecast(hall).zones["special"]
    assert wait is not None
    assert wait.low == 0


def test_without_an_open_counter_no_wait_is_shown(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()

    assert forecast(hall).zones["special"] is None
    assert forecast(hall).tickets[number].wait is None


def test_a_loan_waits_for_counters_that_do_loans_though_others_are_free(hall: StoryHall) -> None:
    hall.officer_opens("6")
    rent = hall.visitor_takes_ticket("rent")
    loan = hall.visitor_takes_ticket("loan")

    tickets = forecast(hall).tickets
    assert tickets[rent].wait is None
    assert tickets[loan].wait is not None
    assert tickets[loan].ahead == 0


def test_each_person_ahead_adds_their_service_and_walk(hall: StoryHall) -> None:
    hall.officer_opens("3")
    numbers = [hall.visitor_takes_ticket() for _ in range(4)]

    found = forecast(hall).tickets
    lows = [found[number].wait.low for number in numbers]  # type: ignore[union-attr]
    assert lows == [int(n * (10 + WALK_MINUTES)) for n in range(4)]  # rent takes 10 minutes
    assert [found[number].ahead for number in numbers] == [0, 1, 2, 3]


def test_two_counters_halve_the_wait(hall: StoryHall) -> None:
    hall.officer_opens("3", "4")
    numbers = [hall.visitor_takes_ticket() for _ in range(5)]

    assert forecast(hall).tickets[numbers[4]].wait.low == int(2 * (10 + WALK_MINUTES))  # type: ignore[union-attr]


def test_a_service_under_way_counts_for_what_is_left_of_it(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    present = hall.visitor_takes_ticket()
    waiting = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(present)

    hall.at("09:06")
    assert forecast(hall).tickets[waiting].wait.low == 4  # type: ignore[union-attr]  # 10 − 6


def test_measured_services_move_the_estimate(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    for n in range(15):
        number = hall.at(f"{9 + n // 2}:{30 * (n % 2):02d}").visitor_takes_ticket()
        hall.counter_calls_next("3")
        hall.visitor_is_served(number)
        hall.at(f"{9 + n // 2}:{30 * (n % 2) + 20:02d}").officer_ends(number)
    first, second = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()

    found = forecast(hall).tickets
    # 15 services of 20 min and the catalogue's 10 min counted five times: (15 × 20 + 5 × 10) / 20 = 17.5
    assert found[second].wait.low == int(17.5 + WALK_MINUTES)  # type: ignore[union-attr]
    assert found[first].wait.low == 0  # type: ignore[union-attr]


def test_a_hall_that_has_measured_little_says_that_it_guesses(hall: StoryHall) -> None:
    hall.officer_opens("3")

    wait = forecast(hall).zones["special"]
    assert wait is not None
    assert wait.rough


def test_the_days_before_are_remembered_each_morning(hall: StoryHall) -> None:
    hall.officer_opens("3")
    first, second = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()
    asked: list[date] = []

    def past_days(today: date) -> list[HallDay]:
        asked.append(today)
        return [a_day_of_services(minutes=12, many=35)]

    forecaster = QueueWork(past_days)
    waits = [hall.hall.read(forecaster.forecast).tickets[number].wait for number in (first, second)]

    # 35 services of 12 min and the catalogue's 10 min counted five times: (35 × 12 + 5 × 10) / 40 = 11.75
    assert waits[1].low == int(11.75 + WALK_MINUTES)  # type: ignore[union-attr]
    assert not waits[1].rough  # type: ignore[union-attr]
    assert asked == [MONDAY.date()]


def test_a_range_has_a_width_that_grows_with_the_queue(hall: StoryHall) -> None:
    hall.officer_opens("3")
    numbers = [hall.visitor_takes_ticket() for _ in range(6)]

    waits = [forecast(hall).tickets[number].wait for number in numbers]
    widths = [wait.high - wait.low for wait in waits]  # type: ignore[union-attr]
    assert widths == sorted(widths)
    assert widths[0] >= 1


def test_somebody_new_with_a_loan_is_told_the_wait_of_the_loan_counters(hall: StoryHall) -> None:
    hall.officer_opens("3", "6")
    for _ in range(2):
        hall.visitor_takes_ticket("rent")

    found = forecast(hall)
    assert found.for_newcomer("special", "loan").low == 0  # type: ignore[union-attr]  # counter 6 is free
    assert found.for_newcomer("special", "rent").low == int(2 * (10 + WALK_MINUTES))  # type: ignore[union-attr]


def test_people_ahead_are_counted_as_the_calling_order_counts_them(hall: StoryHall) -> None:
    hall.officer_opens("3", "6")
    for service in ("rent", "loan", "print", "loan", "rent", "loan"):
        number = hall.visitor_takes_ticket(service)
        assert forecast(hall).tickets[number].ahead == hall.ahead_of(number)
