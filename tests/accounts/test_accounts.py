"""People, sessions and devices; what the file on disk gives away, and what it does not."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from queue_server.accounts import Accounts, DeviceKind
from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.devices import LOOK_EVERY_SECONDS, Devices
from queue_server.accounts.secret_key import derive_key, read_or_make_secret
from queue_server.accounts.sessions import SESSION_LASTS

LI = SimpleNamespace(id="li", name="李敏", role="officer", also=(), counter="3")
WANG = SimpleNamespace(id="wang", name="王芳", role="guide", also=(), counter=None)


class World:
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def accounts(tmp_path: Path, world: World) -> Iterator[Accounts]:
    accounts = Accounts(AccountsDatabase(tmp_path / "accounts.sqlite"), b"s" * 32, lambda: world.now)
    accounts.set_people([LI, WANG])
    accounts.people.set_password("li", "a short sentence")
    yield accounts
    accounts.close()


def test_an_officer_signs_in_at_the_usual_counter_or_at_another(accounts: Accounts):
    usual = accounts.sign_in("li", "a short sentence")
    other = accounts.sign_in("li", "a short sentence", "5")

    assert usual
    assert other
    assert accounts.session(usual).counter == "3"  # type: ignore[union-attr]
    assert accounts.session(other).counter == "5"  # type: ignore[union-attr]


@pytest.mark.parametrize(("person", "password"), [("li", "wrong"), ("nobody", "a short sentence"), ("wang", "")])
def test_nobody_signs_in_without_the_right_password(accounts: Accounts, person: str, password: str):
    assert accounts.sign_in(person, password) is None


def test_a_session_ends_after_the_working_day(accounts: Accounts, world: World):
    token = accounts.sign_in("li", "a short sentence")
    assert token

    world.now += SESSION_LASTS - timedelta(seconds=1)
    assert accounts.session(token)
    world.now += timedelta(seconds=1)
    assert accounts.session(token) is None


def test_who_leaves_the_halls_file_is_signed_out_and_keeps_the_password_for_a_return(accounts: Accounts):
    token = accounts.sign_in("li", "a short sentence")
    assert token
    accounts.set_people([WANG])

    assert accounts.session(token) is None
    assert accounts.sign_in("li", "a short sentence") is None
    accounts.set_people([LI, WANG])
    assert accounts.sign_in("li", "a short sentence")


def test_signing_out_everywhere_ends_all_sessions_of_a_person(accounts: Accounts):
    tokens = [accounts.sign_in("li", "a short sentence") for _ in range(2)]

    accounts.sessions.close_all_of("li")

    assert [accounts.session(token or "") for token in tokens] == [None, None]


def test_the_file_opens_nothing_by_itself(accounts: Accounts, tmp_path: Path):
    session = accounts.sign_in("li", "a short sentence")
    device = accounts.devices.enrol(DeviceKind.KIOSK, "K1")

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    for secret in ("a short sentence", session, device):
        assert secret
        assert secret.encode() not in stored
    assert stat.S_IMODE((tmp_path / "accounts.sqlite").stat().st_mode) == 0o600


def test_a_device_keeps_its_token_over_a_restart(accounts: Accounts, tmp_path: Path):
    token = accounts.devices.enrol(DeviceKind.KIOSK, "K1")
    again = Accounts(AccountsDatabase(tmp_path / "accounts.sqlite"), b"s" * 32)

    assert again.device(token) == accounts.device(token)
    again.close()


def test_a_new_token_ends_the_old_one(accounts: Accounts):
    old = accounts.devices.enrol(DeviceKind.KIOSK, "K1")
    new = accounts.devices.enrol(DeviceKind.KIOSK, "K1")

    assert accounts.device(old) is None
    assert accounts.device(new)


def test_a_device_enrolled_or_shut_out_elsewhere_needs_no_restart(accounts: Accounts, tmp_path: Path):
    running = Accounts(AccountsDatabase(tmp_path / "accounts.sqlite"), b"s" * 32)

    stolen = accounts.devices.enrol(DeviceKind.KIOSK, "K1")
    assert running.device(stolen)

    token = accounts.devices.enrol(DeviceKind.KIOSK, "K1")
    assert running.device(token) == accounts.device(token)  # not known, so the file is asked at once
    assert running.device(stolen) is None
    running.close()


def test_a_device_shut_out_elsewhere_is_out_within_a_second(tmp_path: Path):
    database, other = (AccountsDatabase(tmp_path / "accounts.sqlite") for _ in range(2))
    seconds = 0.0
    here = Devices(database, lambda: datetime.now(UTC), lambda: seconds)
    token = here.enrol(DeviceKind.KIOSK, "K1")
    assert here.find(token)

    Devices(other, lambda: datetime.now(UTC)).shut_out(DeviceKind.KIOSK, "K1")
    seconds += LOOK_EVERY_SECONDS

    assert here.find(token) is None
    database.close()
    other.close()


def test_a_demo_device_has_the_same_token_each_time_and_another_in_another_hall(accounts: Accounts):
    token = accounts.enrol_demo_device(DeviceKind.KIOSK, "K1")
    elsewhere = Accounts(AccountsDatabase(None), b"t" * 32)

    assert accounts.enrol_demo_device(DeviceKind.KIOSK, "K1") == token
    assert elsewhere.enrol_demo_device(DeviceKind.KIOSK, "K1") != token
    elsewhere.close()


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path):
    path = tmp_path / "secret.key"

    first, again = read_or_make_secret(path), read_or_make_secret(path)

    assert first == again
    assert len(first) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_keys_for_different_uses_differ():
    assert derive_key(b"s" * 32, "links") != derive_key(b"s" * 32, "sessions")
