"""The calling order, and the counters that call."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.domain.commands import OpenDesk
from queue_server.domain.refusals import (
    CounterBusy,
    DeskIsOpen,
    DeskNotOpen,
    NobodyWaiting,
    OfficerElsewhere,
)


def test_whoever_came_first_is_called_first(hall: StoryHall) -> None:
    hall.officer_opens("3", "4")
    first = hall.at("09:01").visitor_takes_ticket()
    second = hall.at("09:02").visitor_takes_ticket()

    assert [hall.counter_calls_next("3"), hall.counter_calls_next("4")] == [first, second]


def test_at_the_same_moment_the_lower_number_goes_first(hall: StoryHall) -> None:
    numbers = [hall.at("09:00").visitor_takes_ticket() for _ in range(5)]

    assert hall.queue() == numbers


def test_a_counter_calls_only_what_it_serves(hall: StoryHall) -> None:
    hall.officer_opens("6")
    hall.visitor_takes_ticket("rent")
    loan = hall.visitor_takes_ticket("loan")

    assert hall.counter_calls_next("6") == loan
    hall.visitor_is_served(loan)
    hall.officer_ends(loan)
    with pytest.raises(NobodyWaiting):
        hall.counter_calls_next("6")


def test_people_ahead_are_those_who_compete_for_the_same_counters(hall: StoryHall) -> None:
    hall.visitor_takes_ticket("rent")
    hall.visitor_takes_ticket("rent", online=True)  # another zone
    last = hall.visitor_takes_ticket("loan")

    assert hall.ahead_of(last) == 1


def test_a_counter_serves_one_visitor_at_a_time(hall: StoryHall) -> None:
    hall.officer_opens("3")
    hall.visitor_takes_ticket()
    hall.visitor_takes_ticket()
    hall.counter_calls_next("3")

    with pytest.raises(CounterBusy):
        hall.counter_calls_next("3")


def test_a_closed_or_paused_desk_calls_nobody(hall: StoryHall) -> None:
    hall.visitor_takes_ticket()
    with pytest.raises(DeskNotOpen):
        hall.counter_calls_next("3")
    hall.officer_opens("3").officer_pauses("3")
    with pytest.raises(DeskNotOpen):
        hall.counter_calls_next("3")
    assert hall.queue() == ["T0001"]


def test_a_second_officer_cannot_take_a_counter_nor_one_officer_two(hall: StoryHall) -> None:
    hall.officer_opens("3")

    with pytest.raises(DeskIsOpen):
        hall.handle(OpenDesk(id="a", actor="officer:x", counter="3", officer="x"))
    with pytest.raises(OfficerElsewhere):
        hall.handle(OpenDesk(id="b", actor="officer:3", counter="4", officer="officer-3"))


def test_a_certain_ticket_can_be_called_and_the_log_says_it_was_chosen(hall: StoryHall) -> None:
    hall.officer_opens("3")
    hall.visitor_takes_ticket()
    second = hall.visitor_takes_ticket()

    hall.counter_calls("3", second)

    assert hall.hall.events()[-1].event.chosen  # type: ignore[attr-defined]
