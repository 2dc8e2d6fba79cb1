"""The demo's accounts are public, so demo and earnest never share a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.accounts import Accounts
from queue_server.compose import compose
from queue_server.demo.processes import run_demo
from queue_server.mistake import Mistake
from queue_server.settings import read_settings
from queue_server.stores.base import StorageTrouble


def test_a_real_hall_does_not_start_on_a_demos_folder(tmp_path: Path) -> None:
    compose(read_settings(data=tmp_path, demo=True)).log.close()

    with pytest.raises(StorageTrouble, match="passwords are public"):
        compose(read_settings(data=tmp_path, demo=False))


def test_a_demo_does_not_open_a_real_halls_accounts(tmp_path: Path) -> None:
    Accounts.open(tmp_path).close()

    with pytest.raises(Mistake, match="a folder of its own"):
        run_demo(read_settings(data=tmp_path, demo=True), 0)
