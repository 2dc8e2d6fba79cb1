"""A hall on the web: the hall's own file, a stopped clock, and everybody who may ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.domain.rules import BookingRules
from tests.web.web_hall import WebHall, prepare_accounts


@pytest.fixture(scope="session")
def prepared_accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hashing passwords is slow on purpose, so it is done once for all tests."""
    return prepare_accounts(tmp_path_factory.mktemp("accounts"))


@pytest.fixture
def web(prepared_accounts: Path, tmp_path: Path) -> Iterator[WebHall]:
    hall = WebHall(prepared_accounts, tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def booking_hall(web: WebHall) -> WebHall:
    """One place a half hour."""
    web.hall.take_rules(replace(web.hall.rules, bookings=BookingRules(per_half_hour=1)), lambda day, rules: [])
    return web
