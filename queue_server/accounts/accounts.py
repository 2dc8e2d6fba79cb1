"""Everything the web needs to know who is asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from queue_server.accounts.codes import Codes
from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.device_reports import DeviceReports
from queue_server.accounts.device_wishes import DeviceWishes
from queue_server.accounts.devices import Device, DeviceKind, Devices
from queue_server.accounts.devices_asking import DevicesAsking
from queue_server.accounts.devices_seen import DevicesSeen
from queue_server.accounts.failures import Failures, KnownBrowsers
from queue_server.accounts.one_time_links import OneTimeLinks
from queue_server.accounts.passwords import Hashing, Run
from queue_server.accounts.people import People, Person, PersonLike
from queue_server.accounts.printers_told import PrintersTold
from queue_server.accounts.secret_key import derive_key, read_or_make_secret
from queue_server.accounts.sessions import Session, Sessions
from queue_server.accounts.staff import Staff
from queue_server.accounts.tokens import derived_token

FILE = "accounts.sqlite"


def real_now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """`now` is the world's time, not the hall's: a demo at sixty times the speed must not sign everybody out."""

    def __init__(
        self,
        database: AccountsDatabase,
        secret: bytes,
        now: Callable[[], datetime] = real_now,
        slowly: Run | None = None,
    ) -> None:
        """`slowly` runs what takes a tenth of a second, such as hashing, where nobody else waits for it."""
        self._database = database
        self._secret = secret
        self.now = now
        self.people = People(database, now, Hashing(slowly))
        self.staff = Staff(database, now)
        self.links = OneTimeLinks(database, now)
        self.codes = Codes(database, now, self.key_for("second device"))
        self.failures = Failures(database, now)
        self.known_browsers = KnownBrowsers(self.key_for("known browsers"))
        self.sessions = Sessions(database, now)
        self.devices = Devices(database, now)
        self.devices_asking = DevicesAsking(database, now)
        self.device_reports = DeviceReports(database, now)
        self.device_wishes = DeviceWishes(database, now)
        self.devices_seen = DevicesSeen(database)
        self.printers_told = PrintersTold(database)

    @classmethod
    def open(cls, data: Path, slowly: Run | None = None) -> Accounts:
        """The accounts in this folder; made when it has none."""
        secret = read_or_make_secret(data / "secret.key")
        return cls(AccountsDatabase(data / FILE), secret, slowly=slowly)

    def key_for(self, purpose: str) -> bytes:
        return derive_key(self._secret, purpose)

    def sign_in(self, person: str, password: str, counter: str | None = None) -> str | None:
        """A session's token; None when person and password do not belong together, or somebody has locked the person.
        For programs of the hall; at the web's door a code may be asked for, too."""
        known = self.who_may_sign_in(person, password)
        return self.sessions.open(known, counter or known.counter) if known else None

    def who_may_sign_in(self, person: str, password: str) -> Person | None:
        """Raises HashingBusy."""
        known = self.people.check_password(person, password)
        account = self.people.account(person) if known else None
        return None if account is None or account.locked_at else known

    def session(self, token: str) -> Session | None:
        return self.sessions.find(token)

    def device(self, token: str) -> Device | None:
        return self.devices.find(token)

    def set_people(self, people: Iterable[PersonLike]) -> None:
        self.people.set_people(people)

    def invite(self, person: str, lasts: timedelta, by: str) -> str:
        """The token of a link by which this person sets a password. Raises KeyError when nobody has this id."""
        if self.people.find(person) is None:
            raise KeyError(person)
        return self.links.make(person, lasts, by)

    def set_password_by_link(self, token: str, password: str) -> Person | None:
        """The person whose password it is now; None for a link that is used or too old. Whoever was signed in as this
        person is so no longer."""
        link = self.links.use(token)
        known = self.people.find(link.person) if link else None
        if known is None:
            return None
        self.people.set_password(known.id, password)
        self.sessions.close_all_of(known.id)
        return known

    def lock(self, person: str, by: str) -> None:
        """Raises LastAdministrator."""
        self.people.lock(person, by)
        self.shut_out(person)

    def shut_out(self, person: str) -> None:
        """Ends what this person has open: sessions, and a link to set a password."""
        self.sessions.close_all_of(person)
        self.links.end(person)

    def names(self) -> dict[str, str]:
        """Of everybody who ever worked here: the log goes on speaking of them."""
        return {one.person.id: one.person.name for one in self.people.accounts()}

    def enrol_demo_device(self, kind: DeviceKind, device: str) -> str:
        """The token of a demo device: the same after every restart, so that open browsers stay let in."""
        return self.devices.enrol(kind, device, derived_token(self.key_for("demo devices"), kind.value, device))

    def close(self) -> None:
        self._database.close()


__all__ = ["Accounts", "Device", "DeviceKind", "Person", "Session"]
