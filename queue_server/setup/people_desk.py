"""Where administrators let people in, change them, lock and remove them; for the pages and for the command line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from queue_server.accounts import Accounts, Role
from queue_server.accounts.people import Account
from queue_server.hall_file import HallFile

ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
LONGEST_NAME = 40


class CannotBe(Exception):
    """Something that the administrator can put right; `code` has its words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is to be. `services`: None is everything; only of officers whom the hall's file does not name."""

    name: str
    role: str
    counter: str = ""
    services: tuple[str, ...] | None = None
    also: tuple[str, ...] = ()  # further roles

    @property
    def roles(self) -> frozenset[str]:
        return frozenset((self.role, *self.also))


class PeopleDesk:
    """`renew` lets what was said hold at once: it makes the accounts' people those of the hall. May raise
    LastAdministrator wherever nobody would be left who can let people in."""

    def __init__(self, accounts: Accounts, hall_file: HallFile, renew: Callable[[], object], by: str) -> None:
        self._accounts = accounts
        self._hall_file = hall_file
        self._renew = renew
        self._by = by

    def invite(self, person: str, wanted: Wanted) -> str:
        """The link's token. Raises CannotBe."""
        if not ID.fullmatch(person):
            raise CannotBe("bad_id")
        if known := self._accounts.people.account(person):
            raise CannotBe("id_taken" if known.works_here else "id_of_one_who_left")
        self._say(person, wanted)
        return self.new_link(person)

    def admit(self, person: str, wanted: Wanted) -> None:
        """Somebody new whom another has vouched for: without a link, since they need no password. Raises CannotBe."""
        if not ID.fullmatch(person):
            raise CannotBe("bad_id")
        if self._accounts.people.account(person):
            raise CannotBe("id_taken")
        self._say(person, wanted)

    def change(self, person: str, wanted: Wanted) -> None:
        """Raises CannotBe."""
        if Role.ADMINISTRATOR not in wanted.roles:
            self._accounts.people.somebody_else_must_administer(person)
        before = self._known(person).person.roles
        self._say(person, wanted)
        if not before <= wanted.roles:  # nobody goes on with the rights of before
            self._accounts.sessions.close_all_of(person)

    def _say(self, person: str, wanted: Wanted) -> None:
        name = " ".join(wanted.name.split())
        if not name or len(name) > LONGEST_NAME:
            raise CannotBe("bad_name")
        if not wanted.roles <= set(Role):
            raise CannotBe("bad_role")
        if wanted.counter and wanted.counter not in self._hall_file.rules.counters:
            raise CannotBe("bad_counter")
        is_officer = Role.OFFICER in wanted.roles
        services = wanted.services if is_officer else None
        if services is not None and not set(services) <= set(self._hall_file.rules.services):
            raise CannotBe("bad_service")
        counter = wanted.counter if is_officer else ""
        also = [role.value for role in Role if role in wanted.also and role != wanted.role]
        said = {"name": name, "role": wanted.role, "also": also, "counter": counter, "services": services, "removed": 0}
        self._accounts.staff.say(person, self._by, **said)
        self._renew()

    def new_link(self, person: str) -> str:
        """For whoever has no password yet, or has forgotten it; the old one holds until the link is used."""
        account = self._known(person)
        if account.locked_at:
            raise CannotBe("is_locked")
        return self._accounts.invite(person, timedelta(hours=self._hall_file.accounts.link_hours), self._by)

    def take_code_away(self, person: str) -> None:
        """The phone is lost, and the recovery codes with it: the password alone counts until a new one is set up."""
        self._known(person)
        self._accounts.codes.remove(person)
        self._accounts.sessions.close_all_of(person)

    def lock(self, person: str) -> None:
        self._known(person)
        self._accounts.lock(person, self._by)

    def unlock(self, person: str) -> None:
        self._known(person)
        self._accounts.people.unlock(person)

    def remove(self, person: str) -> None:
        """Signed out at once. What they did stays in the log, under their name."""
        self._accounts.people.somebody_else_must_administer(self._known(person).person.id)
        self._accounts.staff.say(person, self._by, removed=1)
        self._accounts.shut_out(person)
        self._renew()

    def take_back(self, person: str) -> str:
        """The token of a link: nobody comes back with the password of before. Raises CannotBe."""
        account = self._accounts.people.account(person)
        if account is None or account.works_here:
            raise CannotBe("not_removed")
        if self._accounts.staff.find(person) is None:  # left with the hall's file
            self._accounts.staff.say(person, self._by, name=account.person.name, role=account.person.role.value)
        self._accounts.people.forget_password(person)
        self._accounts.staff.say(person, self._by, removed=0)
        self._renew()
        return self.new_link(person)

    def _known(self, person: str) -> Account:
        account = self._accounts.people.account(person)
        if account is None or not account.works_here:
            raise CannotBe("unknown_person")
        return account
