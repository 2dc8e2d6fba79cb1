"""A hall that is slower than a kiosk's page can wait: whoever pressed gets one number on one paper."""

from __future__ import annotations

import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from werkzeug.test import Client

from kiosk.alone.desk import AloneDesk
from kiosk.alone.gateway import Gateway
from kiosk.alone.moments import heard_time, moment
from kiosk.alone.store import AloneStore
from printers.spool import Spool
from tests.e2e.hall_process import HallProcess, wait_until

NOW = datetime.now(UTC)
CARD: dict[str, Any] = {"service": {}, "materials": []}
KIT = {
    "setup": 1,
    "timezone": "UTC",
    "services": {
        "TQ11": {
            "places": {"counter": {"zone": "special", "prefix": "T"}},
            "papers": {"special": {"zh": {"materials": []}}},
            "cards": {"zh": CARD},
        }
    },
}
WISH = {"service": "TQ11", "way": "counter", "printer": "K1"}
HALLS_PAPER = {
    "job": "today.T0001.1",
    "press": "the-press",
    "ticket": {"ticket": "T0001", "link": "http://hall.test/p/1", "ahead": 4, "zone": {"id": "special"}},
}


class LonelyKiosk:
    """Its gateway finds no hall; `papers` are those it prints by itself."""

    def __init__(self, folder: Path) -> None:
        self.store = AloneStore(folder / "alone.sqlite")
        self.store.keep_numbers(NOW.date(), [("T0901", "http://hall.test/p/901")])
        self.spool = Spool(folder / "spool.sqlite")
        self.papers: list[dict[str, Any]] = []
        desk = AloneDesk(self.store)
        desk.hear_kit(KIT)
        desk.hear_time(heard_time(NOW, moment(), moment()))
        gateway = Gateway(
            "http://127.0.0.1:9",
            "token",
            self.store,
            desk,
            print_job=self.papers.append,
            paper_of_press=self.spool.of_press,
            paper_states=dict,
            rang=lambda: None,
        )
        self._page = Client(gateway)

    def press(self, key: str) -> dict[str, Any]:
        answer = self._page.post(
            "/api/v1/tickets", "http://127.0.0.1:8080", json=WISH, headers={"Idempotency-Key": key}
        )
        assert answer.status_code == 201
        found: dict[str, Any] = answer.json
        return found


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[LonelyKiosk]:
    kiosk = LonelyKiosk(tmp_path)
    yield kiosk
    kiosk.store.close()
    kiosk.spool.close()


def test_where_the_halls_paper_came_before_its_answer_the_page_shows_that_number(kiosk: LonelyKiosk):
    kiosk.spool.put(HALLS_PAPER["job"], HALLS_PAPER, NOW, NOW)

    shown = kiosk.press("the-press")

    assert (shown["ticket"], shown["link"], shown["ahead"]) == ("T0001", "http://hall.test/p/1", 4)
    assert kiosk.press("the-press")["ticket"] == "T0001"
    assert kiosk.papers == kiosk.store.untold() == []
    assert kiosk.press("another")["ticket"] == "T0901"


def test_where_the_kiosk_was_first_the_halls_paper_for_that_press_stays_away(kiosk: LonelyKiosk):
    assert kiosk.press("the-press")["ticket"] == "T0901"

    assert kiosk.store.has_another_paper(HALLS_PAPER)
    own = HALLS_PAPER | {"ticket": {"ticket": "T0901"}}  # the same paper, listed by the hall once it was told
    assert not kiosk.store.has_another_paper(own)
    assert not kiosk.store.has_another_paper(HALLS_PAPER | {"press": "another"})
    assert not kiosk.store.has_another_paper({"job": "sheet.1", "sheet": {}})


@pytest.mark.slow
def test_a_hall_that_hangs_and_goes_on_gives_one_paper_and_ends_the_other_number(tmp_path: Path, accounts_made: Path):
    hall = HallProcess(tmp_path, accounts_made)
    try:
        hall.start(kiosk_gives_numbers=True)
        pages = wait_until(lambda: re.search(r"Touch pages at (\S+)/kiosk", hall.said("agent")))[1]
        wait_until(lambda: _knows_enough(hall.data / "alone-K1.sqlite"))
        hall.signal_server(signal.SIGSTOP)

        answer = requests.post(
            f"{pages}/api/v1/tickets", json=WISH, headers={"Idempotency-Key": "one-press"}, timeout=20
        ).json()

        assert answer["ticket"] == "T0901"
        wait_until(hall.papers)
        hall.signal_server(signal.SIGCONT)
        supervisor = hall.member("sun")

        def ended() -> list[str]:
            events = supervisor.get("/events", after=0)["events"]
            return [event["ticket"] for event in events if event.get("reason") == "double"]

        assert wait_until(ended) == ["T0001"]
        assert len(hall.papers()) == 1
    finally:
        hall.stop()


def _knows_enough(store: Path) -> bool:
    """The kiosk has numbers, and what the papers say."""
    with closing(sqlite3.connect(store)) as database:
        has_kit = database.execute("SELECT count(*) FROM answers WHERE name = 'own/kit'").fetchone()[0]
        return bool(has_kit and database.execute("SELECT count(*) FROM numbers").fetchone()[0])
