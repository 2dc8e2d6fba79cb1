"""Whom an alert tells is what the hall's rules say: roles, persons, the officer where it happens; never nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queue_server.domain.alert_audience import Listener, is_told
from queue_server.domain.alert_rules import AlertRule
from queue_server.domain.alerts import NO_SIGNS, Alert
from queue_server.service.alert_keeper import AlertKeeper
from queue_server.stores.memory import MemoryLog
from tests.story import MONDAY, RULES, StoryHall

SUN = Listener("sun", frozenset({"supervisor"}))
ZHAO = Listener("zhao", frozenset({"guide"}))
LI = Listener("li", frozenset({"officer"}), counter="3", zone="special")
WANG = Listener("wang", frozenset({"officer"}), counter="4", zone="special")
HERE = {"sun", "zhao", "li", "wang"}


def told(alert: Alert) -> str:
    return " ".join(one.person for one in (SUN, ZHAO, LI, WANG) if is_told(alert, one, HERE))


def alert(kind: str, *tells: str, people: tuple[str, ...] = (), **about: str) -> Alert:
    return Alert(kind, "act", MONDAY, tells=tells, people=people, **about)


@pytest.mark.parametrize(
    ("one", "who"),
    [
        (alert("longest_wait", "supervisor", zone="special"), "sun"),
        (alert("longest_wait", "supervisor", "guide", zone="special"), "sun zhao"),
        (alert("longest_wait", "officer", zone="special"), "li wang"),  # no counter: whoever sits in the zone
        (alert("forgotten_finish", "officer", zone="special", counter="3"), "li"),
        (alert("longest_wait", "officer", zone="care"), ""),
        (alert("printer", people=("wang",), place="K1"), "wang"),
        (alert("printer", people=("gone", "wang"), place="K1"), "wang"),
        (alert("printer", people=("gone",), place="K1"), "sun"),  # all who were named have left
        (alert("printer", place="K1"), ""),  # for the centre's own system alone
        (
            alert("bad_mark", "supervisor", "guide", people=("li",), zone="special"),
            "sun",
        ),
    ],
)
def test_each_hears_what_the_rules_tell_them(one: Alert, who: str) -> None:
    assert told(one) == who


def test_whoever_a_passed_rule_names_is_told_and_stays_told_when_it_grows_urgent() -> None:
    rules = (
        AlertRule("longest_wait", "look", above=5, tells=("guide",)),
        AlertRule("longest_wait", "act", above=10, people=("sun",), tells=()),
    )
    hall = StoryHall(MemoryLog(), replace(RULES, alert_rules=rules)).at("09:00").officer_opens("3")
    hall.visitor_takes_ticket()
    keeper = AlertKeeper(hall.hall)

    def named(moment: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        hall.at(moment)
        keeper.look(NO_SIGNS)
        one = hall.day().alerts["longest_wait:special"]
        return one.tells, one.people

    assert named("09:06") == (("guide",), ())
    assert named("09:11") == (("guide",), ("sun",))
    again = StoryHall.restarted(hall).day().alerts["longest_wait:special"]
    assert (again.tells, again.people) == (("guide",), ("sun",))
