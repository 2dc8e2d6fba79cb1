"""Something is missing: the number is taken, the visitor fetches it, and the day is not lost."""

from __future__ import annotations

from datetime import date

import pytest
from story import StoryHall

from queue_server.domain.commands import PromiseTomorrow
from queue_server.domain.measures import wait_time
from queue_server.domain.refusals import NotTooLate
from queue_server.domain.ticket import Stage

BANK_CARD = ("M-CARD",)


def goes_for_it(hall: StoryHall) -> str:
    return hall.visitor_takes_ticket("loan", missing=BANK_CARD, to_fetch=True)


def test_whoever_fetches_a_paper_holds_up_nobody(hall: StoryHall) -> None:
    away = goes_for_it(hall.at("09:00"))
    here = hall.at("09:05").visitor_takes_ticket("loan")

    assert hall.stage(away) is Stage.PARKED
    assert hall.ahead_of(here) == 0
    assert hall.at("09:06").officer_opens("3").counter_calls_next("3") == here


def test_back_with_the_paper_the_visitor_stands_behind_the_next_two(hall: StoryHall) -> None:
    away = goes_for_it(hall.at("09:00"))
    waiting = [hall.at(f"09:0{n}").visitor_takes_ticket("loan") for n in range(1, 6)]
    hall.at("10:00").visitor_comes_back(away)

    assert [hall.ahead_of(ticket) for ticket in (waiting[1], away, waiting[2])] == [1, 2, 3]


def test_when_nobody_waits_it_is_called_at_once(hall: StoryHall) -> None:
    away = goes_for_it(hall.at("09:00"))
    hall.at("10:00").visitor_comes_back(away)

    assert hall.officer_opens("3").counter_calls_next("3") == away


def test_the_errand_is_not_counted_as_waiting(hall: StoryHall) -> None:
    away = goes_for_it(hall.at("09:00"))
    hall.at("11:00").visitor_comes_back(away)
    hall.at("11:04").officer_opens("3").counter_calls_next("3")
    hall.at("11:05").visitor_is_served(away)

    assert wait_time(hall.ticket(away), hall.clock.now()) == 4


def test_the_codes_of_what_is_missing_stay_with_the_ticket(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket("loan", missing=BANK_CARD)

    assert hall.stage(number) is Stage.WAITING
    assert hall.ticket(number).missing == BANK_CARD


def test_whoever_never_comes_back_is_gone_with_the_day(hall: StoryHall) -> None:
    away = goes_for_it(hall.at("09:00"))
    hall.at("19:00").day_is_closed()

    assert hall.stage(away) is Stage.ABANDONED


def test_with_a_paper_missing_tomorrow_is_promised_though_today_would_do(hall: StoryHall) -> None:
    wish = {"booking": "B", "service": "loan", "day": date(2026, 11, 24)}
    hall.at("09:30").officer_opens("3")
    with pytest.raises(NotTooLate):
        hall._do(PromiseTomorrow, "kiosk:K1", **wish)

    promised = hall._do(PromiseTomorrow, "kiosk:K1", **wish, missing=BANK_CARD)
    assert promised.recorded[0].event.missing == BANK_CARD  # type: ignore[attr-defined]
