"""Transfers to a place in the queue, to a person, and while somebody else acts; a wrong zone costs no place."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.domain import commands as c
from queue_server.domain.measures import bounces_by_service, moves_by_reason, overrides
from queue_server.domain.refusals import (
    CounterBusy,
    NothingToUndo,
    OfficerNotHere,
    PositionUnknown,
    ReasonNeeded,
    TicketMovedOn,
)
from queue_server.domain.ticket import Stage
from queue_server.domain.triage import advise


def test_a_ticket_called_in_the_same_moment_is_not_torn_away(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")

    with pytest.raises(TicketMovedOn) as refused:
        hall.guide_moves(number, zone="care", expected_stage="waiting")
    assert refused.value.details == {"ticket": number, "stage": "called", "counter": "3"}
    assert hall.stage(number) is Stage.CALLED


def test_what_a_desk_noted_without_network_does_nothing_else_when_it_comes_late(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number, other = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)

    with pytest.raises(TicketMovedOn):  # it was to step aside before it was served
        hall.handle(c.ParkTicket(id="late", actor="officer:li", ticket=number, expected_stage="called"))
    hall.handle(c.HoldService(id="hold", actor="officer:li", ticket=number))
    with pytest.raises(TicketMovedOn):
        hall.handle(c.EndService(id="end", actor="officer:li", ticket=number, expected_stage="serving"))
    hall.handle(c.ResumeService(id="on", actor="officer:li", ticket=number))
    with pytest.raises(CounterBusy):  # a call for a free counter ends no service
        hall.at("09:20").handle(c.CallNext(id="next", actor="officer:li", counter="3", if_free=True))
    assert (hall.stage(number), hall.stage(other)) == (Stage.SERVING, Stage.WAITING)


def test_a_move_cannot_be_undone_once_the_ticket_was_called(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket(online=True)
    hall.guide_moves(number, zone="special")
    hall.counter_calls_next("3")

    with pytest.raises(NothingToUndo):
        hall.at("09:00:05").guide_undoes_the_move(number)


def test_undoing_a_move_pushes_nobody_from_the_counter(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number, following = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.guide_moves(number, zone="care")
    hall.counter_calls_next("3")

    with pytest.raises(CounterBusy):
        hall.at("09:00:05").guide_undoes_the_move(number)
    assert hall.day().at_counter("3").number == following


def test_put_first_is_called_first_and_needs_a_reason(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    hall.visitor_takes_ticket()
    late = hall.at("09:05").visitor_takes_ticket(online=True)
    with pytest.raises(ReasonNeeded):
        hall.guide_moves(late, zone="special", position="first")
    hall.guide_moves(late, zone="special", position="first", reason="wrong_zone")

    assert hall.counter_calls_next("3") == late


def test_put_last_waits_from_now_on_and_undoing_it_gives_the_place_back(hall: StoryHall) -> None:
    early = hall.at("09:00").visitor_takes_ticket()
    late = hall.at("09:05").visitor_takes_ticket()
    hall.at("09:10").guide_moves(early, position="last")
    assert hall.queue("special") == [late, early]

    hall.at("09:10:08").guide_undoes_the_move(early)
    assert hall.queue("special") == [early, late]


def test_a_place_the_hall_does_not_know_is_refused(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()

    with pytest.raises(PositionUnknown):
        hall.guide_moves(number, zone="care", position="second")


def test_sent_to_an_officer_waits_for_that_person_until_they_go_home(hall: StoryHall) -> None:
    hall.officer_opens("3", "4")
    number = hall.visitor_takes_ticket()
    hall.guide_moves(number, officer="officer-4")
    other = hall.visitor_takes_ticket()

    assert hall.counter_calls_next("3") == other
    assert hall.counter_calls_next("4") == number


def test_nobody_is_sent_to_an_officer_who_is_not_here(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()

    with pytest.raises(OfficerNotHere):
        hall.guide_moves(number, officer="officer-4")


def test_undoing_a_move_gives_back_the_pool_and_the_first_place(hall: StoryHall) -> None:
    hall.officer_opens("3", "4")
    number = hall.at("09:00").visitor_takes_ticket()
    hall.guide_moves(number, counter="4", position="first", reason="wrong_zone")
    before = hall.ticket(number).front_at
    hall.at("09:10").guide_moves(number, zone="care")
    hall.at("09:10:05").guide_undoes_the_move(number)

    ticket = hall.ticket(number)
    assert (ticket.zone, ticket.for_counter, ticket.front_at) == ("special", "4", before)


def test_a_parked_visitor_returns_to_the_officer_who_asked_for_it(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3", "4")
    number = hall.visitor_takes_ticket()
    other = hall.at("09:02").visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.at("09:05").officer_parks(number, keep_for="officer")
    hall.at("09:10").visitor_comes_back(number)

    assert hall.counter_calls_next("4") == other
    assert hall.counter_calls_next("3") == number  # the place was kept too


def test_whoever_is_parked_for_anybody_is_in_nobodys_pool_any_more(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3", "4")
    number = hall.visitor_takes_ticket()
    hall.guide_moves(number, counter="3")
    hall.counter_calls_next("3")
    hall.at("09:05").officer_parks(number)
    hall.at("09:10").visitor_comes_back(number)

    assert hall.counter_calls_next("4") == number


def test_only_bounces_that_stand_are_counted_by_the_service_they_tried(hall: StoryHall) -> None:
    stands = hall.at("09:00").visitor_takes_ticket("rent", online=True)
    undone = hall.visitor_takes_ticket("print", online=True)
    for number in (stands, undone):
        hall.guide_moves(number, zone="special")
    hall.at("09:00:05").guide_undoes_the_move(undone)

    events = [recorded.event for recorded in hall.hall.events()]
    assert bounces_by_service(events, hall.hall.rules) == {"rent": 1}
    assert not hall.ticket(undone).bounced


def test_moves_are_counted_by_place_and_reason_unless_undone(hall: StoryHall) -> None:
    stands, undone = hall.at("09:00").visitor_takes_ticket(), hall.visitor_takes_ticket()
    hall.guide_moves(stands, zone="care", reason="wrong_zone")
    hall.guide_moves(undone, zone="care", reason="wish")
    hall.at("09:00:05").guide_undoes_the_move(undone)
    hall.guide_moves(undone, zone="special", position="first", reason="unwell")

    events = [recorded.event for recorded in hall.hall.events()]
    assert moves_by_reason(events) == {("fair", "wrong_zone"): 1, ("first", "unwell"): 1}


def test_a_choice_against_the_advice_is_kept_and_counted(hall: StoryHall) -> None:
    rent = hall.hall.rules.services["rent"]
    advice = advise(rent, False, hall.hall.rules)
    assert (advice.zone, advice.reason, advice.others) == ("smart", "can_be_coached", ("special", "care"))
    hall.visitor_takes_ticket("rent", online=True)  # as advised
    hall.visitor_takes_ticket("rent")  # the counter is an equal choice: nothing was decided against
    hall.visitor_takes_ticket("loan")  # needs a counter: as advised

    why = {"actor": "guide:ma", "choice_reason": "face_to_face"}
    hall.handle(c.IssueTicket(id="against", service="rent", **why))
    hall.handle(c.IssueTicket(id="as-advised", service="loan", **why))

    assert hall.hall.read(lambda day, _: overrides(day)) == {("smart", "face_to_face"): 1}
