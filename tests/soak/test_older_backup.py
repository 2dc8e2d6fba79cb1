"""The server comes back with an older copy of its log, while kiosks hold papers that the copy knows nothing of."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from queue_server.domain.events import TicketIssued
from tests.e2e.hall_process import wait_until
from tests.soak.lone_kiosks import LonelyHall
from tests.soak.lonely import judged, names, some_answers


def copy_log(hall: LonelyHall, to: Path) -> None:
    """As a backup does, while the hall goes on."""
    source, target = sqlite3.connect(log_of(hall)), sqlite3.connect(to)
    source.backup(target)
    source.close()
    target.close()


def put_back(hall: LonelyHall, copy: Path) -> None:
    log = log_of(hall)
    for each in log.parent.glob(f"{log.name}*"):
        each.unlink()
    copy.rename(log)


def log_of(hall: LonelyHall) -> Path:
    return hall.data / "hall.sqlite"


@pytest.mark.slow
def test_after_an_older_backup_every_paper_is_in_the_log_again_at_the_time_it_came_out(
    tmp_path: Path, accounts_made: Path
):
    hall = LonelyHall(tmp_path, accounts_made)
    try:
        hall.start()
        visitors = [kiosk.visitors() for kiosk in hall.kiosks]
        some_answers(hall, 6)
        copy_log(hall, tmp_path / "copy")
        before = hall.street.answers
        wait_until(lambda: hall.street.answers >= before + 12)  # the copy knows nothing of these
        hall.server.end()
        put_back(hall, tmp_path / "copy")
        some_answers(hall, 3)
        hall.server.start()
        some_answers(hall, 6)
        hall.street.over.set()
        for visitor in visitors:
            visitor.join()
        hall.settle()
        printed = {kiosk.name: kiosk.printed() for kiosk in hall.kiosks}
        papers = {kiosk.name: kiosk.tray.papers for kiosk in hall.kiosks}
    finally:
        hall.stop()

    log, street = hall.log(), hall.street.presses
    issued = [one.event for one in log if isinstance(one.event, TicketIssued)]
    lost, twice, without_log, out_of_order = judged(log, street, papers, printed)
    assert (lost, without_log, out_of_order) == ([], [], [])
    assert max(Counter(event.ticket for event in issued).values()) == 1
    doubtful = [event for event in issued if event.doubts]
    assert doubtful, "the hall has noticed that it knew less than the kiosks"
    # Of two people whom the older log gave one number each has a place, and the supervisor's page names the paper.
    given_again = {event.number_on_paper for event in doubtful if event.number_on_paper}
    assert all(any(number in finding for number in given_again) for finding in twice), twice
    assert given_again <= names(issued)
