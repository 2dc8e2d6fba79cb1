"""From the kiosk's first screen to a number: at most four touches for any service, three for what most people want."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.web.web_hall import WebHall, prepare_accounts

WALK = Path(__file__).with_name("walk_all.mjs")
MOST_TOUCHES = 4


@pytest.fixture(scope="module")
def touches(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, int | None]]:
    prepared = prepare_accounts(tmp_path_factory.mktemp("accounts"))
    web = WebHall(prepared, tmp_path_factory.mktemp("hall"))
    kiosk = web.kiosk()
    catalogue = kiosk.get("/services?lang=zh").json
    pages = {card["id"]: kiosk.get(f"/services/{card['id']}?lang=zh").json for card in catalogue["services"]}
    told = json.dumps({"hall": kiosk.get("/hall").json, "catalogue": catalogue, "pages": pages})
    walked = subprocess.run(["node", WALK], input=told, capture_output=True, text=True, timeout=60)
    web.close()
    assert walked.returncode == 0, walked.stderr
    return json.loads(walked.stdout)


def test_every_service_is_at_most_four_touches_away(touches: dict[str, dict[str, int | None]]):
    assert len(touches) == 50
    nearest = {service: min(n for n in ways.values() if n) for service, ways in touches.items()}

    assert {service: n for service, n in nearest.items() if n > MOST_TOUCHES} == {}


def test_what_most_people_want_is_three_touches_away(touches: dict[str, dict[str, int | None]]):
    most = {service: ways["most"] for service, ways in touches.items() if ways["most"]}

    assert len(most) == 3
    assert all(n <= 3 for n in most.values()), most


def test_every_service_is_found_by_its_category_too(touches: dict[str, dict[str, int | None]]):
    assert all(ways["category"] for ways in touches.values())
