"""The last working days: read once a day, and each range that was told on them held against its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from story import StoryHall

from queue_server.domain.apply import replay
from queue_server.foresight.learn_habits import PastDay
from queue_server.foresight.ledger import Shown
from queue_server.foresight.recent_days import Recent, RecentDays
from queue_server.reports.wait_ledger import WaitLedger
from queue_server.stores.memory import MemoryLog


def test_what_was_told_on_a_past_day_is_held_against_that_day_and_read_once() -> None:
    hall = StoryHall(MemoryLog()).officer_opens("3").at("09:00")
    number = hall.visitor_takes_ticket()
    at, day = hall.ticket(number).first_arrival_at, hall.day().day
    hall.at("09:07").counter_calls_next("3")
    ledger = WaitLedger(None)
    ledger.note(Shown(day, number, "special", "rent", "ticket", at, 5, 9, False, "certain", 5.0, 9.0))
    ledger.note(Shown(day - timedelta(days=9), "T0009", "special", "rent", "ticket", at, 5, 9, False, "certain"))
    reads = []

    def days(today: date) -> Sequence[PastDay]:
        reads.append(today)
        events = [recorded.event for recorded in hall.hall.events()]
        return [PastDay(replay(hall.hall.rules, day, events), events)]

    def run(read: object, today: date) -> Recent:
        return read(today)  # type: ignore[operator, no-any-return]

    recent = RecentDays(days, ledger.between, run)
    for _ in range(2):
        assert [one.waited for one in recent.of(day + timedelta(days=1)).kept] == [7.0]

    assert reads == [day + timedelta(days=1)]
    assert recent.of(day + timedelta(days=2)).kept == recent.kept
    assert len(reads) == 2
