"""Once per handling, by the visitor's own hand: a visit of two services may be told two things."""

from __future__ import annotations

from dataclasses import replace

import pytest
from story import RULES, StoryHall

from queue_server.domain.alerts import NO_SIGNS, readings
from queue_server.domain.apply import apply
from queue_server.domain.commands import AskForSupervisor, GiveFeedback, UndoStep
from queue_server.domain.events import FeedbackGiven
from queue_server.domain.measures import feedback_measures
from queue_server.domain.refusals import FeedbackGivenBefore, FeedbackTooSoon, NothingToUndo
from queue_server.domain.rules import Options
from queue_server.domain.ticket import Stage
from queue_server.stores.base import Log


@pytest.fixture
def told(log: Log) -> StoryHall:
    """The first of two services is done, and the visit waits for the second."""
    options = Options(shortest_first=False, continue_at_counter=False)
    told = StoryHall(log, replace(RULES, options=options))
    told.at("09:00").officer_opens("3")
    number = told.visitor_takes_ticket("rent", also=["loan"])
    told.at("09:10").counter_calls_next("3")
    told.visitor_is_served(number)
    told.at("09:20").officer_ends(number)
    assert (number, told.stage(number)) == ("T0001", Stage.WAITING)
    return told


def says(told: StoryHall, level: int, handling: int | None = None) -> None:
    wish = f"{level}-{handling}-{len(told.events())}"
    told.handle(GiveFeedback(id=wish, actor="visitor", ticket="T0001", level=level, handling=handling))


def second_service_ends(told: StoryHall) -> None:
    told.at("09:30").counter_calls_next("3")
    told.visitor_is_served("T0001")
    told.at("09:40").officer_ends("T0001")


def test_each_of_two_services_has_a_mark_of_its_own(told: StoryHall) -> None:
    says(told, 5)
    with pytest.raises(FeedbackGivenBefore):
        says(told, 4)
    with pytest.raises(FeedbackTooSoon):
        says(told, 4, handling=2)
    second_service_ends(told)
    says(told, 3)

    assert told.ticket("T0001").marks == {1: 5, 2: 3}
    assert (told.ticket("T0001").feedback, told.ticket("T0001").unrated) == (3, [])
    assert feedback_measures(told.day()).count == 2


def test_both_may_be_said_at_the_end_the_last_first(told: StoryHall) -> None:
    second_service_ends(told)
    assert told.ticket("T0001").unrated == [2, 1]
    says(told, 4)
    says(told, 5)
    assert told.ticket("T0001").marks == {2: 4, 1: 5}


def test_a_low_mark_for_the_first_service_brings_somebody_while_the_visitor_still_waits(told: StoryHall) -> None:
    says(told, 1)
    kinds = [reading.kind for reading in readings(told.day(), told.clock.now(), NO_SIGNS)]
    assert "bad_mark" in kinds
    told.handle(AskForSupervisor(id="sup", actor="visitor", ticket="T0001"))
    second_service_ends(told)
    says(told, 5)  # does not make the first good

    assert told.ticket("T0001").feedback == 1
    assert "wants_talk" in [reading.kind for reading in readings(told.day(), told.clock.now(), NO_SIGNS)]


def test_an_end_that_was_rated_is_not_taken_back_and_one_that_was_not_is(told: StoryHall) -> None:
    says(told, 5)
    with pytest.raises(NothingToUndo):
        told.handle(UndoStep(id="undo", actor="officer:li", ticket="T0001"))
    second_service_ends(told)
    told.handle(UndoStep(id="undo 2", actor="officer:li", ticket="T0001"))  # the first one's mark is no hindrance

    assert told.stage("T0001") is Stage.SERVING
    assert told.ticket("T0001").marks == {1: 5}


def test_a_mark_in_an_old_log_is_for_the_whole_visit(told: StoryHall) -> None:
    second_service_ends(told)
    day = told.day()
    old = FeedbackGiven(
        at=told.clock.now(), command="old", actor="visitor", ticket="T0001", level=2, reasons=(), with_words=False
    )
    apply(day, old)

    assert (day.tickets["T0001"].feedback, day.tickets["T0001"].unrated) == (2, [])
