"""A supervisor closes a zone while people wait in it, and says what becomes of them."""

from __future__ import annotations

import pytest

from queue_server.domain.commands import CloseZone
from queue_server.domain.refusals import NothingChanges, ZoneIsClosed
from queue_server.stores.memory import MemoryLog
from tests.story import StoryHall


@pytest.fixture
def hall() -> StoryHall:
    return StoryHall(MemoryLog()).at("09:00").officer_opens("1", "3")


def close(hall: StoryHall, zone: str, **more: str) -> None:
    hall.handle(CloseZone(id=f"close-{zone}-{more}", actor="supervisor:sun", zone=zone, notice="维护", **more))


def test_they_stay_and_are_called_when_nothing_else_is_said(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()
    close(hall, "special")

    assert hall.counter_calls_next("3") == number


def test_they_go_on_waiting_elsewhere_with_their_first_arrival(hall: StoryHall) -> None:
    first = hall.visitor_takes_ticket("rent", online=True)
    second = hall.at("09:05").visitor_takes_ticket("rent")
    close(hall.at("09:06"), "smart", move_to="special")

    assert hall.queue("special") == [first, second]
    assert hall.queue("smart") == []


def test_who_cannot_be_served_there_stays(hall: StoryHall) -> None:
    rent, loan = hall.visitor_takes_ticket("rent"), hall.visitor_takes_ticket("loan")
    close(hall, "special", move_to="smart")

    assert (hall.queue("smart"), hall.queue("special")) == ([rent], [loan])


def test_a_closed_zone_or_the_same_one_is_no_place_to_go_and_nothing_is_closed_then(hall: StoryHall) -> None:
    hall.visitor_takes_ticket()
    close(hall, "care")
    before = hall.events()

    with pytest.raises(ZoneIsClosed):
        close(hall, "special", move_to="care")
    with pytest.raises(NothingChanges):
        close(hall, "special", move_to="special")
    assert hall.events() == before
