"""What every test stands on: no settings left over from the shell, and the same examples on every build machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.chromium import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

    from tests.databases import PostgresServer, RedisServer

# A developer's own hall settings must not decide what the tests find. Cleared at import, before anything can read them,
# and so also for the server processes that tests start.
for name in [name for name in os.environ if name.startswith("XINTING_")]:
    del os.environ[name]
# Servers of tests start by the dozen: only the tests of the simulating process pay for one.
os.environ["XINTING_FORECASTER"] = "queue_work"

# Two cores may be busy with browsers, so a slow example is no finding; a failing one is printed ready to be repeated.
settings.register_profile("desk", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The one of its kind: a thread can have only one at a time. It ends with the module, as does its event loop."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(**CHROMIUM)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def accounts_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's accounts. Hashing everybody's password takes seconds, so it is done once and copied."""
    from queue_server.accounts import Accounts
    from queue_server.compose import make_demo_accounts
    from queue_server.hall_file import read_hall_file
    from queue_server.settings import DEPLOY

    folder = tmp_path_factory.mktemp("accounts")
    accounts = Accounts.open(folder)
    hall_file = read_hall_file(DEPLOY / "halls" / "lanzhou.toml")
    accounts.set_people(hall_file.people)
    make_demo_accounts(accounts, hall_file)
    accounts.close()
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL for all tests; each takes a `fresh_url()` of its own."""
    from tests.databases import PostgresServer

    with PostgresServer() as server:
        yield server


@pytest.fixture
def mortal_postgres() -> Iterator[PostgresServer]:
    """One that a test may crash and start again."""
    from tests.databases import PostgresServer

    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    from tests.databases import RedisServer

    with RedisServer() as server:
        yield server


@pytest.fixture
def mortal_redis() -> Iterator[RedisServer]:
    from tests.databases import RedisServer

    with RedisServer() as server:
        yield server
