"""While one screen is answered, other processes go on appending: the answer must not claim more than it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from queue_server.accounts import DeviceKind
from queue_server.domain.events import TicketIssued
from queue_server.stores.base import Recorded
from queue_server.stores.memory import MemoryLog
from tests.web.web_hall import MONDAY_NINE, WebHall


class BusyLog(MemoryLog):
    """Each time somebody looks, another process has just given one more number."""

    is_shared = True

    def read(self, hall: str, day: date, after: int = 0) -> list[Recorded]:
        last = len(super().read(hall, day))
        self.append(hall, day, [another(last + 1)], after=last)
        return super().read(hall, day, after)

    def take_turn(self, hall: str, day: date, after: int) -> list[Recorded]:
        return super().read(hall, day, after)


def another(number: int) -> TicketIssued:
    return TicketIssued(
        at=MONDAY_NINE,
        actor="kiosk:K2",
        command=f"press-{number}",
        ticket=f"T{number:04d}",
        service="TQ04",
        zone="special",
        way="counter",
        care=False,
        language="zh",
        printer=None,
    )


@pytest.fixture
def web(accounts_made: Path, tmp_path: Path) -> Iterator[WebHall]:
    hall = WebHall(accounts_made, tmp_path, log=BusyLog())
    yield hall
    hall.close()


def test_a_screen_that_catches_up_is_not_told_of_a_place_whose_event_it_did_not_get(web: WebHall):
    token = web.accounts.devices.enrol(DeviceKind.DISPLAY, "D1")
    screen = web.socketio.test_client(web.app, namespace="/feed", auth={"audience": "display", "token": token})

    answer = screen.emit("since", {"day": "2026-11-23", "seq": 1}, namespace="/feed", callback=True)

    assert answer["seq"] == answer["events"][-1]["seq"]
    assert [event["seq"] for event in answer["events"]] == list(range(2, answer["seq"] + 1))


def test_a_screen_that_comes_back_hears_what_it_missed_before_anything_newer(web: WebHall):
    """It leaves out what is not above the last `seq` it heard, so a newer one told first would cost it the rest."""
    token = web.accounts.devices.enrol(DeviceKind.DISPLAY, "D1")
    auth = {"audience": "display", "token": token, "day": "2026-11-23", "last_seq": 1}

    screen = web.socketio.test_client(web.app, namespace="/feed", auth=auth)

    told = [(message["name"], message["args"][0]) for message in screen.get_received("/feed")]
    seqs = [event["seq"] for name, event in told if name == "event"]
    assert told[0][0] == "hello"
    assert seqs == list(range(2, told[0][1]["seq"] + 1))
    assert len(seqs) > 1, "the log was meant to move meanwhile"


def test_a_program_that_reads_the_events_is_not_told_of_a_place_whose_event_it_did_not_get(web: WebHall):
    read = web.device(DeviceKind.DISPLAY, "D1").get("/events?after=0").json

    assert read["seq"] == read["events"][-1]["seq"] == len(read["events"])
