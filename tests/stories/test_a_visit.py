"""From arriving to leaving."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.domain.measures import service_time, wait_time
from queue_server.domain.refusals import (
    CallAgainFirst,
    FeedbackGivenBefore,
    FeedbackNotUnderstood,
    FeedbackTooSoon,
    NobodyWaiting,
    RecallTooSoon,
    WrongStage,
)
from queue_server.domain.ticket import Stage


def test_a_visitor_takes_a_number_is_called_served_and_says_how_it_was(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.at("09:05").visitor_takes_ticket("rent")

    assert hall.at("09:10").counter_calls_next("3") == number
    hall.at("09:11").visitor_is_served(number)
    hall.at("09:20").officer_ends(number)
    hall.at("09:21").visitor_says(number, 5)

    assert hall.stage(number) is Stage.SERVED
    assert hall.ticket(number).feedback == 5


def test_numbers_carry_the_letter_of_the_service_and_count_up(hall: StoryHall) -> None:
    numbers = [hall.visitor_takes_ticket(service) for service in ("rent", "rent", "loan")]

    assert numbers == ["T0001", "T0002", "D0001"]


def test_coaching_and_care_have_letters_of_their_own(hall: StoryHall) -> None:
    online = hall.visitor_takes_ticket("rent", online=True)
    accompanied = hall.visitor_takes_ticket("loan", care=True)

    assert (online, hall.ticket(online).zone) == ("W0001", "smart")
    assert (accompanied, hall.ticket(accompanied).zone) == ("A0001", "care")


def test_a_visitor_who_misses_the_recall_may_come_back_within_the_tolerance(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    missed = hall.visitor_takes_ticket()
    others = [hall.visitor_takes_ticket() for _ in range(4)]
    hall.at("09:10").counter_calls_next("3")
    hall.at("09:11").counter_recalls(missed)
    hall.at("09:12").visitor_does_not_come(missed)

    hall.at("09:15").visitor_comes_back(missed)

    # re-enters behind two people, not at the end
    assert hall.queue() == [others[0], others[1], missed, others[2], others[3]]


def test_coming_back_is_not_pushed_further_by_somebody_whom_a_guide_put_first(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    missed = hall.visitor_takes_ticket()
    others = [hall.at("09:02").visitor_takes_ticket() for _ in range(3)]
    hall.at("09:10").counter_calls_next("3")
    hall.at("09:11").counter_recalls(missed)
    hall.at("09:12").visitor_does_not_come(missed)
    unwell = hall.visitor_takes_ticket()  # last of all, and put first
    hall.guide_moves(unwell, zone="special", position="first", reason="unwell")

    hall.at("09:15").visitor_comes_back(missed)

    assert hall.queue() == [unwell, others[0], others[1], missed, others[2]]


def test_nobody_is_marked_missed_before_the_last_call_the_paper_promised(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.at("09:10").counter_calls_next("3")

    with pytest.raises(CallAgainFirst) as refusal:
        hall.at("09:12").visitor_does_not_come(number)

    assert refusal.value.details["calls"] == 1
    assert hall.stage(number) is Stage.CALLED


def test_a_recall_waits_until_people_had_time_to_cross_the_hall(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.at("09:10").counter_calls_next("3")

    with pytest.raises(RecallTooSoon) as refusal:
        hall.at("09:10:30").counter_recalls(number)

    assert refusal.value.details["seconds"] == 15  # 45 s after the call


def test_somebody_with_care_is_given_more_time_before_a_recall(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("8")
    number = hall.visitor_takes_ticket(care=True)
    hall.at("09:10").counter_calls_next("8")

    with pytest.raises(RecallTooSoon) as refusal:
        hall.at("09:10:50").counter_recalls(number)

    assert refusal.value.details["seconds"] == 10  # 45 s + 15 s after the call


def test_a_parked_visitor_keeps_the_place(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    parked = hall.at("09:01").visitor_takes_ticket()
    other = hall.at("09:02").visitor_takes_ticket()
    hall.at("09:05").counter_calls_next("3")
    hall.visitor_is_served(parked)
    hall.at("09:06").officer_parks(parked)

    hall.at("09:20").visitor_comes_back(parked)

    assert hall.queue() == [parked, other]


def test_each_step_at_the_counter_follows_the_one_before_and_no_other(hall: StoryHall) -> None:
    """What each button does at each stage; a screen that is a step behind must not bring a visit back to life."""
    steps = {
        "starts": (hall.visitor_is_served, {Stage.CALLED}),
        "holds": (hall.officer_holds, {Stage.SERVING}),
        "resumes": (hall.officer_resumes, {Stage.HELD}),
        "ends": (hall.officer_ends, {Stage.SERVING, Stage.HELD}),
    }
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket()
    for forward in (hall.counter_calls_next, hall.visitor_is_served, hall.officer_holds, hall.officer_ends):
        for does, stages in steps.values():
            if hall.stage(number) not in stages:
                with pytest.raises(WrongStage):
                    does(number)
        forward("3" if forward == hall.counter_calls_next else number)

    assert hall.stage(number) is Stage.SERVED
    assert hall.events().count("ServiceResumed") == 0


def test_time_on_hold_is_not_service_time(hall: StoryHall) -> None:
    hall.at("10:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.at("10:05").counter_calls_next("3")
    hall.at("10:05").visitor_is_served(number)
    hall.at("10:10").officer_holds(number)
    hall.at("10:16").officer_resumes(number)
    hall.at("10:40").officer_ends(number)

    assert service_time(hall.ticket(number)) == 29  # 10:40 − 10:05, minus 6 min on hold
    assert wait_time(hall.ticket(number), hall.clock.now()) == 5


def test_a_visitor_who_leaves_is_not_called(hall: StoryHall) -> None:
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.visitor_leaves(number)

    with pytest.raises(NobodyWaiting):
        hall.counter_calls_next("3")


def test_one_opinion_a_handling_and_only_after_it(hall: StoryHall) -> None:
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket()
    with pytest.raises(FeedbackTooSoon):
        hall.visitor_says(number, 1)
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.officer_ends(number)
    hall.visitor_says(number, 2)

    with pytest.raises(FeedbackGivenBefore):
        hall.visitor_says(number, 5)
    assert hall.ticket(number).feedback == 2


@pytest.mark.parametrize(("level", "is_a_mark"), [(0, False), (1, True), (5, True), (6, False)])
def test_a_mark_is_one_of_five(hall: StoryHall, level: int, is_a_mark: bool) -> None:
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.officer_ends(number)

    if is_a_mark:
        hall.visitor_says(number, level)
    else:
        with pytest.raises(FeedbackNotUnderstood):
            hall.visitor_says(number, level)
    assert hall.ticket(number).feedback == (level if is_a_mark else None)


def test_a_served_ticket_cannot_be_served_again(hall: StoryHall) -> None:
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.officer_ends(number)
    before = hall.events()

    with pytest.raises(WrongStage):
        hall.visitor_is_served(number)
    assert hall.events() == before
