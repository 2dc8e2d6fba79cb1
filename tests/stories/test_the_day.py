"""Opening, closing, restarting; pressing twice; clocks that err."""

from __future__ import annotations

from datetime import timedelta

import pytest
from story import MONDAY, StoryHall

from queue_server.domain.commands import CloseZone, IssueTicket, ReopenDay
from queue_server.domain.refusals import DayIsOpen, DayIsOver, HallClosed, ReturnTooLate, UnknownService, ZoneIsClosed
from queue_server.domain.ticket import Stage
from queue_server.service.timekeeper import keep_time


def test_a_closed_hall_gives_no_number_and_says_when_it_opens(hall: StoryHall) -> None:
    with pytest.raises(HallClosed) as refusal:
        hall.at("17:00").visitor_takes_ticket()

    assert refusal.value.details["opens_at"] == "2026-11-24T09:00:00+08:00"
    assert hall.events() == []


def test_on_friday_evening_the_next_opening_is_monday(hall: StoryHall) -> None:
    friday = MONDAY + timedelta(days=4)

    with pytest.raises(HallClosed) as refusal:
        hall.on(friday).at("18:30").visitor_takes_ticket()

    assert refusal.value.details["opens_at"] == "2026-11-30T09:00:00+08:00"


def test_a_closed_zone_gives_no_number_and_the_notice_says_why(hall: StoryHall) -> None:
    hall.handle(CloseZone(id="closing", actor="supervisor:sun", zone="smart", notice="网络检修"))

    with pytest.raises(ZoneIsClosed) as refusal:
        hall.visitor_takes_ticket(online=True)

    assert refusal.value.details["notice"] == "网络检修"


def test_an_unknown_service_leaves_the_log_as_it_was(hall: StoryHall) -> None:
    with pytest.raises(UnknownService):
        hall.visitor_takes_ticket("visa")
    assert hall.events() == []


def test_pressing_twice_gives_one_number(hall: StoryHall) -> None:
    press = IssueTicket(id="press-1", actor="kiosk:K1", service="rent")

    first = hall.handle(press)
    again = hall.handle(press)

    assert first.recorded == again.recorded
    assert hall.events() == ["TicketIssued"]


def test_a_retry_after_a_restart_gives_the_number_of_before(hall: StoryHall) -> None:
    press = IssueTicket(id="press-1", actor="kiosk:K1", service="rent")
    first = hall.handle(press)

    again = hall.restarted().handle(press)

    assert again.recorded == first.recorded


def test_after_a_restart_numbers_go_on(hall: StoryHall) -> None:
    hall.visitor_takes_ticket()

    assert hall.restarted().visitor_takes_ticket() == "T0002"


def test_numbers_begin_again_on_the_next_day_and_yesterday_is_closed(hall: StoryHall) -> None:
    hall.visitor_takes_ticket()
    tomorrow = hall.on(MONDAY + timedelta(days=1)).restarted()

    assert tomorrow.visitor_takes_ticket() == "T0001"
    yesterday = [type(one.event).__name__ for one in hall.log.read("test-hall", MONDAY.date())]
    assert yesterday == ["TicketIssued", "TicketAbandoned", "DayClosed"]


def test_the_day_changes_at_midnight_of_the_hall_while_it_runs(hall: StoryHall) -> None:
    hall.visitor_takes_ticket()

    assert hall.on(MONDAY + timedelta(days=1)).visitor_takes_ticket() == "T0001"


def test_two_hours_after_closing_every_open_ticket_is_dealt_with(hall: StoryHall) -> None:
    hall.officer_opens("3")
    served = hall.visitor_takes_ticket()
    waiting = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(served)

    hall.at("19:01")
    keep_time(hall.hall)
    keep_time(hall.hall)

    assert (hall.stage(served), hall.stage(waiting)) == (Stage.SERVED, Stage.ABANDONED)
    assert hall.events().count("DayClosed") == 1
    with pytest.raises(DayIsOver):
        hall.officer_opens("4")


def test_a_missed_visitor_is_a_no_show_only_after_both_numbers_and_minutes(hall: StoryHall) -> None:
    missed = a_missed_visitor(hall)
    for _ in range(11):  # more than ten numbers later
        number = hall.visitor_takes_ticket()
        hall.counter_calls_next("3")
        hall.visitor_is_served(number)
        hall.officer_ends(number)

    hall.at("09:30")
    keep_time(hall.hall)
    assert hall.stage(missed) is Stage.MISSED

    hall.at("09:45")  # and more than thirty minutes
    with pytest.raises(ReturnTooLate):
        hall.visitor_comes_back(missed)
    keep_time(hall.hall)
    assert hall.stage(missed) is Stage.NO_SHOW


def test_a_day_closed_too_early_goes_on_and_whoever_was_sent_home_stays_so(hall: StoryHall) -> None:
    sent_home = hall.at("15:00").visitor_takes_ticket()
    hall.day_is_closed()
    with pytest.raises(DayIsOver):
        hall.visitor_takes_ticket()

    reopened = hall.at("15:05").handle(ReopenDay(id="too-early", actor="supervisor:sun"))
    comes_later = hall.at("15:06").visitor_takes_ticket()

    assert hall.stage(sent_home) is Stage.ABANDONED
    assert hall.queue() == [comes_later]
    assert hall.day().reopened_at == reopened.recorded[0].event.at
    with pytest.raises(DayIsOpen):
        hall.handle(ReopenDay(id="once more", actor="supervisor:sun"))


def a_missed_visitor(hall: StoryHall) -> str:
    hall.at("09:00").officer_opens("3")
    missed = hall.visitor_takes_ticket()
    hall.at("09:10").counter_calls_next("3")
    hall.at("09:11").counter_recalls(missed)
    hall.at("09:12").visitor_does_not_come(missed)
    return missed


def test_a_clock_that_runs_backward_never_makes_a_day_run_backward(hall: StoryHall) -> None:
    hall.at("10:00").visitor_takes_ticket()
    hall.at("09:30").visitor_takes_ticket()

    moments = [recorded.event.at for recorded in hall.hall.events()]
    assert moments == sorted(moments)
    assert hall.queue() == ["T0001", "T0002"]


def test_everything_is_told_once_and_in_order(hall: StoryHall) -> None:
    hall.officer_opens("3")
    hall.visitor_takes_ticket()
    hall.counter_calls_next("3")

    assert hall.told == [1, 2, 3]
