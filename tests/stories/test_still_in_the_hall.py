"""“Are you still in the hall?” Asked once near the front; the answer never changes the order."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.domain.commands import AskPresence, ConfirmPresence
from queue_server.domain.decide.presence import presence_due
from queue_server.domain.refusals import WrongStage


def due(hall: StoryHall) -> list[str]:
    return hall.hall.read(lambda day, at: [ticket.number for ticket in presence_due(day, at)])


def test_the_first_three_are_asked_after_ten_minutes_and_only_once(hall: StoryHall) -> None:
    numbers = [hall.at("09:00").visitor_takes_ticket() for _ in range(4)]
    assert due(hall.at("09:09")) == []
    assert due(hall.at("09:10")) == numbers[:3]
    for number in numbers[:3]:
        hall._do(AskPresence, "hall", ticket=number)

    assert due(hall.at("09:20")) == []


def test_whether_somebody_answers_or_not_the_order_stays(hall: StoryHall) -> None:
    silent, answers = hall.at("09:00").visitor_takes_ticket(), hall.visitor_takes_ticket()
    for number in (silent, answers):
        hall.at("09:10")._do(AskPresence, "hall", ticket=number)
    hall._do(ConfirmPresence, "visitor", ticket=answers)

    assert hall.ticket(answers).presence_confirmed_at is not None
    assert hall.queue("special") == [silent, answers]


def test_somebody_already_called_is_not_asked(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")

    with pytest.raises(WrongStage):
        hall._do(AskPresence, "hall", ticket=number)
