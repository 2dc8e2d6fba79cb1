"""The cable is cut: kiosks give numbers that they keep for that, and tell the hall afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.refusals import LeaseIsRevoked, NoSuchNumber, UnknownLease, UnknownPrefix
from queue_server.domain.rules import Way
from queue_server.domain.ticket import Stage
from queue_server.stores.base import Log
from tests.story import MONDAY, RULES, StoryHall

KIOSK = "kiosk:K1"
ids = count(1)


def lease(hall: StoryHall, prefix: str = "T", wanted: int = 5, kiosk: str = KIOSK) -> e.NumbersLeased:
    handled = hall.handle(c.LeaseNumbers(id=f"lease-{next(ids)}", actor=kiosk, prefix=prefix, count=wanted))
    leased = handled.recorded[0].event
    assert isinstance(leased, e.NumbersLeased)
    return leased


def moment(text: str) -> datetime:
    hour, minute = text.split(":")
    return MONDAY.replace(hour=int(hour), minute=int(minute))


def hand_over(hall: StoryHall, number: str, taken: str, kiosk: str = KIOSK, **more: Any) -> e.Event:
    n = next(ids)
    wish: dict[str, Any] = {"service": "rent", "zone": "special", "press": f"press-{n}", "printer": "K1"} | more
    command = c.HandOverTicket(id=f"over-{n}", actor=kiosk, number=number, taken_at=moment(taken), **wish)
    return hall.handle(command).recorded[0].event


def issue(hall: StoryHall, press: str) -> str:
    handled = hall.handle(c.IssueTicket(id=press, actor=KIOSK, service="rent", way=Way.COUNTER, again=True))
    event = handled.recorded[0].event
    assert isinstance(event, e.TicketIssued)
    return event.ticket


def taken_over(event: e.Event) -> e.TicketIssued:
    assert isinstance(event, e.TicketIssued)
    return event


def test_numbers_that_a_kiosk_keeps_are_given_to_nobody_else(hall: StoryHall):
    hall.at("9:00")
    leased = lease(hall)
    assert (leased.first, leased.last) == (901, 905)
    assert issue(hall, "press") == "T0001"
    assert lease(hall, kiosk="kiosk:K2").first == 906


def test_who_came_first_is_first_though_the_hall_hears_of_it_later(hall: StoryHall):
    hall.at("9:00")
    lease(hall)
    hall.at("9:30")
    issue(hall, "press")
    hall.at("9:40")
    assert taken_over(hand_over(hall, "T0901", "9:10")).doubts == ()
    hand_over(hall, "T0902", "9:35")
    assert hall.queue() == ["T0901", "T0001", "T0902"]
    assert hall.ticket("T0901").first_arrival_at == moment("9:10")


def test_a_press_that_the_hall_had_heard_has_one_number_in_the_end(hall: StoryHall):
    hall.at("9:00")
    lease(hall)
    lost = issue(hall, "the-press")
    hall.at("9:05")
    assert taken_over(hand_over(hall, "T0901", "9:00", press="the-press")).doubts == ("asked_before",)
    assert hall.queue() == ["T0901"]
    assert hall.stage(lost) is Stage.ABANDONED


def test_unless_that_other_number_is_at_a_counter_already(hall: StoryHall):
    hall.at("9:00")
    lease(hall)
    heard = issue(hall, "the-press")
    hall.officer_opens("3")
    hall.counter_calls_next("3")
    hall.visitor_is_served(heard)
    assert taken_over(hand_over(hall, "T0901", "9:00", press="the-press")).doubts == ("served_before",)
    assert (hall.stage(heard), hall.stage("T0901")) == (Stage.SERVING, Stage.ABANDONED)


def test_after_an_older_backup_nobody_loses_the_place_and_no_number_is_there_twice(
    hall: StoryHall,
):
    hall.at("9:30")
    assert issue(hall, "somebody") == "T0001"
    mine = taken_over(hand_over(hall, "T0001", "9:10"))
    assert mine.doubts == ("lease_unknown", "number_taken")
    assert (mine.ticket, mine.number_on_paper) == ("T0002", "T0001")
    assert hall.queue() == ["T0002", "T0001"]
    assert taken_over(hand_over(hall, "T0009", "9:11")).doubts == ("lease_unknown",)
    assert issue(hall, "the next one") == "T0010"
    assert taken_over(hand_over(hall, "T0903", "9:12")).doubts == ("lease_unknown",)
    assert lease(hall).first == 904


def test_where_the_two_rows_of_numbers_meet_each_skips_the_other(log: Log):
    rules = replace(RULES, limits=replace(RULES.limits, lease_from=3))
    hall = StoryHall(log, rules).at("9:00")
    assert lease(hall, wanted=2).first == 3
    assert [issue(hall, f"press-{n}") for n in range(3)] == ["T0001", "T0002", "T0005"]
    assert lease(hall, wanted=2).first == 6
    assert [issue(hall, f"more-{n}") for n in range(2)] == ["T0008", "T0009"]


def test_numbers_taken_back_are_taken_over_all_the_same(hall: StoryHall):
    hall.at("9:00")
    lease(hall)
    hall.handle(c.RevokeLease(id="back", actor="supervisor:zhao", lease="T0901", reason="gone"))
    assert issue(hall, "press") == "T0001"
    assert taken_over(hand_over(hall, "T0903", "9:00")).doubts == ("lease_revoked",)
    with pytest.raises(LeaseIsRevoked):
        hall.handle(c.RevokeLease(id="again", actor="supervisor:zhao", lease="T0901"))


def test_what_the_hall_would_have_refused_is_told_and_taken_over(hall: StoryHall):
    hall.at("9:00")
    lease(hall)
    hall.handle(c.CloseZone(id="shut", actor="supervisor:zhao", zone="special", notice="pipe"))
    assert taken_over(hand_over(hall, "T0901", "8:30")).doubts == ("zone_closed", "hall_closed")
    ahead = taken_over(hand_over(hall, "T0902", "11:00"))
    assert ahead.doubts == ("clock_ahead", "zone_closed")
    assert ahead.taken_at == moment("9:00")


def test_after_the_day_a_number_on_paper_is_still_written_down_once(hall: StoryHall):
    hall.at("9:00")
    lease(hall)
    hall.at("17:30").day_is_closed()
    late = hand_over(hall, "T0901", "16:50")
    assert isinstance(late, e.HandedOverLate)
    assert hall.day().handed_over_late == ["T0901"]
    assert "T0901" not in hall.day().tickets


def test_told_twice_is_told_once(hall: StoryHall):
    hall.at("9:00")
    lease(hall)
    command = c.HandOverTicket(
        id="over", actor=KIOSK, number="T0901", press="p", taken_at=moment("9:00"), service="rent", zone="special"
    )
    first = hall.handle(command).recorded
    assert hall.handle(command).recorded == first
    assert hall.queue() == ["T0901"]


def test_bad_wishes_are_refused(hall: StoryHall):
    with pytest.raises(UnknownPrefix):
        lease(hall, prefix="X")
    with pytest.raises(UnknownLease):
        hall.handle(c.RevokeLease(id="r", actor="supervisor:zhao", lease="T0901"))
    for number in ("", "T", "0001", "T00000", "TX1"):
        with pytest.raises(NoSuchNumber):
            hand_over(hall, number, "9:00")
