"""A fresh demo hall looks back on two working weeks, lived by the hall's own rules; one with a past gets no other."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from queue_server.demo.past.record import give_a_past, open_days_before
from queue_server.domain import events as e
from queue_server.domain.apply import replay
from queue_server.hall_file import read_hall_file
from queue_server.reports.wait_ledger import FILE, WaitLedger
from queue_server.settings import Settings, read_settings
from queue_server.stores.base import Recorded
from queue_server.stores.opening import open_log

THURSDAY = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)  # ten in the morning in Lanzhou
BEFORE = [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = read_settings(data=tmp_path_factory.mktemp("past"), demo=True)
    assert give_a_past(settings, 3, THURSDAY) == 3
    return settings


def read_days(settings: Settings) -> dict[date, list[Recorded]]:
    hall = read_hall_file(settings.hall_file).rules.hall
    with closing(open_log(settings.data, "")) as log:
        return {day: log.read(hall, day) for day in log.days(hall)}


def test_the_days_before_are_lived_to_their_end(lived: Settings) -> None:
    rules = read_hall_file(lived.hall_file).rules
    for day, recorded in read_days(lived).items():
        state = replay(rules, day, (one.event for one in recorded))
        assert state.is_over
        assert not state.desks
        assert len(state.tickets) > 100
        assert all(not one.is_waiting for one in state.tickets.values())


def test_people_do_there_what_people_do(lived: Settings) -> None:
    kinds = {type(one.event) for recorded in read_days(lived).values() for one in recorded}

    assert {e.TicketMissed, e.TicketReturned, e.TicketAbandoned, e.TicketParked} <= kinds
    assert {e.TicketTransferred, e.FeedbackGiven, e.TicketNoShow} <= kinds


def test_they_were_told_waits_in_whole_minutes(lived: Settings) -> None:
    with closing(WaitLedger(lived.data / FILE)) as ledger:
        shown = ledger.between(BEFORE[0], BEFORE[-1])

    assert {one.day for one in shown} == set(BEFORE)
    assert all(0 <= one.low < one.high for one in shown)


def test_the_same_days_give_the_same_past(lived: Settings, tmp_path: Path) -> None:
    again = read_settings(data=tmp_path, demo=True)
    give_a_past(again, 3, THURSDAY)

    assert read_days(again) == read_days(lived)


def test_a_hall_with_days_behind_it_gets_no_others(lived: Settings) -> None:
    assert give_a_past(lived, 10, THURSDAY) == 0
    assert list(read_days(lived)) == BEFORE


def test_only_days_on_which_the_hall_was_open_count() -> None:
    rules = read_hall_file(Settings().hall_file).rules

    assert open_days_before(rules, date(2026, 11, 30), 2) == [date(2026, 11, 26), date(2026, 11, 27)]
