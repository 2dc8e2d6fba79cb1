"""The server is killed while the hall works: whatever anybody was told is in the log, once, and the log makes sense."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from story import MONDAY, RULES, StoryHall

from queue_server.domain import commands as c
from queue_server.domain.events import ServiceStarted
from queue_server.stores.base import Recorded
from queue_server.stores.memory import MemoryLog
from tests.soak.checker import Heard, Told, findings
from tests.soak.soak import SoakedHall, soak


@pytest.mark.slow
def test_a_server_killed_twice_among_thirty_two_clients_keeps_all_it_told(tmp_path: Path, accounts_made: Path):
    summary = soak(SoakedHall(tmp_path, accounts_made), kills=2)

    assert summary.findings == []
    assert summary.kills == 2
    assert summary.told > 100
    assert summary.retries > 0


# --- the checker itself must be able to say no


@pytest.fixture
def log() -> list[Recorded]:
    """Two numbers, one of them called."""
    story = StoryHall(MemoryLog(), RULES, MONDAY)
    service = min(RULES.services)
    for key in ("one", "two"):
        story.handle(c.IssueTicket(id=f"kiosk/issue/{key}", actor="kiosk", service=service))
    ticket = story.hall.events()[0].event.ticket
    counter = next(name for name, place in RULES.counters.items() if place.zone == story.hall.events()[0].event.zone)
    story.handle(c.OpenDesk(id="officer/open/three", actor="officer", counter=counter, officer="of"))
    story.handle(c.CallTicket(id="officer/call/four", actor="officer", counter=counter, ticket=ticket))
    return story.hall.events()


def told(log: list[Recorded]) -> Heard:
    keys = [one.event.command.rsplit("/", 1)[-1] for one in log]
    return Heard([Told(key, one.seq, getattr(one.event, "ticket", None)) for key, one in zip(keys, log, strict=True)])


def test_an_honest_log_has_nothing_to_find(log: list[Recorded]):
    assert findings(log, RULES, told(log)) == []


def test_a_lost_event_is_found(log: list[Recorded]):
    found = findings(log[:-1], RULES, told(log))
    assert len(found) == 1
    assert "four was told seq" in found[0]


def test_a_gap_is_found(log: list[Recorded]):
    assert any("place 2" in word for word in findings([log[0], *log[2:]], RULES, Heard()))


def test_a_number_given_twice_is_found(log: list[Recorded]):
    again = replace(log[1], event=replace(log[1].event, ticket=log[0].event.ticket))
    assert any("is given again" in word for word in findings([log[0], again, *log[2:]], RULES, Heard()))


def test_another_number_than_was_told_is_found(log: list[Recorded]):
    assert len(findings(log, RULES, Heard([Told("one", 1, "X9999")]))) == 1


def test_a_call_of_somebody_who_never_took_a_number_is_found(log: list[Recorded]):
    nobody = replace(log[-1], event=replace(log[-1].event, ticket="X9999"))
    assert any("never given" in word for word in findings([*log[:-1], nobody], RULES, Heard()))


def test_a_step_that_no_ticket_can_take_is_found(log: list[Recorded]):
    called = log[-1].event
    started = ServiceStarted(at=called.at, actor="of", command="of/start/five", ticket=log[1].event.ticket, counter="1")
    found = findings([*log, Recorded(len(log) + 1, log[0].day, started)], RULES, Heard())
    assert found == [f"seq {len(log) + 1}: ServiceStarted of {started.ticket}, which is waiting"]


def test_a_wish_that_was_refused_and_done_is_found(log: list[Recorded]):
    assert findings(log, RULES, Heard(refused=["two"])) == ["two was refused, and was done all the same"]
