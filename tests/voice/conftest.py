"""A real engine for all voice tests, and helpers that listen to what it made."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from displays.voice.engine_client import EngineClient
from displays.voice.sounds import Sounds


@pytest.fixture(scope="session")
def engine() -> Iterator[EngineClient]:
    client = EngineClient(timeout_seconds=30)
    yield client
    client.close()


@pytest.fixture
def make_sounds(engine: EngineClient, tmp_path: Path) -> Callable[..., Sounds]:
    def make(**settings: object) -> Sounds:
        return Sounds(tmp_path / "sounds", engine, **settings)  # type: ignore[arg-type]

    return make
