"""The process's settings: read once, checked loudly."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest

from queue_server.settings import SettingsError, address_in_the_network, read_settings


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"port": 8123}, "http://localhost:8123"),
        ({"host": "192.168.1.10"}, "http://192.168.1.10:8000"),
        ({"host": "0.0.0.0", "public_url": "https://hall.example/"}, "https://hall.example"),
    ],
)
def test_the_code_on_the_paper_leads_where_phones_can_reach_the_hall(given: dict[str, object], address: str) -> None:
    assert read_settings(**given).address == address


def test_a_hall_that_lets_phones_in_prints_an_address_of_its_network() -> None:
    found = address_in_the_network()

    ipaddress.ip_address(found)
    printed = "localhost" if found == "127.0.0.1" else found
    assert read_settings(host="0.0.0.0").address == f"http://{printed}:8000"


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINTING_PORT", "two")

    with pytest.raises(SettingsError, match=r"XINTING_PORT='two': .*integer"):
        read_settings()


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "database.url").write_text("postgresql://hall:geheim@localhost/hall\n")

    settings = read_settings(database_url_file=tmp_path / "database.url")

    assert settings.database_url == "postgresql://hall:geheim@localhost/hall"
    assert "geheim" not in repr(settings)


def test_a_secret_given_twice_or_in_a_file_that_is_not_there_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="give one of them") as twice:
        read_settings(redis_url="redis://:geheim@localhost", redis_url_file=tmp_path / "redis.url")
    with pytest.raises(SettingsError, match=r"XINTING_REDIS_URL_FILE=.*No such file"):
        read_settings(redis_url_file=tmp_path / "redis.url")

    assert "geheim" not in str(twice.value)
