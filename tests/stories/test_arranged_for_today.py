"""A supervisor arranges the day otherwise: longer hours, what counters serve, one more counter, a visitor back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain.refusals import (
    ActNeedsReason,
    CounterKnown,
    CounterNumberWrong,
    DeskNotOpen,
    HallClosed,
    HoursWrong,
    NobodyWaiting,
    NothingChanges,
    WrongStage,
)
from queue_server.domain.ticket import Stage
from queue_server.service.timekeeper import keep_time
from queue_server.stores.memory import MemoryLog
from tests.story import MONDAY, StoryHall


@pytest.fixture
def hall() -> StoryHall:
    return StoryHall(MemoryLog()).at("09:00").officer_opens("1", "3")


def wish(hall: StoryHall, kind: type[c.Command], **fields: Any) -> None:
    hall.handle(kind(id=f"{kind.__name__}-{len(hall.events())}", actor="supervisor:sun", **fields))


def extend(hall: StoryHall, hour: int | None, reason: str = "人多") -> None:
    wish(hall, c.ExtendHours, closes=None if hour is None else MONDAY.replace(hour=hour), reason=reason)


# --- hours


def test_numbers_are_given_until_the_new_end_and_the_day_closes_later(hall: StoryHall) -> None:
    extend(hall, 18)
    assert hall.at("17:30").visitor_takes_ticket()

    keep_time(hall.at("19:59").hall)  # two hours after the usual end it would be over
    assert not hall.day().is_over
    keep_time(hall.at("20:00").hall)
    assert hall.day().is_over


def test_tomorrow_is_as_usual_and_a_restart_keeps_today(hall: StoryHall) -> None:
    extend(hall, 18)
    assert hall.restarted().at("17:30").visitor_takes_ticket()

    tuesday = hall.on(MONDAY + timedelta(days=1)).at("17:30")
    with pytest.raises(HallClosed):
        tuesday.visitor_takes_ticket()


def test_it_is_taken_back(hall: StoryHall) -> None:
    extend(hall, 18)
    extend(hall, None)

    with pytest.raises(HallClosed):
        hall.at("17:30").visitor_takes_ticket()
    with pytest.raises(NothingChanges):
        extend(hall, None)


@pytest.mark.parametrize("hour", [8, 16, 17])
def test_hours_are_only_made_longer_and_with_a_reason(hall: StoryHall, hour: int) -> None:
    with pytest.raises(HoursWrong):
        extend(hall, hour)
    with pytest.raises(ActNeedsReason):
        extend(hall, 18, reason=" ")


# --- counters


def test_a_counter_serves_another_zone_from_its_next_call_on(hall: StoryHall) -> None:
    here, there = hall.visitor_takes_ticket(), hall.visitor_takes_ticket(online=True)
    wish(hall, c.ChangeCounter, counter="3", zone="smart", reason="人多")
    assert hall.counter_calls_next("3") == there
    hall.visitor_is_served(there)
    hall.officer_ends(there)

    wish(hall, c.RestoreCounter, counter="3")
    assert hall.counter_calls_next("3") == here


def test_a_counter_serves_fewer_services(hall: StoryHall) -> None:
    hall.visitor_takes_ticket("loan")
    wish(hall, c.ChangeCounter, counter="3", zone="special", services=("rent",), reason="人多")

    with pytest.raises(NobodyWaiting):
        hall.counter_calls_next("3")
    with pytest.raises(NothingChanges):
        wish(hall, c.ChangeCounter, counter="3", zone="special", services=("rent",), reason="人多")


def test_a_counter_for_today_is_sat_at_and_shut_like_a_reserve(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()
    wish(hall, c.AddCounter, counter="12", zone="special", reason="人多")
    assert hall.officer_opens("12").counter_calls_next("12") == number

    again = hall.restarted()
    assert again.day() == hall.day()
    wish(again, c.CloseReserve, counter="12")
    assert "12" not in again.on(MONDAY + timedelta(days=1)).day().rules.counters


def test_its_number_is_new_and_fits_the_displays(hall: StoryHall) -> None:
    with pytest.raises(CounterKnown):
        wish(hall, c.AddCounter, counter="3", zone="special", reason="人多")
    for number in ("007", "0", "B2", "123", ""):
        with pytest.raises(CounterNumberWrong):
            wish(hall, c.AddCounter, counter=number, zone="special", reason="人多")


# --- a visitor called back


def test_one_who_was_served_is_called_back_at_once_where_nobody_stands(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()
    hall.at("09:10").counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.officer_ends(number)
    wish(hall.at("09:30"), c.CallBack, ticket=number, counter="3", reason="漏了签字")

    ticket = hall.ticket(number)
    assert (ticket.stage, ticket.counter, ticket.ended_at) == (Stage.CALLED, "3", None)
    assert ticket.waited == timedelta(minutes=10)  # for what was done; of the call back it waited nothing


def test_one_who_left_is_next_where_somebody_stands(hall: StoryHall) -> None:
    gone, first, second = (hall.visitor_takes_ticket() for _ in range(3))
    wish(hall, c.AbandonTicket, ticket=gone)
    hall.counter_calls_next("3")
    wish(hall, c.CallBack, ticket=gone, counter="3", reason="说错了话")
    hall.visitor_is_served(first)
    hall.officer_ends(first)

    assert hall.counter_calls_next("3") == gone
    assert hall.queue() == [second]


def test_only_to_an_open_counter_and_only_who_is_not_in_a_queue(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()
    with pytest.raises(WrongStage):
        wish(hall, c.CallBack, ticket=number, counter="3", reason="x")
    wish(hall, c.AbandonTicket, ticket=number)
    with pytest.raises(DeskNotOpen):
        wish(hall, c.CallBack, ticket=number, counter="4", reason="x")
    with pytest.raises(ActNeedsReason):
        wish(hall, c.CallBack, ticket=number, counter="3", reason="")
    assert hall.stage(number) is Stage.ABANDONED
