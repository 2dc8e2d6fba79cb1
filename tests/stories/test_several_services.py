"""One number for a visit of several services: the next queue by itself, the first arrival kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from story import RULES, StoryHall

from queue_server.domain.commands import AddService, CloseZone, DropService, EndService
from queue_server.domain.measures import service_time, service_times, wait_time, waiting_series
from queue_server.domain.refusals import ServiceNotPlanned, ServiceTwice, TooManyServices, WrongStage
from queue_server.domain.rules import Options
from queue_server.domain.ticket import Stage
from queue_server.stores.base import Log


def as_asked(log: Log, *, continue_here: bool = True, call_on_finish: bool = False) -> StoryHall:
    """A hall that keeps to the order its visitors asked for."""
    options = Options(shortest_first=False, continue_at_counter=continue_here, call_on_finish=call_on_finish)
    return StoryHall(log, replace(RULES, options=options))


def served_at_three(hall: StoryHall, number: str) -> None:
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)


def test_the_next_service_begins_at_once_where_the_same_counter_can_do_it(log: Log) -> None:
    hall = as_asked(log)
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket("rent", also=["loan"])
    hall.at("09:10")
    served_at_three(hall, number)
    hall.at("09:20").officer_ends(number)

    ticket = hall.ticket(number)
    assert (ticket.stage, ticket.service, ticket.counter) == (Stage.SERVING, "loan", "3")
    assert hall.events()[-3:] == ["ServiceEnded", "TicketCalled", "ServiceStarted"]


def test_elsewhere_the_visit_waits_in_the_next_queue_with_its_first_arrival(log: Log) -> None:
    hall = as_asked(log, continue_here=False)
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket("rent", also=["loan"])
    hall.at("09:05").visitor_takes_ticket("loan")
    hall.at("09:10")
    served_at_three(hall, number)
    hall.at("09:20").officer_ends(number)

    assert hall.stage(number) is Stage.WAITING
    assert hall.queue("special")[0] == number


def test_waiting_and_service_times_of_a_visit_add_up(log: Log) -> None:
    hall = as_asked(log, continue_here=False)
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket("rent", also=["loan"])
    hall.at("09:10")
    served_at_three(hall, number)
    hall.at("09:20").officer_ends(number)
    hall.at("09:35")
    served_at_three(hall, number)
    hall.at("10:05").officer_ends(number)

    ticket = hall.ticket(number)
    assert wait_time(ticket, ticket.ended_at) == 25  # 09:00 to 09:10 and 09:20 to 09:35
    assert service_time(ticket) == 40  # 10 of renting and 30 of the loan
    assert hall.hall.read(lambda day, _: service_times(day)) == [("rent", 10), ("loan", 30)]


def test_the_shorter_queue_comes_first(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("6", "1")
    for _ in range(2):
        hall.visitor_takes_ticket("loan")  # 80 minutes of work for counter 6, the only one open for loans
    number = hall.visitor_takes_ticket("loan", also=["print"])  # the same 80 minutes between counters 3 and 4

    assert (hall.ticket(number).service, hall.ticket(number).services_to_do) == ("print", ("loan",))


def test_a_closed_zone_waits_until_the_other_service_is_done(log: Log) -> None:
    hall = as_asked(log)
    hall.at("09:00").handle(CloseZone(id="closing", actor="supervisor:sun", zone="smart", notice="断网"))
    number = hall.visitor_takes_ticket("print", also=["loan"], online=True)

    assert (hall.ticket(number).service, hall.ticket(number).services_to_do) == ("loan", ("print",))


def test_a_person_with_care_stays_with_care(log: Log) -> None:
    hall = as_asked(log, continue_here=False)
    hall.at("09:00").officer_opens("8")
    number = hall.visitor_takes_ticket("rent", care=True, also=["loan"])
    hall.counter_calls_next("8")
    hall.visitor_is_served(number)
    hall.at("09:20").officer_ends(number)

    assert hall.queue("care") == [number]


def test_finishing_calls_the_next_visitor_where_asked(log: Log) -> None:
    hall = as_asked(log)
    hall.at("09:00").officer_opens("3")
    number, following = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()
    served_at_three(hall, number)
    hall.at("09:20").handle(EndService(id="end", actor="officer:3", ticket=number, call_next=True))

    assert hall.day().at_counter("3").number == following


def test_nobody_is_called_while_the_visit_goes_on_here(log: Log) -> None:
    hall = as_asked(log, call_on_finish=True)
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket("rent", also=["loan"])
    following = hall.visitor_takes_ticket()
    served_at_three(hall, number)
    hall.at("09:20").officer_ends(number)

    assert hall.day().at_counter("3").number == number
    assert hall.stage(following) is Stage.WAITING


def test_an_end_that_nobody_pressed_teaches_nothing(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.visitor_takes_ticket()
    served_at_three(hall, number)
    hall.at("09:30").counter_calls_next("3")

    assert [done.inferred for done in hall.ticket(number).services_done] == [True]
    assert hall.hall.read(lambda day, _: service_times(day)) == []


def test_a_service_is_added_once_and_dropped_once(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket("rent")
    hall._do(AddService, "guide:ma", ticket=number, service="loan")
    with pytest.raises(ServiceTwice):
        hall._do(AddService, "guide:ma", ticket=number, service="loan")
    hall._do(DropService, "guide:ma", ticket=number, service="loan")

    assert hall.ticket(number).services_to_do == ()
    with pytest.raises(ServiceNotPlanned):
        hall._do(DropService, "guide:ma", ticket=number, service="loan")


def test_nothing_is_planned_for_a_visit_that_is_over(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket()
    hall.visitor_leaves(number)

    with pytest.raises(WrongStage):
        hall._do(AddService, "guide:ma", ticket=number, service="loan")


def test_a_visit_has_no_more_services_than_the_hall_allows(log: Log) -> None:
    hall = StoryHall(log, replace(RULES, limits=replace(RULES.limits, services_per_visit=2)))
    number = hall.visitor_takes_ticket("rent", also=["loan"])

    with pytest.raises(TooManyServices):
        hall._do(AddService, "guide:ma", ticket=number, service="print")


def test_what_is_done_already_counts_among_the_services_of_a_visit(log: Log) -> None:
    hall = StoryHall(log, replace(RULES, limits=replace(RULES.limits, services_per_visit=2))).officer_opens("3")
    number = hall.visitor_takes_ticket("rent", also=["print"])
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.officer_ends(number)
    assert hall.ticket(number).stage is Stage.SERVING  # the second one, at the same counter

    with pytest.raises(TooManyServices):
        hall._do(AddService, "guide:ma", ticket=number, service="loan")


def test_the_series_counts_a_visit_again_while_it_waits_for_its_next_service(log: Log) -> None:
    hall = as_asked(log, continue_here=False)
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket("rent", also=["loan"])
    hall.at("09:04")
    served_at_three(hall, number)
    hall.at("09:14").officer_ends(number)
    hall.at("09:16")

    events = [recorded.event for recorded in hall.hall.events()]
    series = hall.hall.read(lambda day, at: waiting_series(events, day, at))
    assert [moment.minute for moment in series.times] == [0, 5, 10, 15, 16]
    assert series.zones["special"] == [0, 0, 0, 1, 1]
