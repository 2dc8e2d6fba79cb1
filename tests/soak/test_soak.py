"""The server is killed while the hall works: whatever anybody was told is in the log, once, and the log makes sense."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as changed
from story import MONDAY, RULES, StoryHall

from queue_server.domain import commands as c
from queue_server.domain.events import ServiceStarted
from queue_server.stores.base import Recorded
from queue_server.stores.memory import MemoryLog
from tests.soak.checker import findings
from tests.soak.heard import Asked, Heard, Refused, Seen, Told
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
    again = replace(log[1], event=changed(log[1].event, ticket=log[0].event.ticket))
    assert any("is given again" in word for word in findings([log[0], again, *log[2:]], RULES, Heard()))


def test_another_number_than_was_told_is_found(log: list[Recorded]):
    assert len(findings(log, RULES, Heard([Told("one", 1, "X9999")]))) == 1


def test_a_call_of_somebody_who_never_took_a_number_is_found(log: list[Recorded]):
    nobody = replace(log[-1], event=changed(log[-1].event, ticket="X9999"))
    assert any("never given" in word for word in findings([*log[:-1], nobody], RULES, Heard()))


def test_a_step_that_no_ticket_can_take_is_found(log: list[Recorded]):
    called = log[-1].event
    started = ServiceStarted(at=called.at, actor="of", command="of/start/five", ticket=log[1].event.ticket, counter="1")
    found = findings([*log, Recorded(len(log) + 1, log[0].day, started)], RULES, Heard())
    assert found == [f"seq {len(log) + 1}: ServiceStarted of {started.ticket}, which is waiting"]


def test_a_wish_that_was_refused_and_done_is_found(log: list[Recorded]):
    assert findings(log, RULES, Heard(refused=[Refused("two")])) == ["two was refused, and was done all the same"]


# --- what only time, pages and refusals give away


def asked(log: list[Recorded]) -> dict[str, Asked]:
    """What must have been asked for the log to be right: two numbers, a desk, and a call of the first."""
    service, desk = log[0].event.service, log[2].event
    wishes = [
        Asked("one", "kiosk", c.IssueTicket, {"service": service}),
        Asked("two", "kiosk", c.IssueTicket, {"service": service}),
        Asked("three", "officer", c.OpenDesk, {"counter": desk.counter, "officer": desk.officer}),
        Asked("four", "officer", c.CallTicket, {"counter": desk.counter, "ticket": log[0].event.ticket}),
    ]
    return {wish.key: wish for wish in wishes}


def test_wishes_that_give_just_what_stands_in_the_log_have_nothing_to_find(log: list[Recorded]):
    assert findings(log, RULES, Heard(told(log).told, asked=asked(log))) == []


def test_an_event_that_the_rules_would_not_have_made_of_the_wish_is_found(log: list[Recorded]):
    wishes = asked(log)
    wishes["four"] = replace(wishes["four"], kind=c.CallNext, fields={"counter": log[2].event.counter})
    wishes["two"] = replace(wishes["two"], fields={"service": "print"})

    assert len(findings(log, RULES, Heard(asked=wishes))) == 2


def test_a_wish_that_was_done_before_it_was_sent_is_found(log: list[Recorded]):
    heard = Heard([Told("two", 2, None, sent=1.0, heard=2.0), Told("one", 1, None, sent=3.0, heard=4.0)])

    assert findings(log, RULES, heard) == ["one was sent when seq 2 was known, and stands before it at 1"]


def page(log: list[Recorded], seq: int, ticket: str | None, stage: str | None, at: float) -> Seen:
    return Seen(log[2].event.counter, seq, ticket, stage, sent=at, heard=at + 0.5)


def test_a_page_that_shows_what_was_there_is_right_and_one_that_shows_something_else_is_found(log: list[Recorded]):
    first = log[0].event.ticket
    right = [page(log, 3, None, None, 1.0), page(log, 4, first, "called", 2.0)]
    wrong = [page(log, 3, first, "called", 1.0), page(log, 4, first, "serving", 2.0)]

    assert findings(log, RULES, Heard(seen=right)) == []
    assert len(findings(log, RULES, Heard(seen=wrong))) == 2


def test_a_page_older_than_an_answer_that_somebody_had_heard_is_found(log: list[Recorded]):
    answer = Told("four", 4, None, sent=1.0, heard=2.0)
    old, young = page(log, 3, None, None, 3.0), page(log, 4, log[0].event.ticket, "called", 0.0)

    assert findings(log, RULES, Heard([answer], seen=[old]))[0].endswith("shows seq 3, and must be of 4 to 4")
    assert findings(log, RULES, Heard([answer], seen=[young]))[1].endswith("shows seq 4, and must be of 0 to 3")


def test_a_refusal_for_which_there_never_was_a_reason_is_found(log: list[Recorded]):
    start = Asked("five", "officer", c.StartService, {"ticket": log[0].event.ticket})
    wishes, answers = asked(log) | {"five": start}, [Told("four", 4, None, sent=1.0, heard=2.0)]

    def refused(sent: float, code: str = "wrong_stage") -> list[str]:
        return findings(log, RULES, Heard(answers, [Refused("five", code, sent, sent + 0.5)], asked=wishes))

    assert refused(1.0) == []  # perhaps it came before the call
    assert "there was no moment" in refused(3.0)[0]
    assert "there was no moment" in refused(1.0, "nobody_waiting")[0]


def test_a_wish_done_twice_is_found(log: list[Recorded]):
    again = replace(log[3], seq=5, event=changed(log[3].event, command="again/call/four", attempt=2))
    assert "four is in the log a second time at 5" in findings([*log, again], RULES, Heard(asked=asked(log)))
