"""A slip at the counter is taken back within ten seconds, exactly; never against somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from story import StoryHall

from queue_server.domain.commands import AddService, UndoStep
from queue_server.domain.measures import service_time, wait_time
from queue_server.domain.refusals import CounterBusy, DayIsOver, DeskNotOpen, NothingToUndo, UndoTooLate
from queue_server.domain.ticket import Stage


def undo(hall: StoryHall, ticket: str) -> None:
    hall._do(UndoStep, "officer:3", ticket=ticket)


def served_since_nine(hall: StoryHall, *services: str) -> str:
    """Issued at 09:00, called and begun at 09:10 at counter 3."""
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket("rent", also=services)
    hall.at("09:10").counter_calls_next("3")
    hall.visitor_is_served(number)
    return number


def test_a_service_ended_by_a_slip_goes_on_as_if_nothing_had_happened(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    hall.at("09:20").officer_ends(number)
    undo(hall.at("09:20:09"), number)

    assert hall.stage(number) is Stage.SERVING
    assert hall.day().at_counter("3").number == number
    hall.at("09:30").officer_ends(number)
    assert service_time(hall.ticket(number)) == 20
    assert [done.service for done in hall.ticket(number).services_done] == ["rent"]


def test_a_pause_that_was_ended_by_a_slip_is_a_pause_again_and_still_not_counted_as_service(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    hall.at("09:15").officer_holds(number)
    hall.at("09:20").officer_ends(number)
    undo(hall.at("09:20:05"), number)

    assert hall.stage(number) is Stage.HELD
    hall.at("09:25").officer_resumes(number)
    hall.at("09:30").officer_ends(number)
    assert service_time(hall.ticket(number)) == 10  # twenty minutes, ten of them paused


def test_after_ten_seconds_the_end_stands(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    hall.at("09:20").officer_ends(number)

    with pytest.raises(UndoTooLate):
        undo(hall.at("09:20:11"), number)
    assert hall.stage(number) is Stage.SERVED


def test_nobody_is_pushed_from_a_counter_by_an_undo(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    following = hall.visitor_takes_ticket()
    hall.at("09:20").officer_ends(number)
    hall.at("09:20:03").counter_calls_next("3")

    with pytest.raises(CounterBusy):
        undo(hall.at("09:20:05"), number)
    assert hall.day().at_counter("3").number == following


def test_nobody_is_brought_back_to_an_empty_chair(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    hall.at("09:20").officer_parks(number)
    hall.at("09:20:02").officer_pauses("3")

    with pytest.raises(DeskNotOpen):
        undo(hall.at("09:20:05"), number)
    assert hall.stage(number) is Stage.PARKED


def test_what_a_visitor_has_rated_is_over(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    hall.at("09:20").officer_ends(number)
    hall.visitor_says(number, 5)

    with pytest.raises(NothingToUndo):
        undo(hall.at("09:20:05"), number)


def test_who_was_parked_by_a_slip_is_served_on_and_in_nobodys_pool(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    hall.at("09:20").officer_parks(number, keep_for="officer")
    assert hall.ticket(number).for_officer == "officer-3"
    undo(hall.at("09:20:05"), number)

    ticket = hall.ticket(number)
    assert (ticket.stage, ticket.for_officer, ticket.reason) == (Stage.SERVING, None, None)


def test_who_was_marked_missed_by_a_slip_is_called_again_without_a_miss(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.at("09:01").counter_recalls(number)
    hall.at("09:02").visitor_does_not_come(number)
    undo(hall.at("09:02:05"), number)

    ticket = hall.ticket(number)
    assert (ticket.stage, ticket.misses, ticket.calls) == (Stage.CALLED, 0, 2)


def test_a_no_show_by_a_second_miss_is_taken_back_too(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    for moment in ("09:01", "09:05"):
        hall.at(moment).counter_calls_next("3")
        hall.at(f"{moment}:50").counter_recalls(number)
        hall.clock.moment += timedelta(seconds=50)
        hall.visitor_does_not_come(number)
        if moment == "09:01":
            hall.visitor_comes_back(number)
    assert hall.stage(number) is Stage.NO_SHOW
    undo(hall, number)

    assert (hall.stage(number), hall.ticket(number).misses) == (Stage.CALLED, 1)
    assert number in hall.day().unfinished


def test_a_visitor_who_left_after_being_parked_is_not_called_back(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    hall.at("09:20").officer_parks(number)
    hall.at("09:20:02").visitor_leaves(number)

    with pytest.raises(NothingToUndo):
        undo(hall.at("09:20:05"), number)
    assert hall.stage(number) is Stage.ABANDONED


def test_a_visit_that_went_on_at_once_comes_back_with_all_its_services(hall: StoryHall) -> None:
    number = served_since_nine(hall, "loan")
    hall.officer_opens("6")
    hall.at("09:20").officer_ends(number)
    assert hall.ticket(number).service == "loan"
    hall.handle(AddService(id="more", actor="officer:3", ticket=number, service="print"))
    undo(hall.at("09:20:05"), number)

    ticket = hall.ticket(number)
    assert (ticket.stage, ticket.service, ticket.services_to_do) == (Stage.SERVING, "rent", ("loan", "print"))
    assert ticket.services_done == []
    assert wait_time(ticket, ticket.called_at) == 10


def test_nothing_is_undone_after_the_day(hall: StoryHall) -> None:
    number = served_since_nine(hall)
    hall.at("09:20").officer_ends(number)
    hall.day_is_closed()

    with pytest.raises(DayIsOver):
        undo(hall.at("09:20:05"), number)


def test_an_undo_is_replayed_to_the_same_day(hall: StoryHall) -> None:
    number = served_since_nine(hall, "loan")
    hall.at("09:20").officer_ends(number)
    undo(hall.at("09:20:05"), number)

    assert hall.restarted().ticket(number) == hall.ticket(number)
