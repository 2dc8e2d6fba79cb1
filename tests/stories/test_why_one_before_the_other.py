"""What a visitor is told who asks why somebody else goes first: the rule that decided, and what is known of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from story import RULES, StoryHall

from queue_server.domain import commands as c
from queue_server.domain.explain import Explanation, explain_order
from queue_server.domain.rules import Counter, Limits, OrderClass
from queue_server.stores.memory import MemoryLog


def a_hall(**changes: Any) -> StoryHall:
    return StoryHall(MemoryLog(), replace(RULES, **changes)).officer_opens("3")


def why(hall: StoryHall, a: str, b: str, counter: str | None = None) -> Explanation:
    def ask(day, at):
        place = day.rules.counters[counter] if counter else None
        return explain_order(day.tickets[a], day.tickets[b], day, at, place)

    return hall.hall.read(ask)


def known(explanation: Explanation) -> dict[str, list[str]]:
    """Ticket → the codes of what is known of it, in order."""
    found: dict[str, list[str]] = {}
    for reason in explanation.reasons:
        found.setdefault(str(reason.details["ticket"]), []).append(reason.code)
    return found


def by_law(hall: StoryHall) -> str:
    hall.handle(c.IssueTicket(id="law", actor="guide:ma", service="rent", statutory=True))
    return str(list(hall.day().tickets)[-1])


def test_between_classes_the_credit_of_both_decides_to_a_tenth_of_a_minute() -> None:
    hall = a_hall()
    ordinary, law = hall.at("09:00").visitor_takes_ticket(), by_law(hall.at("09:10:15"))

    said = why(hall.at("09:30"), ordinary, law)

    assert (said.first, said.second) == (law, ordinary)
    assert said.decided_by.code == "more_credit"
    assert said.decided_by.details == {"ticket": law, "minutes": 39.5, "other": ordinary, "other_minutes": 30.0}
    assert known(said) == {law: ["arrived", "earns"], ordinary: ["arrived", "earns"]}


def test_what_each_has_earned_is_told_in_minutes() -> None:
    hall = a_hall(statutory=OrderClass(rate=2.0, credit_seconds=300.0))
    ordinary, law = hall.at("09:00").visitor_takes_ticket(), by_law(hall.at("09:10"))

    earned = [one.details for one in why(hall.at("09:30"), law, ordinary).reasons if one.code == "earns"]

    assert [(one["ticket"], one["rate"], one["head_start"], one["minutes"]) for one in earned] == [
        (law, 2.0, 5.0, 45.0),
        (ordinary, 1.0, 0.0, 30.0),
    ]


def test_within_a_class_whoever_came_earlier_goes_first() -> None:
    hall = a_hall()
    first, second = hall.at("09:00").visitor_takes_ticket(), hall.at("09:10").visitor_takes_ticket()

    said = why(hall.at("09:20"), second, first)

    assert (said.first, said.decided_by.code) == (first, "came_earlier")


def test_at_the_same_moment_the_lower_number_decides() -> None:
    hall = a_hall()
    first, second = hall.at("09:00").visitor_takes_ticket(), hall.visitor_takes_ticket()

    assert why(hall, second, first).decided_by.code == "lower_number"


def test_with_equal_credit_whoever_came_earlier_decides() -> None:
    hall = a_hall()
    ordinary, law = hall.at("09:00").visitor_takes_ticket(), by_law(hall.at("09:10"))

    said = why(hall.at("09:20"), law, ordinary)  # 20 = 2 × 10

    assert (said.first, said.decided_by.code) == (ordinary, "came_earlier")


def test_whoever_was_called_went_first_by_the_rule_of_that_call() -> None:
    hall = a_hall().officer_opens("4")
    numbers = [hall.visitor_takes_ticket() for _ in range(3)]
    hall.at("09:05").counter_calls_next("3")
    hall.at("09:06").counter_calls("4", numbers[2])

    said = why(hall, numbers[2], numbers[0])
    assert (said.first, said.decided_by.code) == (numbers[0], "called_first")
    assert said.decided_by.details == {
        "ticket": numbers[0],
        "at": "2026-11-23T01:05:00+00:00",
        "counter": "3",
        "rule": "credit",
        "other": numbers[2],
    }
    said = why(hall, numbers[1], numbers[2])
    assert (said.first, said.decided_by.details["rule"]) == (numbers[2], "chosen")
    assert known(said)[numbers[2]] == ["arrived"]  # of somebody called no credit is told any more


def test_whoever_has_left_does_not_stand_before_anybody() -> None:
    hall = a_hall()
    gone, here = hall.visitor_takes_ticket(), hall.visitor_takes_ticket()
    hall.visitor_leaves(gone)

    for pair in ((gone, here), (here, gone)):
        said = why(hall, *pair)
        assert (said.first, said.decided_by.code, said.decided_by.details) == (here, "not_waiting", {"ticket": gone})


def test_what_a_counter_prefers_is_named_and_counts_there_alone() -> None:
    prefers = Counter("3", "special", None, frozenset({"print"}))
    hall = a_hall(counters={**RULES.counters, "3": prefers}, limits=Limits(preference_minutes=5))
    first = hall.at("09:00").visitor_takes_ticket("rent")
    preferred = hall.at("09:04").visitor_takes_ticket("print")

    there = why(hall.at("09:10"), first, preferred, "3")
    assert there.first == preferred
    assert there.decided_by.details == {"ticket": preferred, "minutes": 11.0, "other": first, "other_minutes": 10.0}
    assert known(there)[preferred] == ["arrived", "earns", "preferred"]
    assert why(hall, first, preferred).first == first
    assert why(hall, first, preferred, "4").first == first


def test_a_number_kept_for_an_officer_says_so_and_other_counters_pass_it() -> None:
    hall = a_hall().officer_opens("4")
    kept, other = hall.at("09:00").visitor_takes_ticket(), hall.at("09:01").visitor_takes_ticket()
    hall.guide_moves(kept, officer="officer-4", reason="knows the case")

    assert known(why(hall, kept, other))[kept] == ["arrived", "sent_on", "kept_for_officer", "earns"]
    at_three = why(hall, kept, other, "3")
    assert (at_three.first, at_three.decided_by.code) == (other, "not_at_this_counter")
    assert why(hall, kept, other, "4").first == kept


def test_who_came_back_after_a_miss_is_told_so() -> None:
    hall = a_hall()
    late, other = hall.at("09:00").visitor_takes_ticket(), hall.at("09:01").visitor_takes_ticket()
    hall.at("09:05").counter_calls_next("3")
    hall.at("09:06").counter_recalls(late)
    hall.at("09:07").visitor_does_not_come(late)
    hall.at("09:10").visitor_comes_back(late)

    assert known(why(hall, late, other)) == {other: ["arrived", "earns"], late: ["arrived", "came_back", "earns"]}


def test_each_rule_that_stands_above_credit_is_named_with_its_figures() -> None:
    strict = OrderClass(credit_seconds=36_000)
    hall = a_hall(statutory=strict, limits=Limits(longest_wait_minutes=60, priority_one_in=0))
    ordinary, law = hall.at("09:00").visitor_takes_ticket(), by_law(hall.at("09:30"))

    hall.at("10:00:30")
    reason = why(hall, law, ordinary).decided_by
    assert reason.code == "longest_wait"
    assert reason.details == {"ticket": ordinary, "minutes": 60, "limit": 60}

    hall.guide_moves(law, zone="special", position="first", reason="unwell")
    reason = why(hall, law, ordinary).decided_by
    assert reason.code == "put_first"
    assert reason.details == {"ticket": law, "at": "2026-11-23T02:00:30+00:00"}


def test_a_limit_that_holds_priority_back_is_named_at_the_counter_with_what_it_has_cost() -> None:
    strict = OrderClass(credit_seconds=36_000)
    hall = a_hall(statutory=strict, limits=Limits(priority_delay_minutes=10, priority_one_in=0)).officer_opens("4")
    ordinary, law = hall.at("09:00").visitor_takes_ticket(), by_law(hall.at("09:10"))
    hall.handle(c.IssueTicket(id="law 2", actor="guide:ma", service="loan", statutory=True))
    hall.counter_calls_next("3")  # a rent costs 5 minutes at two desks; a loan would cost 20

    reason = why(hall, "D0001", ordinary, "4").decided_by
    assert reason.code == "delay_limit"
    assert reason.details == {"ticket": ordinary, "minutes": 5.0, "limit": 10}
    assert hall.ticket(law).counter == "3"


def test_a_budget_that_holds_priority_back_is_named_at_the_counter() -> None:
    strict = OrderClass(credit_seconds=36_000)
    hall = a_hall(statutory=strict, limits=Limits(priority_delay_minutes=0, priority_one_in=3))
    ordinary, law = hall.at("09:00").visitor_takes_ticket(), by_law(hall.at("09:10"))
    hall.handle(c.IssueTicket(id="law 2", actor="guide:ma", service="print", statutory=True))
    hall.counter_calls_next("3")
    hall.visitor_is_served(law)
    hall.officer_ends(law)

    reason = why(hall, "C0001", ordinary, "3").decided_by
    assert reason.code == "budget"
    assert reason.details == {"ticket": ordinary, "counter": "3", "one_in": 3}
