"""“请人帮我”."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.domain.commands import AnswerHelp, AskForHelp, desk_place
from queue_server.domain.refusals import HelpNotAsked, UnknownCounter


def test_asking_twice_makes_one_call_and_answering_ends_it(hall: StoryHall) -> None:
    for press in ("a", "b"):
        hall.handle(AskForHelp(id=press, actor="kiosk:K1", place="K1", question="找不到事项"))
    assert list(hall.day().help_calls) == ["K1"]

    hall.handle(AnswerHelp(id="c", actor="guide:ma", place="K1"))

    assert hall.day().help_calls == {}
    assert hall.events() == ["HelpAsked", "HelpAnswered"]


def test_nobody_answers_a_call_that_was_not_made(hall: StoryHall) -> None:
    with pytest.raises(HelpNotAsked):
        hall.handle(AnswerHelp(id="a", actor="guide:ma", place="K9"))


def test_help_asked_from_a_phone_shows_on_the_ticket_until_answered(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()
    hall.handle(AskForHelp(id="a", actor="visitor", place=number, ticket=number))
    assert hall.ticket(number).asked_for_help_at is not None

    hall.handle(AnswerHelp(id="b", actor="guide:ma", place=number))
    assert hall.ticket(number).asked_for_help_at is None


def test_an_officer_calls_a_guide_and_a_supervisor_and_each_call_is_taken_by_one(hall: StoryHall) -> None:
    for wanted in ("guide", "supervisor"):
        place = desk_place("3", wanted)
        ask = AskForHelp(id=wanted, actor="officer:li", place=place, counter="3", wanted=wanted, question="now")
        hall.handle(ask)
    assert [(call.counter, call.wanted) for call in hall.day().help_calls.values()] == [
        ("3", "guide"),
        ("3", "supervisor"),
    ]

    hall.handle(AnswerHelp(id="a", actor="guide:ma", place=desk_place("3", "guide")))
    with pytest.raises(HelpNotAsked):
        hall.handle(AnswerHelp(id="b", actor="guide:he", place=desk_place("3", "guide")))
    assert list(hall.day().help_calls) == [desk_place("3", "supervisor")]


def test_nobody_is_called_to_a_counter_that_is_none(hall: StoryHall) -> None:
    with pytest.raises(UnknownCounter):
        hall.handle(AskForHelp(id="a", actor="officer:li", place=desk_place("77", "guide"), counter="77"))
