"""A real server process with the demo hall, and browsers of officers and guides."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.staff_hall import StaffHall
from tests.pages.visitor_hall import VisitorHall
from tests.web.web_hall import prepare_accounts

ROOT = Path(__file__).parents[2]
SERVES_AT = re.compile(r"The hall serves at (http://\S+)")


@pytest.fixture
def hall(tmp_path: Path, accounts_made: Path, request: pytest.FixtureRequest) -> Iterator[StaffHall]:
    """One morning of the demo hall for each test, so that no test sees another's tickets. With the mark `simulates`
    waits are foreseen by the simulating process, as in a hall in earnest."""
    shutil.copytree(accounts_made, tmp_path, dirs_exist_ok=True)
    simulates = {"XINTING_FORECASTER": "monte_carlo"} if request.node.get_closest_marker("simulates") else {}
    server = subprocess.Popen(
        [sys.executable, "-m", "queue_server.cli", "serve", "--port", "0", "--data", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "XINTING_DEMO": "true", **simulates},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        said = next((match for line in server.stderr if (match := SERVES_AT.search(line))), None)
        assert said, "the server ended before it served"
        yield StaffHall(said.group(1), server)
    finally:
        server.kill()
        server.wait(10)
        server.stderr.close()


@pytest.fixture
def open_page(browser: Browser, hall: StaffHall) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own. A script's error on any of them fails the test."""
    errors: list[str] = []
    contexts = []

    def open_one(path: str, width: int = 1366, height: int = 768, locale: str = "zh-CN") -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(hall.address + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="session")
def prepared_accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare_accounts(tmp_path_factory.mktemp("accounts"))


@pytest.fixture
def web(prepared_accounts: Path, tmp_path: Path) -> Iterator[VisitorHall]:
    """The web without a server process, for what needs no browser."""
    hall = VisitorHall(prepared_accounts, tmp_path)
    yield hall
    hall.close()
