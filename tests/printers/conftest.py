"""The printers' tests print on a real TCP printer stand-in."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from printers.standin import Standin


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[Standin]:
    printer = Standin("127.0.0.1", 0, tmp_path / "papers")
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def eventually() -> Callable[[Callable[[], object]], None]:
    """Waits for a condition, looking every few milliseconds, and fails after twenty seconds."""

    def wait_for(condition: Callable[[], object]) -> None:
        until = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < until, "this never became true"
            time.sleep(0.005)

    return wait_for
