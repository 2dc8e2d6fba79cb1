"""Servers and kiosks are killed and cables cut while people come: each paper is in the log, once, in its place."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from queue_server.domain.events import TicketIssued
from queue_server.stores.base import Recorded
from tests.soak.cables import ProxyCable
from tests.soak.lone_kiosks import LonelyHall, Press
from tests.soak.lonely import judged, kill_and_cut
from tests.soak.paper_tray import Paper

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.slow
def test_two_killings_and_cut_cables_lose_no_number_and_give_none_twice(tmp_path: Path, accounts_made: Path):
    hall = LonelyHall(tmp_path, accounts_made)
    try:
        found = kill_and_cut(hall, kills=2, seed=1, between=2)
    finally:
        hall.stop()

    assert found.findings == []
    assert found.kills == 2
    assert found.alone > 0
    assert found.papers > 0


def test_a_cut_cable_keeps_what_is_on_its_way_until_it_is_mended():
    with socket.create_server(("127.0.0.1", 0)) as server:
        cable = ProxyCable(server.getsockname()[1])
        port = int(cable.server_url.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), 5) as kiosk:
            hall, _ = server.accept()
            cable.cut()
            kiosk.sendall(b"number?")
            hall.settimeout(0.3)
            with pytest.raises(TimeoutError):
                hall.recv(100)
            cable.mend()
            hall.settimeout(30)
            assert hall.recv(100) == b"number?"
            hall.close()
        cable.remove()


# --- the judge itself must be able to say no


def issued(number: str, key: str, minutes: float) -> Recorded:
    at = NINE + timedelta(minutes=minutes)
    event = TicketIssued(
        at=at,
        actor="kiosk:K1",
        command=f"kiosk:K1/issue/{key}",
        ticket=number,
        service="rent",
        zone="special",
        way="counter",
        care=False,
        language="zh",
        printer="K1",
    )
    return Recorded(1, NINE.date(), event)


def press(number: str, key: str, minutes: float) -> Press:
    at = (NINE + timedelta(minutes=minutes)).timestamp()
    return Press("K1", key, at, at + 1, number)


LOG = [issued("T0001", "a", 0), issued("T0901", "b", 5)]
PRESSES = [press("T0001", "a", 0), press("T0901", "b", 5)]
PAPERS = {"K1": [Paper("T0001", again=False, at=0), Paper("T0901", again=False, at=0)]}
PRINTED = {"K1": {"T0001", "T0901"}}


def test_an_honest_day_has_nothing_to_find_though_a_paper_is_printed_again():
    papers = {"K1": [*PAPERS["K1"], Paper("T0901", again=True, at=1)]}
    assert judged(LOG, PRESSES, papers, PRINTED) == ([], [], [], [])


def test_each_thing_that_may_go_wrong_is_found():
    lost, _, without_log, _ = judged(LOG[:1], PRESSES, PAPERS, PRINTED)
    assert (len(lost), len(without_log)) == (1, 1)

    _, twice, _, _ = judged([*LOG, LOG[0]], PRESSES, PAPERS, PRINTED)
    assert "2 times in the log" in twice[0]
    _, twice, _, _ = judged(LOG, [*PRESSES, replace(PRESSES[0], key="c")], PAPERS, PRINTED)
    assert "shown to 2 people" in twice[0]
    _, twice, _, _ = judged(LOG, PRESSES, {"K1": PAPERS["K1"] * 2}, PRINTED)
    assert len(twice) == 2
    _, twice, _, _ = judged([*LOG, issued("T0902", "b", 5)], PRESSES, PAPERS, PRINTED)
    assert "holds 2 places" in twice[0]

    *_, order = judged([LOG[0], issued("T0901", "b", 7)], PRESSES, PAPERS, PRINTED)
    assert "T0901" in order[0]
