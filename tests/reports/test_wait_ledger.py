"""The ledger of waits: what was promised, what then was, and the error told from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from story import MONDAY, StoryHall

from queue_server.foresight.ledger import DRIFTED_OF, Kept, Shown, has_drifted, ledger_measures, outcome, recalibrated
from queue_server.reports.wait_ledger import WaitLedger
from queue_server.stores.memory import MemoryLog


def promised(hall: StoryHall, low: int, high: int, promise: str = "certain") -> Shown:
    """A number is taken now, with this range on its paper."""
    number = hall.visitor_takes_ticket("rent")
    ticket = hall.ticket(number)
    at, zone = ticket.first_arrival_at, ticket.zone
    return Shown(hall.day().day, number, zone, "rent", "ticket", at, low, high, False, promise, low, high)


def kept(waited: float, low: int = 10, high: int = 20) -> Kept:
    shown = Shown(MONDAY.date(), "T0001", "special", "rent", "ticket", MONDAY, low, high, False, "certain", low, high)
    return Kept(shown, waited, True)


@pytest.fixture
def hall() -> StoryHall:
    return StoryHall(MemoryLog()).officer_opens("3")


def test_a_promise_is_held_against_the_call_that_came(hall: StoryHall) -> None:
    shown = promised(hall.at("09:00"), 5, 12)
    assert outcome(shown, hall.day()).waited is None

    hall.at("09:09").counter_calls_next("3")

    assert outcome(shown, hall.day()) == Kept(shown, 9.0, True)


def test_whoever_was_sent_elsewhere_is_not_counted_against_the_forecast(hall: StoryHall) -> None:
    shown = promised(hall.at("09:00"), 5, 12)
    hall.at("09:05").guide_moves(shown.ticket, zone="care")

    assert outcome(shown, hall.day()).waited is None


def test_somebody_who_was_promised_the_day_and_sent_home_is_a_broken_promise(hall: StoryHall) -> None:
    shown = promised(hall.at("16:50"), 5, 12)
    hall.at("17:30").day_is_closed()

    (everybody, *_) = ledger_measures([outcome(shown, hall.day())], ["special"])

    assert (everybody.certain, everybody.certain_broken) == (1, 1)


def test_the_error_is_told_only_when_there_is_enough_to_tell() -> None:
    nine = [kept(12.0)] * 9

    assert ledger_measures(nine, [])[0].error is None
    found = ledger_measures([*nine, kept(25.0)], [])[0]
    assert found.error == pytest.approx((9 * 2 + 15) / 10)
    assert found.coverage == pytest.approx(0.9)


def test_ranges_that_hold_too_seldom_are_noticed() -> None:
    good, bad = kept(12.0), kept(35.0)

    assert not has_drifted([good] * 27 + [bad] * 3)
    assert has_drifted([good] * 20 + [bad] * 10)
    assert not has_drifted([bad] * (DRIFTED_OF - 1))


def test_forecasts_that_were_half_of_the_truth_are_straightened_to_it() -> None:
    rows = [kept(2.0 * low + (low % 3 - 1), low, low + 5) for low in range(3, 43)] * 8

    straight = recalibrated(rows)

    assert straight.low[1] == pytest.approx(2.0, abs=0.15)


def test_what_was_noted_is_there_after_a_restart(tmp_path: Path, hall: StoryHall) -> None:
    shown = promised(hall, 5, 12)
    later = replace(shown, where="phone", at=shown.at + timedelta(minutes=3), p50=None, p90=None)
    ledger = WaitLedger(tmp_path / "waits.sqlite")
    ledger.note(shown)
    ledger.note(later)
    ledger.note(shown)
    ledger.close()

    assert WaitLedger(tmp_path / "waits.sqlite").of_day(shown.day) == [shown, later]
