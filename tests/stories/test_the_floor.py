"""Guides move tickets; a wrong zone costs no place."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.domain.commands import CloseZone
from queue_server.domain.refusals import (
    CannotServe,
    NoCoaching,
    NothingChanges,
    UndoTooLate,
    UnknownTicket,
    ZoneIsClosed,
)
from queue_server.domain.ticket import Stage


def test_a_moved_ticket_keeps_its_first_arrival(hall: StoryHall) -> None:
    early = hall.at("09:00").visitor_takes_ticket(online=True)
    late = hall.at("09:05").visitor_takes_ticket()

    hall.at("09:10").guide_moves(early, zone="special")

    assert hall.queue("special") == [early, late]
    assert hall.queue("smart") == []


def test_somebody_who_comes_back_from_coaching_is_counted_as_a_bounce(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket(online=True)
    hall.guide_moves(number, zone="special", reason="no smartphone")

    assert hall.ticket(number).bounced


def test_a_ticket_moved_to_a_counter_waits_for_that_counter_alone(hall: StoryHall) -> None:
    hall.officer_opens("3", "4")
    number = hall.visitor_takes_ticket()
    other = hall.visitor_takes_ticket()
    hall.guide_moves(number, counter="4")

    assert hall.counter_calls_next("3") == other
    assert hall.counter_calls_next("4") == number


def test_a_move_can_be_undone_within_ten_seconds(hall: StoryHall) -> None:
    number = hall.at("09:00").visitor_takes_ticket(online=True)
    hall.at("09:10").guide_moves(number, zone="special")
    hall.at("09:10:09").guide_undoes_the_move(number)

    ticket = hall.ticket(number)
    assert (ticket.zone, ticket.stage, ticket.transfers) == ("smart", Stage.WAITING, 0)


def test_a_move_to_the_end_that_is_undone_gives_the_old_place_back_among_those_of_the_same_moment(
    hall: StoryHall,
) -> None:
    numbers = [hall.at("09:00").visitor_takes_ticket() for _ in range(3)]
    hall.at("09:10").guide_moves(numbers[0], zone="special", position="last")
    assert hall.queue() == [*numbers[1:], numbers[0]]

    hall.guide_undoes_the_move(numbers[0])
    assert hall.queue() == numbers


def test_whoever_came_back_behind_two_keeps_that_place_when_a_move_is_undone(hall: StoryHall) -> None:
    hall.officer_opens("3")
    late, *others = [hall.at("09:00").visitor_takes_ticket() for _ in range(4)]
    hall.at("09:05").counter_calls_next("3")
    hall.at("09:06").counter_recalls(late)
    hall.at("09:07").visitor_does_not_come(late)
    hall.at("09:08").visitor_comes_back(late)
    assert hall.queue() == [*others[:2], late, others[2]]

    hall.guide_moves(late, zone="special", position="last")
    hall.guide_undoes_the_move(late)
    assert hall.queue() == [*others[:2], late, others[2]]


def test_after_ten_seconds_a_move_stands(hall: StoryHall) -> None:
    number = hall.at("09:00").visitor_takes_ticket(online=True)
    hall.at("09:10").guide_moves(number, zone="special")

    with pytest.raises(UndoTooLate):
        hall.at("09:10:11").guide_undoes_the_move(number)


def test_undoing_brings_a_ticket_back_to_the_counter_that_served_it(hall: StoryHall) -> None:
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.guide_moves(number, service="print")

    hall.guide_undoes_the_move(number)

    assert hall.stage(number) is Stage.SERVING
    assert hall.day().at_counter("3").number == number
    assert hall.ticket(number).service == "rent"


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        ({"zone": "smart"}, NoCoaching),  # a loan cannot be done online
        ({"counter": "3"}, None),
        ({"zone": "special"}, NothingChanges),
    ],
)
def test_a_loan_can_only_be_moved_where_it_can_be_served(
    hall: StoryHall, to: dict[str, str], refusal: type[Exception] | None
) -> None:
    number = hall.visitor_takes_ticket("loan")
    if refusal is None:
        hall.guide_moves(number, **to)
    else:
        with pytest.raises(refusal):
            hall.guide_moves(number, **to)


def test_a_counter_for_loans_is_not_given_other_services(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket("rent")

    with pytest.raises(CannotServe):
        hall.guide_moves(number, counter="6")
    assert hall.ticket(number).for_counter is None


def test_nothing_is_moved_into_a_closed_zone(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket("rent")
    hall.handle(CloseZone(id="closing", actor="supervisor:sun", zone="smart", notice="断网"))

    with pytest.raises(ZoneIsClosed):
        hall.guide_moves(number, zone="smart")


def test_an_unknown_ticket_moves_nothing(hall: StoryHall) -> None:
    with pytest.raises(UnknownTicket):
        hall.guide_moves("T0099", zone="special")
    assert hall.events() == []
