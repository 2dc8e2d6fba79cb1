"""A kiosk's program, its printer and the hall as processes, with a real disk that is full while the hall is away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.events import TicketIssued
from tests.e2e.hall_process import wait_until
from tests.small_disk import fill, small_disk
from tests.soak.lone_kiosks import KIOSKS, STARTS_WITHIN_SECONDS, LoneKiosk, LonelyHall
from tests.soak.lonely import names

FULL_AFTER = 60  # presses that pages of the files in use may still hold


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Of the first kiosk alone."""
    with small_disk(tmp_path / KIOSKS[0], megabytes=8) as folder:
        yield folder


def press(kiosk: LoneKiosk, key: str) -> tuple[int, dict[str, Any]]:
    said: list[tuple[int, dict[str, Any]]] = []

    def ask() -> None:
        answer = kiosk._ask({"service": "TQ01", "way": "counter", "printer": kiosk.name, "again": True}, key)
        assert answer is not None
        said.append((answer.status_code, answer.json()))

    kiosk._there(ask)
    return said[0]


@pytest.mark.slow
def test_a_kiosk_whose_disk_is_full_says_so_loses_nothing_and_goes_on_when_there_is_room(
    disk: Path, tmp_path: Path, accounts_made: Path
):
    hall = LonelyHall(tmp_path, accounts_made)
    kiosk = hall.kiosks[0]
    try:
        hall.server.start()
        kiosk.start()
        wait_until(kiosk.is_ready, STARTS_WITHIN_SECONDS)
        given = [press(kiosk, "with-room")[1]["ticket"]]

        fill(disk)
        status, said = press(kiosk, "of-the-hall")
        assert status == 201, "what the hall gives passes through"
        given.append(said["ticket"])
        hall.server.end()
        for n in range(FULL_AFTER):
            status, said = press(kiosk, f"alone-{n}")
            if status != 201:
                break
            given.append(said["ticket"])
        assert (status, said["code"]) == (503, "disk_full")

        (disk / "ballast").unlink()
        status, said = press(kiosk, f"alone-{n}")  # the visitor touches once more
        assert (status, said["alone"]) == (201, True)
        given.append(said["ticket"])
        hall.server.start()
        wait_until(kiosk.is_settled, STARTS_WITHIN_SECONDS)
        papers = Counter(paper.number for paper in kiosk.tray.papers if not paper.again)
        assert "disk_full" in kiosk.said()
    finally:
        hall.stop()

    issued = [one.event for one in hall.log() if isinstance(one.event, TicketIssued)]
    assert len(set(given)) == len(given)
    assert set(given) <= names(issued)
    assert set(papers) == set(given)
    assert set(papers.values()) == {1}
