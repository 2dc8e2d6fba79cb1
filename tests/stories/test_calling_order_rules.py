"""Each rule of the calling order by itself, to the minute: who is called, and by which rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from story import RULES, StoryHall

from queue_server.domain import commands as c
from queue_server.domain.choice import choose
from queue_server.domain.refusals import CalledOften, CounterBusy, NobodyWaiting, NotAReserve, ReserveIsShut
from queue_server.domain.rules import CallRule, Counter, Limits, Officer, OrderClass, Way
from queue_server.domain.ticket import Stage
from queue_server.stores.memory import MemoryLog

FREE = Limits(longest_wait_minutes=0, priority_one_in=0, priority_delay_minutes=0)  # credit alone decides


def a_hall(limits: Limits = FREE, **changes: Any) -> StoryHall:
    return StoryHall(MemoryLog(), replace(RULES, limits=limits, **changes)).officer_opens("3")


def takes_ticket_by_law(hall: StoryHall, service: str = "rent") -> str:
    hall.handle(c.IssueTicket(id=f"law-{len(hall.events())}", actor="guide:ma", service=service, statutory=True))
    return str(list(hall.day().tickets)[-1])


def one_and_one_by_law(hall: StoryHall) -> tuple[str, str]:
    """Somebody at 9:00, and somebody whom a law gives precedence ten minutes later."""
    return hall.at("09:00").visitor_takes_ticket(), takes_ticket_by_law(hall.at("09:10"))


def would_call(hall: StoryHall, moment: str, counter: str = "3") -> tuple[str, str]:
    choice = hall.at(moment).hall.read(lambda day, at: choose(day.rules.counters[counter], day, at))
    assert choice is not None
    return choice.ticket.number, choice.rule


def calls_and_serves(hall: StoryHall, counter: str = "3") -> str:
    number = hall.counter_calls_next(counter)
    hall.visitor_is_served(number)
    hall.officer_ends(number)
    return number


def test_at_two_to_one_ten_minutes_later_are_made_up_after_ten_more() -> None:
    hall = a_hall(statutory=OrderClass(rate=2))
    ordinary, by_law = one_and_one_by_law(hall)

    assert would_call(hall, "09:20") == (ordinary, "credit")  # 20 and 2 × 10: equal, so the earlier arrival
    assert would_call(hall, "09:20:01") == (by_law, "credit")


def test_first_come_first_served_is_a_setting() -> None:
    hall = a_hall(statutory=OrderClass())
    ordinary, _ = one_and_one_by_law(hall)

    assert would_call(hall, "12:00") == (ordinary, "credit")


@pytest.mark.parametrize(("minutes", "goes_first"), [(9, 0), (10, 0), (11, 1)])
def test_a_head_start_passes_those_who_came_less_than_that_before(minutes: int, goes_first: int) -> None:
    hall = a_hall(statutory=OrderClass(credit_seconds=60.0 * minutes))
    both = one_and_one_by_law(hall)

    assert would_call(hall, "09:10")[0] == both[goes_first]
    assert would_call(hall, "11:00")[0] == both[goes_first]  # and waiting longer changes nothing


def test_strict_precedence_is_a_setting_and_the_longest_wait_still_stands_above_it() -> None:
    hall = a_hall(replace(FREE, longest_wait_minutes=60), statutory=OrderClass(credit_seconds=36_000))
    ordinary, by_law = one_and_one_by_law(hall)

    assert would_call(hall, "09:59:59") == (by_law, "credit")
    assert would_call(hall, "10:00") == (ordinary, "longest_wait")


def test_at_most_one_call_in_three_passes_over_somebody_who_came_earlier() -> None:
    hall = a_hall(replace(FREE, priority_one_in=3), statutory=OrderClass(credit_seconds=36_000))
    ordinary = [hall.at("09:00").visitor_takes_ticket() for _ in range(4)]
    by_law = [takes_ticket_by_law(hall.at("09:10")) for _ in range(2)]

    called = [calls_and_serves(hall) for _ in range(6)]

    assert called == [by_law[0], ordinary[0], ordinary[1], by_law[1], ordinary[2], ordinary[3]]


def test_priority_costs_nobody_more_than_ten_minutes_of_others_service() -> None:
    hall = a_hall(replace(FREE, priority_delay_minutes=10), statutory=OrderClass(credit_seconds=36_000))
    hall.officer_opens("4")
    ordinary = hall.at("09:00").visitor_takes_ticket()
    by_law = [takes_ticket_by_law(hall.at("09:10")) for _ in range(3)]

    # rent takes 10 minutes and two desks are open: each that passes costs 5
    assert [calls_and_serves(hall), calls_and_serves(hall)] == by_law[:2]
    assert would_call(hall, "09:10") == (ordinary, "delay_limit")


def test_one_long_service_does_not_pass_the_limit_either() -> None:
    hall = a_hall(replace(FREE, priority_delay_minutes=10), statutory=OrderClass(credit_seconds=36_000))
    ordinary = hall.at("09:00").visitor_takes_ticket()
    takes_ticket_by_law(hall.at("09:10"), "loan")  # 40 minutes at the only open desk

    assert would_call(hall, "09:10") == (ordinary, "delay_limit")


@pytest.mark.parametrize("how", ["sent on", "sent on and put back", "missed and back"])
def test_what_priority_has_cost_somebody_goes_with_them(how: str) -> None:
    limits = replace(FREE, priority_delay_minutes=10, calls_before_missed=1)
    hall = a_hall(limits, statutory=OrderClass(credit_seconds=36_000))
    hall.officer_opens("4")
    ordinary = hall.at("09:00").visitor_takes_ticket()
    for _ in range(3):
        takes_ticket_by_law(hall.at("09:10"))
    calls_and_serves(hall)  # 5 of the 10 minutes
    calls_and_serves(hall)  # all of them

    if how == "missed and back":
        hall.counter_calls("4", ordinary)
        hall.at("09:12").visitor_does_not_come(ordinary)
        hall.visitor_comes_back(ordinary)
    else:
        hall.guide_moves(ordinary, counter="3")
    if how == "sent on and put back":
        hall.guide_undoes_the_move(ordinary)

    assert would_call(hall, "09:12") == (ordinary, "delay_limit")


def test_a_helping_counter_counts_the_delay_where_people_were_passed_over() -> None:
    helps = (CallRule("special", frozenset({"1"}), None, 0, None),)
    hall = a_hall(statutory=OrderClass(credit_seconds=36_000), call_rules=helps).officer_opens("1")
    passed = hall.at("09:00").visitor_takes_ticket()  # in special
    issue = c.IssueTicket(id="law", actor="guide:ma", service="rent", statutory=True, way=Way.COACHING)
    hall.at("09:10").handle(issue)  # in smart, where counter 1 is

    assert hall.counter_calls_next("1").startswith("W")

    assert hall.day().overtaken_seconds == {
        hall.ticket(passed).zone: 600
    }  # rent takes 10 minutes, one desk is open there


def test_a_helping_counter_calls_with_priority_where_no_desk_of_the_zone_is_open() -> None:
    helps = CallRule("special", frozenset({"1"}), more_than_waiting=1)
    hall = StoryHall(MemoryLog(), replace(RULES, limits=FREE, call_rules=(helps,))).officer_opens("1")
    hall.at("09:00").visitor_takes_ticket()
    by_law = takes_ticket_by_law(hall.at("09:10"))

    assert would_call(hall, "09:30", "1") == (by_law, "credit")


def test_whoever_a_guide_puts_first_is_called_first() -> None:
    hall = a_hall()
    hall.visitor_takes_ticket()
    last = hall.visitor_takes_ticket()

    hall.guide_moves(last, zone="special", position="first", reason="unwell")

    assert would_call(hall, "09:00") == (last, "front")


def test_a_counter_calls_what_it_prefers_up_to_five_minutes_earlier() -> None:
    prefers = {**RULES.counters, "3": Counter("3", "special", None, frozenset({"print"}))}
    hall = a_hall(replace(FREE, preference_minutes=5), counters=prefers)
    hall.at("09:00").visitor_takes_ticket("rent")
    late = hall.at("09:06").visitor_takes_ticket("print")
    assert would_call(hall, "09:10")[0] != late

    in_time = StoryHall(MemoryLog(), hall.hall.rules).officer_opens("3")
    in_time.at("09:00").visitor_takes_ticket("rent")
    printed = in_time.at("09:04").visitor_takes_ticket("print")
    assert would_call(in_time, "09:10")[0] == printed


def test_a_counter_calls_only_what_the_officer_there_has_learnt() -> None:
    hall = a_hall(officers={"officer-3": Officer("officer-3", frozenset({"print"}))})
    hall.visitor_takes_ticket("rent")
    with pytest.raises(NobodyWaiting):
        hall.counter_calls_next("3")

    printed = hall.visitor_takes_ticket("print")
    assert hall.counter_calls_next("3") == printed


def test_another_zone_helps_when_somebody_has_waited_longer_than_half_an_hour() -> None:
    hall = a_hall(call_rules=(CallRule("special", frozenset({"1"}), None, None, 30),)).officer_opens("1")
    number = hall.at("09:00").visitor_takes_ticket()

    with pytest.raises(NobodyWaiting):
        hall.at("09:30").counter_calls_next("1")
    assert hall.at("09:30:01").counter_calls_next("1") == number


def test_who_helps_elsewhere_calls_the_own_people_first_where_the_hall_says_so() -> None:
    helps = CallRule("special", frozenset({"1"}), longer_than_minutes=30, own_first=True)
    hall = a_hall(call_rules=(helps,)).officer_opens("1")
    there = hall.at("09:00").visitor_takes_ticket()
    own = hall.at("10:20").visitor_takes_ticket(online=True)  # the other has waited beyond the guard

    assert hall.at("10:30").counter_calls_next("1") == own
    hall.visitor_is_served(own)
    hall.officer_ends(own)
    assert hall.counter_calls_next("1") == there


def test_another_zone_helps_when_more_than_two_are_waiting() -> None:
    hall = a_hall(call_rules=(CallRule("special", frozenset({"1"}), None, 2, None),)).officer_opens("1")
    first, _ = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()
    with pytest.raises(NobodyWaiting):
        hall.counter_calls_next("1")

    hall.visitor_takes_ticket()
    assert hall.counter_calls_next("1") == first


def test_a_ticket_kept_for_an_officer_waits_for_them_and_for_nobody_who_went_home() -> None:
    hall = a_hall().officer_opens("4")
    number = hall.visitor_takes_ticket()
    hall.guide_moves(number, officer="officer-4")
    with pytest.raises(NobodyWaiting):
        hall.counter_calls_next("3")

    hall.handle(c.CloseDesk(id="home", actor="officer:4", counter="4"))
    assert hall.counter_calls_next("3") == number


def test_nobody_sits_at_a_reserve_counter_until_a_supervisor_opens_it() -> None:
    hall = a_hall(counters={**RULES.counters, "4": Counter("4", "special", reserve=True)})
    with pytest.raises(ReserveIsShut):
        hall.officer_opens("4")

    hall.handle(c.OpenReserve(id="open", actor="supervisor:sun", counter="4"))
    hall.officer_opens("4")
    assert "4" in hall.day().desks
    with pytest.raises(NotAReserve):
        hall.handle(c.OpenReserve(id="wrong", actor="supervisor:sun", counter="3"))


def test_a_reserve_counter_that_is_shut_again_takes_nobody_new_and_is_shut_once() -> None:
    hall = a_hall(counters={**RULES.counters, "4": Counter("4", "special", reserve=True)})

    def shuts(key: str) -> None:
        hall.handle(c.CloseReserve(id=key, actor="supervisor:sun", counter="4"))

    shuts("before it was ever open")
    assert hall.events() == ["DeskOpened"]
    hall.handle(c.OpenReserve(id="open", actor="supervisor:sun", counter="4"))
    hall.handle(c.OpenReserve(id="open again", actor="supervisor:sun", counter="4"))
    shuts("shut")
    shuts("shut again")
    assert hall.events() == ["DeskOpened", "ReserveOpened", "ReserveClosed"]

    with pytest.raises(ReserveIsShut):
        hall.officer_opens("4")


def test_a_forgotten_end_is_concluded_from_the_next_call_after_a_minute_and_marked() -> None:
    hall = a_hall()
    first, second = hall.at("09:00").visitor_takes_ticket(), hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(first)
    with pytest.raises(CounterBusy):
        hall.at("09:00:59").counter_calls_next("3")

    hall.at("09:01").handle(c.CallNext(id="after-a-minute", actor="officer:3", counter="3"))

    assert (hall.stage(first), hall.stage(second)) == (Stage.SERVED, Stage.CALLED)
    assert hall.ticket(first).services_done[-1].inferred


def test_a_service_on_hold_is_not_taken_for_a_forgotten_end() -> None:
    hall = a_hall()
    first = hall.at("09:00").visitor_takes_ticket()
    hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(first)
    hall.officer_holds(first)

    with pytest.raises(CounterBusy):
        hall.at("09:30").counter_calls_next("3")


def test_nobody_is_called_more_often_than_the_hall_says() -> None:
    hall = a_hall(replace(FREE, calls_before_missed=3))
    number = hall.at("09:00").visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.at("09:01").counter_recalls(number)
    hall.at("09:02").counter_recalls(number)

    with pytest.raises(CalledOften):
        hall.at("09:03").counter_recalls(number)
    assert hall.ticket(number).calls == 3


def test_somebody_without_a_number_is_served_at_once_and_counted() -> None:
    hall = a_hall()
    waiting = hall.visitor_takes_ticket()

    hall.handle(c.ServeDirectly(id="direct", actor="officer:3", counter="3", service="print"))

    served = hall.day().at_counter("3")
    assert served is not None
    assert (served.service, served.stage, served.called_by_rule) == ("print", Stage.SERVING, "direct")
    assert hall.queue() == [waiting]
