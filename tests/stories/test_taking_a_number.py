"""Who gets a number: quota, one phone page, a key pressed twice, early doors; and the paper it stands on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from story import RULES, StoryHall

from queue_server.domain import commands as c
from queue_server.domain.refusals import (
    HallClosed,
    NoCoaching,
    QuotaReached,
    TookOneAlready,
    TookOneJustNow,
    TooManyPeople,
)
from queue_server.domain.rules import Hours, Limits, Way
from queue_server.stores.memory import MemoryLog
from tests.story import WORKDAYS


def a_hall(**limits: int) -> StoryHall:
    rules = replace(RULES, services={**RULES.services, "print": replace(RULES.services["print"], quota=2)})
    return StoryHall(MemoryLog(), replace(rules, limits=Limits(**limits)))


def press(hall: StoryHall, key: str, service: str = "rent", actor: str = "kiosk:K1", **more: Any) -> str:
    done = hall.handle(c.IssueTicket(id=key, actor=actor, service=service, **more))
    return str(done.recorded[0].event.ticket)  # type: ignore[attr-defined]


def test_a_service_gives_as_many_numbers_a_day_as_its_quota_and_says_when_there_are_more() -> None:
    hall = a_hall()
    press(hall, "first", "print")
    press(hall, "among others", "rent", services=("print",))

    with pytest.raises(QuotaReached) as refused:
        press(hall, "third", "print")

    assert refused.value.details == {"service": "print", "quota": 2, "opens_at": "2026-11-24T09:00:00+08:00"}
    assert press(hall, "another service") == "T0002"


def test_a_hall_that_opens_on_mondays_says_next_monday() -> None:
    hall = StoryHall(MemoryLog(), replace(a_hall().hall.rules, hours=Hours({0: WORKDAYS[0]})))
    press(hall, "first", "print")
    press(hall, "second", "print")

    with pytest.raises(QuotaReached) as refused:
        press(hall, "third", "print")

    assert refused.value.details["opens_at"] == "2026-11-30T09:00:00+08:00"


def test_a_phone_page_holds_one_number_at_a_time_unless_the_visitor_insists() -> None:
    hall = a_hall()
    first = press(hall, "first", holder="phone")

    with pytest.raises(TookOneAlready) as refused:
        press(hall, "second", holder="phone")

    assert refused.value.details == {"ticket": first}
    press(hall, "really", holder="phone", again=True)
    press(hall, "another phone", holder="other")
    hall.visitor_leaves(first)
    hall.visitor_leaves("T0002")
    assert press(hall, "both are over", holder="phone") == "T0004"


def test_a_hall_may_let_a_phone_page_hold_as_many_as_it_likes() -> None:
    hall = a_hall(tickets_per_phone=0)

    assert [press(hall, f"press-{n}", holder="phone") for n in range(3)] == ["T0001", "T0002", "T0003"]


def test_the_same_key_at_the_same_kiosk_within_seconds_asks_whether_it_was_meant() -> None:
    hall = a_hall(same_kiosk_seconds=8)
    first = press(hall, "first")

    with pytest.raises(TookOneJustNow) as refused:
        press(hall.at("09:00:07"), "a child plays")

    assert refused.value.details == {"ticket": first}
    press(hall, "another service", "print")
    press(hall, "at another kiosk", actor="kiosk:K2")
    press(hall, "the first again, after another")
    press(hall.at("09:00:15"), "eight seconds later")


def test_whoever_is_served_already_may_press_again_at_once() -> None:
    hall = a_hall(same_kiosk_seconds=8).officer_opens("3")
    press(hall, "first")
    hall.counter_calls_next("3")

    assert press(hall, "the next visitor") == "T0002"


def test_numbers_are_given_some_minutes_before_the_doors_open_where_the_hall_says_so() -> None:
    hall = a_hall(tickets_before_opening_minutes=15)

    with pytest.raises(HallClosed):
        press(hall.at("08:44"), "too early")
    press(hall.at("08:45"), "early")
    with pytest.raises(HallClosed):
        press(hall.at("17:00"), "after closing")


def test_of_two_services_only_what_can_be_done_online_goes_to_the_coaches() -> None:
    hall = a_hall()
    press(hall, "both", "rent", way=Way.COACHING, services=("loan",))
    ticket = hall.ticket("W0001")

    assert (ticket.zone, ticket.service, ticket.services_to_do) == ("smart", "rent", ("loan",))


def test_what_cannot_be_done_online_is_not_given_to_the_coaches_nor_quietly_elsewhere() -> None:
    with pytest.raises(NoCoaching):
        press(a_hall(), "press", "loan", way=Way.COACHING)


def reports(hall: StoryHall, paper: int, printed: bool, problem: str = "") -> str:
    hall.handle(
        c.ReportPaper(
            id=f"report-{len(hall.events())}-{paper}-{printed}",
            actor="kiosk:K1",
            ticket="T0001",
            paper=paper,
            printed=printed,
            problem=problem,
        )
    )
    return hall.ticket("T0001").paper


def test_only_what_becomes_of_the_latest_paper_counts() -> None:
    hall = a_hall()
    press(hall, "press", printer="K1")
    assert hall.ticket("T0001").paper == "asked"
    assert reports(hall, 1, printed=False, problem="paper_out") == "failed"

    hall.handle(c.ReprintTicket(id="again", actor="guide:ma", ticket="T0001", printer="K2"))
    assert hall.ticket("T0001").papers == 2
    assert reports(hall, 1, printed=True) == "asked"  # the first one came out at last
    assert reports(hall, 2, printed=True) == "printed"
    events = hall.events()
    assert reports(hall, 2, printed=True) == "printed"
    assert hall.events() == events  # told twice, written once


def test_so_many_come_on_one_number_as_the_hall_allows(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket(people=9)
    assert hall.ticket(number).people == 9

    for too_many in (10, 0):
        with pytest.raises(TooManyPeople) as refusal:
            hall.visitor_takes_ticket(people=too_many)
        assert refusal.value.details == {"people": too_many, "most": 9}
