"""The simulated day: about as many people as it says, in two waves, with service times around their mean."""

from __future__ import annotations

from random import Random

from queue_server.demo.profile import (
    HALF_HOURS,
    VISITS_A_DAY,
    ServiceFacts,
    a_visitor,
    arrivals_per_second,
    next_arrival,
    service_seconds,
)


def a_day(seed: int) -> list[float]:
    random, moments, now = Random(seed), [], 0.0
    while (coming := next_arrival(now, 1.0, random)) is not None:
        moments.append(coming)
        now = coming
    return moments


def test_a_day_has_about_its_visits_and_none_after_closing() -> None:
    counts = [len(a_day(seed)) for seed in range(20)]

    assert abs(sum(counts) / 20 - VISITS_A_DAY) < 0.05 * VISITS_A_DAY  # sd of the mean is 1.3 %
    assert max(max(a_day(seed)) for seed in range(5)) <= len(HALF_HOURS) * 1800


def test_mid_morning_and_mid_afternoon_are_busiest_and_noon_is_quiet() -> None:
    def rate(hours: float) -> float:
        return arrivals_per_second(hours * 3600, 1.0)

    assert rate(2) > rate(0.2) > rate(9) == 0
    assert rate(2) > rate(3.6) < rate(5.2)


def test_service_times_have_the_mean_they_promise() -> None:
    random = Random(7)
    times = [service_seconds(10, random) for _ in range(4000)]

    assert abs(sum(times) / len(times) - 600) < 25  # 2 standard errors are 13 s


def test_care_is_never_coached_and_only_what_can_be_coached_is() -> None:
    services = [ServiceFacts("a", True, 5), ServiceFacts("b", False, 5)]
    visitors = [a_visitor(services, Random(seed)) for seed in range(500)]

    assert not any(visitor.coaching for visitor in visitors if visitor.care or visitor.service == "b")
    assert any(visitor.coaching for visitor in visitors)
