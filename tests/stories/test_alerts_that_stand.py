"""An alert is raised by the hall's rules, does not flicker, is taken and closed by people, and outlives a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.alert_rules import DEFAULT_ALERT_RULES, KINDS, AlertRule
from queue_server.domain.alert_watch import CALM_FOR, AlertWatch
from queue_server.domain.alerts import NO_SIGNS, Signs, alerts
from queue_server.domain.commands import AskForHelp, CloseAlert, TakeAlert
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import AlertIsOver
from queue_server.domain.rules import Way
from queue_server.service.alert_keeper import AlertKeeper, raise_alert
from queue_server.stores.memory import MemoryLog
from tests.story import MONDAY, RULES, StoryHall

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)


class Watched:
    """A hall whose alerts are looked at whenever the story says so."""

    def __init__(self, hall: StoryHall) -> None:
        self.hall = hall
        self.keeper = AlertKeeper(hall.hall)

    def at(self, moment: str, signs: Signs = NO_SIGNS) -> list[str]:
        self.hall.at(moment)
        self.keeper.look(signs)
        return sorted(f"{one.id} {one.level}" for one in self.hall.day().alerts.values() if one.is_open)


@pytest.fixture
def watched() -> Watched:
    return Watched(StoryHall(MemoryLog(), RULES).at("09:00").officer_opens("3"))


def test_a_long_wait_is_told_once_however_often_it_is_looked_at_and_grows_urgent(watched: Watched) -> None:
    watched.hall.visitor_takes_ticket()

    assert "longest_wait:special look" not in watched.at("09:15")  # a quarter of an hour is still as promised
    assert "longest_wait:special look" in watched.at("09:16")
    assert "longest_wait:special look" in watched.at("09:17")
    assert "longest_wait:special act" in watched.at("09:31")
    raised = [one for one in watched.hall.events() if one == "AlertRaised"]
    assert len(raised) == 3  # the idle desk, the long wait, the very long wait


def test_it_is_over_only_after_a_calm_minute_below_nine_tenths(watched: Watched) -> None:
    first = watched.hall.visitor_takes_ticket()
    watched.hall.at("09:02").visitor_takes_ticket()
    watched.at("09:16")
    watched.hall.counter_calls_next("3")
    watched.hall.visitor_is_served(first)

    assert watched.at("09:16:30") == ["longest_wait:special look"]  # the next has waited 14.5: within a tenth of 15
    watched.hall.officer_ends(first)
    watched.hall.counter_calls_next("3")
    assert watched.at("09:16:40") == ["longest_wait:special look"]
    assert watched.at("09:17:41") == []


def test_help_that_nobody_brings_says_where_it_was_asked_for(watched: Watched) -> None:
    watched.hall.handle(AskForHelp(id="help", actor="kiosk:K1", place="K1", ticket=None, question="general"))

    assert watched.at("09:01") == ["help:K1 look"]
    assert "help:K1 act" in watched.at("09:03")
    assert watched.hall.day().alerts["help:K1"].place == "K1"


def test_a_rule_may_ask_for_patience(watched: Watched) -> None:
    rule = AlertRule("nobody_serves", "act", for_minutes=1)  # officers change places
    hall = StoryHall(MemoryLog(), replace(RULES, alert_rules=(rule,))).at("09:00")
    hall.visitor_takes_ticket()
    patient = Watched(hall)

    assert patient.at("09:00:10") == []
    assert patient.at("09:00:40") == []
    assert patient.at("09:01:11") == ["nobody_serves:special act"]


def test_who_took_it_and_what_was_done_are_in_the_log_and_it_stays_away(watched: Watched) -> None:
    watched.hall.visitor_takes_ticket()
    watched.at("09:16")
    watched.hall.handle(TakeAlert(id="a", actor="supervisor:sun", alert="longest_wait:special", person="sun"))
    watched.hall.handle(CloseAlert(id="b", actor="supervisor:sun", alert="longest_wait:special", done="people_moved"))

    assert "longest_wait:special look" not in watched.at("09:20")
    known = watched.hall.day().alerts["longest_wait:special"]
    assert (known.taken_by, known.closed_by, known.done) == ("sun", "supervisor:sun", "people_moved")
    assert "longest_wait:special act" in watched.at("09:31")  # urgent: somebody must look again
    with pytest.raises(AlertIsOver):
        watched.hall.handle(CloseAlert(id="c", actor="supervisor:sun", alert="help:K9", done="nothing_needed"))


def test_a_restart_keeps_what_stands_and_raises_nothing_twice(watched: Watched) -> None:
    watched.hall.visitor_takes_ticket()
    standing = watched.at("09:16")
    again = Watched(watched.hall.restarted())

    assert again.at("09:17") == standing
    assert again.hall.events().count("AlertRaised") == 2


def test_machines_and_closing_time_are_told_and_over_when_mended(watched: Watched) -> None:
    signs = Signs(
        failing_printers={"K1": MONDAY}, silent_devices={("kiosk", "K2"): MONDAY}, minutes_late={"special": 25.0}
    )

    assert watched.at("09:04", signs) == ["kiosk_down:K2 act", "printer:K1 act"]
    assert "misses_closing:special look" in watched.at("09:10", signs)  # after five minutes of patience
    assert watched.at("09:11") == ["kiosk_down:K2 act", "misses_closing:special look"]  # those wait for a calm minute
    assert watched.at("09:13") == []


def test_a_service_that_takes_three_times_as_long_as_usual_may_have_been_forgotten(watched: Watched) -> None:
    number = watched.hall.visitor_takes_ticket()
    watched.hall.counter_calls_next("3")
    watched.hall.visitor_is_served(number)

    assert watched.at("09:29") == []
    assert watched.at("09:31") == [f"forgotten_finish:special:3:{number} look"]
    watched.hall.officer_ends(number)
    assert watched.at("09:31:01") == []


def test_every_built_in_rule_wants_a_glance_or_a_hand() -> None:
    assert {rule.level for rule in DEFAULT_ALERT_RULES} == {"look", "act"}


def test_a_hall_s_own_rules_replace_the_built_in_ones() -> None:
    own = (AlertRule("longest_wait", "act", above=5, zone="special"),)
    hall = StoryHall(MemoryLog(), replace(RULES, alert_rules=own)).at("09:00")
    hall.visitor_takes_ticket()
    hall.visitor_takes_ticket("print", way=Way.COACHING)

    hall.at("09:06")
    assert [(one.kind, one.zone, one.level) for one in hall.hall.read(alerts)] == [("longest_wait", "special", "act")]


def test_the_day_s_end_ends_every_alert(watched: Watched) -> None:
    watched.hall.visitor_takes_ticket()
    watched.at("09:16")
    watched.hall.day_is_closed()

    assert watched.at("17:00") == []
    assert not any(alert.stands for alert in watched.hall.day().alerts.values())


def test_every_kind_has_a_built_in_rule() -> None:
    assert {rule.on for rule in DEFAULT_ALERT_RULES} == set(KINDS)


@given(st.lists(st.tuples(st.integers(1, 120), st.floats(0, 40)), max_size=60))
def test_nothing_flickers(steps: list[tuple[int, float]]) -> None:
    """However a figure jumps, between being over and being told again there lies what the rule asks for, and between
    being told and being over a calm minute."""
    rule = AlertRule("misses_closing", "look", above=10, for_minutes=2)
    day = HallDay(replace(RULES, alert_rules=(rule,)), MONDAY.date())
    hall = StoryHall(MemoryLog(), day.rules)
    watch, at = AlertWatch(), NINE
    last_change: tuple[str, datetime] | None = None
    for seconds, late in steps:
        at += timedelta(seconds=seconds)
        hall.clock.moment = at
        raised, over = watch.step(hall.day(), at, Signs(minutes_late={"special": late}))
        assert not (raised and over)
        for alert in raised:
            assert late > 10
            assert last_change is None or at - last_change[1] >= timedelta(minutes=2)
            hall.handle(raise_alert(alert, hall.day()))
            last_change = ("raised", at)
        for one in over:
            assert late <= 9
            assert last_change is not None
            assert at - last_change[1] >= CALM_FOR
            hall.day().alerts[one].stands = False
            last_change = ("over", at)
