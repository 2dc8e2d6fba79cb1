"""“I need five more minutes”: others go first, nobody else pays, and it is in line again by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain.alerts import alerts
from queue_server.domain.refusals import MarkIsNotLow, MinutesUsedUp, NobodyWaiting, SupervisorNotAsked, WrongStage
from queue_server.domain.ticket import Stage
from queue_server.service.timekeeper import keep_time
from queue_server.stores.memory import MemoryLog
from tests.story import MONDAY, RULES, StoryHall


def asks_for_minutes(hall: StoryHall, ticket: str) -> None:
    hall._do(c.AskForMinutes, "visitor", ticket=ticket)


def test_others_go_first_for_five_minutes_and_then_it_is_in_line_again_by_itself(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    late = hall.visitor_takes_ticket()
    other = hall.at("09:06").visitor_takes_ticket()
    asks_for_minutes(hall.at("09:10"), late)

    assert hall.counter_calls_next("3") == other
    keep_time(hall.at("09:14:59").hall)
    assert hall.stage(late) is Stage.PARKED
    keep_time(hall.at("09:15").hall)
    assert hall.stage(late) is Stage.WAITING
    assert hall.queue() == [late]


def test_whoever_came_within_those_minutes_stays_before_it(hall: StoryHall) -> None:
    late = hall.at("09:00").visitor_takes_ticket()
    soon = hall.at("09:04").visitor_takes_ticket()
    later = hall.at("09:06").visitor_takes_ticket()
    asks_for_minutes(hall.at("09:10"), late)
    keep_time(hall.at("09:15").hall)

    assert hall.queue() == [soon, late, later]
    assert hall.ticket(late).first_arrival_at == MONDAY.replace(hour=9)


def test_a_counter_that_has_just_called_is_free_at_once(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    late, other = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()
    hall.at("09:10").counter_calls_next("3")
    asks_for_minutes(hall, late)

    assert hall.counter_calls_next("3") == other


def test_alone_in_the_hall_the_minutes_are_real(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    asks_for_minutes(hall, hall.visitor_takes_ticket())

    with pytest.raises(NobodyWaiting):
        hall.at("09:01").counter_calls_next("3")


def test_who_is_ready_sooner_says_so(hall: StoryHall) -> None:
    number = hall.at("09:00").visitor_takes_ticket()
    asks_for_minutes(hall, number)
    hall.at("09:02").visitor_comes_back(number)

    assert hall.queue() == [number]
    keep_time(hall.at("09:06").hall)
    assert hall.events().count("TicketReturned") == 1


def test_twice_a_number_and_then_no_more(hall: StoryHall) -> None:
    number = hall.at("09:00").visitor_takes_ticket()
    for _ in range(2):
        asks_for_minutes(hall, number)
        hall.visitor_comes_back(number)
    before = hall.events()

    with pytest.raises(MinutesUsedUp):
        asks_for_minutes(hall, number)
    assert hall.events() == before


def test_who_is_being_served_has_no_need_of_minutes(hall: StoryHall) -> None:
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)

    with pytest.raises(WrongStage):
        asks_for_minutes(hall, number)


def test_a_guide_may_move_it_meanwhile_and_the_move_undone_puts_it_aside_again(hall: StoryHall) -> None:
    number = hall.at("09:00").visitor_takes_ticket()
    asks_for_minutes(hall.at("09:01"), number)
    hall.guide_moves(number, zone="care")
    hall.guide_undoes_the_move(number)
    keep_time(hall.at("09:06").hall)

    assert hall.queue() == [number]


def test_the_minutes_outlive_a_restart(hall: StoryHall) -> None:
    number = hall.at("09:00").visitor_takes_ticket()
    asks_for_minutes(hall, number)
    again = hall.restarted()
    keep_time(again.at("09:05").hall)

    assert again.queue() == [number]


@settings(max_examples=60, deadline=None)
@given(
    arrivals=st.lists(
        st.tuples(st.integers(0, 6), st.booleans(), st.sampled_from(["rent", "loan"])), min_size=2, max_size=8
    ),
    which=st.integers(0, 7),
    back_after=st.integers(0, 6),
)
def test_nobody_else_ever_has_more_people_ahead_for_it(
    arrivals: list[tuple[int, bool, str]], which: int, back_after: int
) -> None:
    with_it, without = StoryHall(MemoryLog(), RULES), StoryHall(MemoryLog(), RULES)
    for hall in (with_it, without):
        hall.at("09:00")
        for minutes, care, service in arrivals:
            hall.clock.moment += timedelta(minutes=minutes)
            hall.visitor_takes_ticket(service, care=care)
    numbers = list(with_it.day().tickets)
    late = numbers[which % len(numbers)]

    asks_for_minutes(with_it, late)
    for minutes in range(8):
        if minutes == back_after and with_it.stage(late) is Stage.PARKED:
            with_it.visitor_comes_back(late)
        keep_time(with_it.hall)
        for other in set(numbers) - {late}:
            assert with_it.ahead_of(other) <= without.ahead_of(other)
        for hall in (with_it, without):
            hall.clock.moment += timedelta(minutes=1)


# --- on the way, and a supervisor who comes


def test_on_the_way_is_said_once_a_call_and_leaves_the_order(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number, other = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()
    for _ in range(2):
        hall._do(c.SayOnTheWay, "visitor", ticket=other)
    assert hall.events().count("OnTheWaySaid") == 1
    assert hall.queue() == [number, other]
    hall.counter_calls_next("3")
    hall._do(c.SayOnTheWay, "visitor", ticket=number)

    assert hall.ticket(number).on_the_way_at is not None


def served(hall: StoryHall) -> str:
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.officer_ends(number)
    return number


def test_after_a_low_mark_a_supervisor_can_be_asked_to_come_and_says_so_once(hall: StoryHall) -> None:
    number = served(hall)
    hall.visitor_says(number, 2)
    for kind in (c.AskForSupervisor, c.AskForSupervisor, c.AnswerSupervisorCall, c.AnswerSupervisorCall):
        hall._do(kind, "somebody", ticket=number)

    assert hall.events()[-2:] == ["SupervisorAsked", "SupervisorAnswered"]


def test_without_a_low_mark_no_supervisor_is_asked_and_nobody_can_answer(hall: StoryHall) -> None:
    number = served(hall)
    hall.visitor_says(number, 3)

    with pytest.raises(MarkIsNotLow):
        hall._do(c.AskForSupervisor, "visitor", ticket=number)
    with pytest.raises(SupervisorNotAsked):
        hall._do(c.AnswerSupervisorCall, "supervisor:sun", ticket=number)


def test_who_wants_somebody_to_come_stays_before_the_supervisor_until_somebody_goes(hall: StoryHall) -> None:
    number = served(hall.at("09:00"))
    hall.visitor_says(number, 1)
    hall._do(c.AskForSupervisor, "visitor", ticket=number)

    assert [(alert.kind, alert.ticket) for alert in hall.at("10:00").hall.read(alerts)] == [("wants_talk", number)]
    hall._do(c.AnswerSupervisorCall, "supervisor:sun", ticket=number)
    assert hall.hall.read(alerts) == []
