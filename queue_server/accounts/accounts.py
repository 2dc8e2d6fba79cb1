"""Everything the web needs to know who is asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.devices import Device, DeviceKind, Devices
from queue_server.accounts.people import People, Person, PersonLike
from queue_server.accounts.secret_key import derive_key, read_or_make_secret
from queue_server.accounts.sessions import Session, Sessions
from queue_server.accounts.tokens import derived_token


def real_now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """`now` is the world's time, not the hall's: a demo at sixty times the speed must not sign everybody out."""

    def __init__(self, database: AccountsDatabase, secret: bytes, now: Callable[[], datetime] = real_now) -> None:
        self._database = database
        self._secret = secret
        self.people = People(database)
        self.sessions = Sessions(database, now)
        self.devices = Devices(database, now)

    @classmethod
    def open(cls, data: Path) -> Accounts:
        """The accounts in this folder; made when it has none."""
        return cls(AccountsDatabase(data / "accounts.sqlite"), read_or_make_secret(data / "secret.key"))

    def key_for(self, purpose: str) -> bytes:
        return derive_key(self._secret, purpose)

    def sign_in(self, person: str, password: str, counter: str | None = None) -> str | None:
        """A session's token; None when person and password do not belong together."""
        known = self.people.check_password(person, password)
        return self.sessions.open(known, counter or known.counter) if known else None

    def session(self, token: str) -> Session | None:
        return self.sessions.find(token)

    def device(self, token: str) -> Device | None:
        return self.devices.find(token)

    def set_people(self, people: Iterable[PersonLike]) -> None:
        self.people.set_people(people)

    def person_name(self, person: str) -> str:
        """The name to show; the id itself when the person is unknown (a desk of an earlier configuration)."""
        known = self.people.find(person)
        return known.name if known else person

    def enrol_demo_device(self, kind: DeviceKind, device: str) -> str:
        """The token of a demo device: the same after every restart, so that open browsers stay let in."""
        return self.devices.enrol(kind, device, derived_token(self.key_for("demo devices"), kind.value, device))

    def close(self) -> None:
        self._database.close()


__all__ = ["Accounts", "Device", "DeviceKind", "Person", "Session"]
