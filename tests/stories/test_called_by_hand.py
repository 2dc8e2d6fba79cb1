"""The server is away for an hour: counters call from a list on paper, and one order stands in the end."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.measures import service_times, wait_time
from queue_server.domain.refusals import HandTimesWrong, UnknownCounter, UnknownTicket, WrongStage
from queue_server.domain.ticket import Stage
from queue_server.paper_mode.paper_list import zone_lists
from tests.story import MONDAY, StoryHall

GUIDE = "guide:ma"
ids = count(1)


def moment(text: str) -> datetime:
    hour, minute = text.split(":")
    return MONDAY.replace(hour=int(hour), minute=int(minute))


def enter(hall: StoryHall, ticket: str, called: str, ended: str, counter: str = "3", **more: Any) -> e.ServedByHand:
    command = c.EnterServedByHand(
        id=f"hand-{next(ids)}", actor=GUIDE, ticket=ticket, counter=counter,
        called_at=moment(called), ended_at=moment(ended), **more,
    )  # fmt: skip
    event = hall.handle(command).recorded[0].event
    assert isinstance(event, e.ServedByHand)
    return event


def test_who_was_called_by_hand_is_served_with_the_times_on_the_list_and_nobody_calls_them_again(hall: StoryHall):
    first, second, third = (hall.at(at).visitor_takes_ticket() for at in ("9:00", "9:05", "9:10"))

    hall.at("10:30")  # the server is back
    event = enter(hall, first, "9:20", "9:35", officer="li")
    enter(hall, second, "9:36", "9:36", came=False)

    ticket = hall.ticket(first)
    assert (event.at, event.actor) == (hall.clock.now(), GUIDE)  # who entered it, and when
    assert (ticket.stage, ticket.served_call_at, ticket.ended_at) == (Stage.SERVED, moment("9:20"), moment("9:35"))
    assert ticket.by_hand
    assert wait_time(ticket, hall.clock.now()) == 20  # 9:00 → 9:20, whatever the server knew of it
    assert ticket.services_done[0].officer == "li"
    assert service_times(hall.day()) == []  # rounded times teach nothing
    assert hall.stage(second) is Stage.NO_SHOW
    assert hall.queue() == [third]
    hall.officer_opens("3")
    assert hall.counter_calls_next("3") == third


def test_the_list_is_the_halls_own_order_and_says_who_is_where(hall: StoryHall):
    numbers = [hall.at(f"9:0{n}").visitor_takes_ticket() for n in range(4)]
    care = hall.at("9:05").visitor_takes_ticket(care=True)
    hall.officer_opens("3", "4")
    hall.counter_calls_next("3")
    hall.at("9:07").counter_calls_next("4")
    hall.visitor_is_served(numbers[1])
    hall.officer_parks(numbers[1])

    hall.at("9:10")
    lists = hall.hall.read(lambda day, at: zone_lists(day, at, str, str))
    special = next(one for one in lists if one.zone == "special")
    assert [row.number for row in special.waiting] == hall.queue()
    assert [(row.number, row.counter) for row in special.at_counters] == [(numbers[0], "3")]
    assert [(row.number, row.marks) for row in special.aside] == [(numbers[1], ("parked",))]
    assert [row.marks for one in lists for row in one.waiting if row.number == care] == [("care",)]


def test_a_kiosks_number_is_entered_once_the_kiosk_has_told_of_it(hall: StoryHall):
    hall.at("9:00")
    leased = hall.handle(c.LeaseNumbers(id="lease", actor="kiosk:K1", prefix="T", count=5)).recorded[0].event
    assert isinstance(leased, e.NumbersLeased)

    hall.at("10:30")
    with pytest.raises(UnknownTicket):
        enter(hall, "T0901", "9:40", "9:50")
    over = c.HandOverTicket(
        id="over", actor="kiosk:K1", number="T0901", press="p", taken_at=moment("9:15"), service="rent", zone="special"
    )
    hall.handle(over)
    enter(hall, "T0901", "9:40", "9:50")

    assert wait_time(hall.ticket("T0901"), hall.clock.now()) == 25  # 9:15 on the paper → 9:40 on the list


def test_who_stood_at_a_counter_when_the_server_went_is_ended_there_and_nowhere_else(hall: StoryHall):
    ticket = hall.at("9:00").visitor_takes_ticket()
    hall.officer_opens("3")
    hall.at("9:05").counter_calls_next("3")

    hall.at("10:30")
    with pytest.raises(WrongStage):
        enter(hall, ticket, "9:05", "9:20", counter="4")
    enter(hall, ticket, "9:05", "9:20")

    assert hall.day().at_counter("3") is None
    assert hall.stage(ticket) is Stage.SERVED


def test_what_cannot_have_been_is_refused_and_leaves_nothing_behind(hall: StoryHall):
    ticket = hall.at("9:10").visitor_takes_ticket()
    served = hall.visitor_takes_ticket(again=True)
    hall.at("10:30")
    enter(hall, served, "9:30", "9:40")
    before = hall.events()

    for called, ended in (("9:05", "9:30"), ("9:30", "9:29"), ("10:20", "10:31")):
        with pytest.raises(HandTimesWrong):
            enter(hall, ticket, called, ended)
    with pytest.raises(WrongStage):
        enter(hall, served, "9:41", "9:50")
    with pytest.raises(UnknownCounter):
        enter(hall, ticket, "9:30", "9:40", counter="99")
    assert hall.events() == before


def test_the_same_day_comes_out_after_a_restart(hall: StoryHall):
    ticket = hall.at("9:00").visitor_takes_ticket()
    hall.at("10:30")
    enter(hall, ticket, "9:20", "9:35")
    before = hall.ticket(ticket)

    assert hall.restarted().ticket(ticket) == before
