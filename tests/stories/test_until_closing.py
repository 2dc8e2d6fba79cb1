"""Whether a number taken now is served today: certain, stand-by or unlikely, by what waits and what time is left.

Counters 3 and 4 do a `rent` in 10 minutes; the hall closes at 17:00 and takes a risk of 5 % (1.645 deviations).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from story import MONDAY, RULES, StoryHall

from queue_server.domain.closing import open_minutes_left, promise_for
from queue_server.domain.rules import HallRules, Hours
from queue_server.stores.memory import MemoryLog

ONE_COUNTER = replace(RULES, counters={"3": RULES.counters["3"]})


def a_hall(rules: HallRules = ONE_COUNTER, **changes: Any) -> StoryHall:
    return StoryHall(MemoryLog(), replace(rules, **changes)).officer_opens("3")


def promised(hall: StoryHall, moment: str, zone: str = "special") -> str:
    return hall.at(moment).hall.read(lambda day, at: promise_for("rent", zone, day, at))


def with_waiting(people: int) -> StoryHall:
    hall = a_hall()
    for _ in range(people):
        hall.at("16:00").visitor_takes_ticket()
    return hall


def test_an_empty_hall_promises_until_it_closes() -> None:
    assert [promised(a_hall(), moment) for moment in ("16:59:30", "17:00")] == ["certain", "standby"]


@pytest.mark.parametrize(
    ("moment", "promise"),
    [
        ("16:10", "certain"),  # 20 min of work, deviation 8 × √2 = 11.3, × 1.645 = 18.6: 38.6 of 50 min
        ("16:21", "certain"),  # 38.6 of 39
        ("16:22", "standby"),  # 38.6 of 38
        ("16:40", "standby"),  # 20 of 20
        ("16:41", "unlikely"),
    ],
)
def test_the_promise_takes_the_risk_that_the_hall_has_set(moment: str, promise: str) -> None:
    assert promised(with_waiting(2), moment) == promise


def test_a_risk_of_one_half_looks_at_the_mean_alone() -> None:
    hall = a_hall(limits=replace(RULES.limits, closing_risk_percent=50))
    for _ in range(2):
        hall.at("16:00").visitor_takes_ticket()

    assert [promised(hall, moment) for moment in ("16:40", "16:41")] == ["certain", "unlikely"]


def test_two_counters_do_twice_as_much() -> None:
    hall = a_hall(replace(RULES, counters={n: RULES.counters[n] for n in ("3", "4")})).officer_opens("4")
    for _ in range(2):
        hall.at("16:00").visitor_takes_ticket()

    # 10 min and 18.6 / 2
    assert [promised(hall, moment) for moment in ("16:40", "16:41", "16:50", "16:51")] == [
        "certain",
        "standby",
        "standby",
        "unlikely",
    ]


def test_the_service_under_way_counts_with_what_is_left_of_it_and_never_less_than_a_quarter() -> None:
    hall = a_hall(limits=replace(RULES.limits, closing_risk_percent=50))
    number = hall.at("16:20").visitor_takes_ticket()
    hall.counter_calls_next("3")
    assert [promised(hall, moment) for moment in ("16:50", "16:51")] == ["certain", "unlikely"]  # 10 min to come

    hall.at("16:50").visitor_is_served(number)
    assert promised(hall, "16:53") == "certain"  # 7 of 7
    hall = a_hall(limits=replace(RULES.limits, closing_risk_percent=50))
    number = hall.at("16:20").visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    assert [promised(hall, moment) for moment in ("16:57", "16:58")] == ["certain", "unlikely"]  # 2.5 min


def test_where_nobody_can_serve_it_nothing_is_certain() -> None:
    assert promised(a_hall(), "10:00", "care") == "standby"


def test_lunch_is_not_open() -> None:
    spans = ((time(9), time(12)), (time(13, 30), time(17)))
    day = a_hall(hours=Hours({0: spans})).day()

    left = {hour: open_minutes_left(day, MONDAY.replace(hour=hour)) for hour in (8, 11, 13, 16, 18)}

    assert left == {8: 390.0, 11: 270.0, 13: 210.0, 16: 60.0, 18: 0.0}


@pytest.mark.parametrize(
    ("chance", "promise"), [(0.95, "certain"), (0.94, "standby"), (0.5, "standby"), (0.49, "unlikely")]
)
def test_where_the_forecast_knows_the_chance_its_word_counts(chance: float, promise: str) -> None:
    hall = with_waiting(2).at("16:10")  # by usual service times: certain
    number = hall.visitor_takes_ticket(served_today={("special", "rent"): chance})

    assert hall.ticket(number).promise == promise


def test_a_chance_promises_nothing_once_the_hall_is_shut() -> None:
    hall = a_hall().at("17:00")

    assert hall.hall.read(lambda day, at: promise_for("rent", "special", day, at, 1.0)) == "standby"


def test_before_any_counter_has_opened_the_usual_hours_promise_the_day() -> None:
    hall = StoryHall(MemoryLog(), ONE_COUNTER).at("09:00")

    assert hall.hall.read(lambda day, at: promise_for("rent", "special", day, at, 0.0)) == "certain"
