"""The queue-work predictor: honest on simple halls, silent where it knows nothing."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.foresight.base import Forecast
from queue_server.foresight.queue_work import WALK_MINUTES, QueueWork
from queue_server.stores.memory import MemoryLog


@pytest.fixture
def hall() -> StoryHall:
    return StoryHall(MemoryLog())


def forecast(hall: StoryHall, services_before: int = 100) -> Forecast:
    return hall.hall.read(QueueWork(services_before).forecast)


def test_with_a_free_counter_nobody_waits(hall: StoryHall) -> None:
    hall.officer_opens("3")

    wait = forecast(hall).zones["special"]
    assert wait is not None
    assert (wait.low, wait.rough) == (0, False)


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

    wait = forecast(hall, services_before=0).zones["special"]
    assert wait is not None
    assert wait.rough


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
