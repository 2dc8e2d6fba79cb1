"""A real hall and real browsers for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browsers import PATIENCE_MS, Browsers
from tests.e2e.hall_process import HallProcess

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def make_hall(tmp_path: Path, accounts_made: Path) -> Iterator[Callable[..., HallProcess]]:
    """Halls that end with the test. A traceback in a server's log fails it: a fault that was answered is still one."""
    halls: list[HallProcess] = []

    def make(**changes: object) -> HallProcess:
        folder = tmp_path / f"hall-{len(halls)}"
        folder.mkdir()
        halls.append(HallProcess(folder, accounts_made, **changes))
        return halls[-1]

    yield make
    for hall in halls:
        hall.stop()
    for hall in halls:
        assert "Traceback" not in hall.said()


@pytest.fixture
def hall(make_hall: Callable[..., HallProcess]) -> HallProcess:
    """Everything runs: server, printer, the kiosk's print agent."""
    hall = make_hall()
    hall.start()
    return hall


@pytest.fixture(scope="module")
def shared_hall(tmp_path_factory: pytest.TempPathFactory, accounts_made: Path) -> Iterator[HallProcess]:
    """One hall for all tests of a module that asks for it."""
    hall = HallProcess(tmp_path_factory.mktemp("hall"), accounts_made)
    try:
        hall.start()
        yield hall
    finally:
        hall.stop()
    assert "Traceback" not in hall.said()


@pytest.fixture
def browsers_at(browser: Browser) -> Iterator[Callable[[HallProcess], Browsers]]:
    """Browsers at a hall of the test's own. A script's error on any page fails the test."""
    made: list[Browsers] = []

    def make(hall: HallProcess) -> Browsers:
        made.append(Browsers(browser, hall))
        return made[-1]

    yield make
    for browsers in made:
        browsers.close()
    assert [fault for browsers in made for fault in browsers.faults] == []


@pytest.fixture
def browsers(browsers_at: Callable[[HallProcess], Browsers], hall: HallProcess) -> Browsers:
    return browsers_at(hall)
