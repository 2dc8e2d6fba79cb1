"""A hall that is slower than a kiosk's page can wait: whoever pressed gets one number on one paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from kiosk.alone.desk import AloneDesk
from kiosk.alone.gateway import Gateway
from kiosk.alone.moments import heard_time, moment
from kiosk.alone.store import AloneStore
from printers.spool import Spool

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
