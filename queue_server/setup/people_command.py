"""`xinting people`: who works here, from the command line. A running server takes it within a second."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from queue_server.accounts import Accounts
from queue_server.accounts.audit import Audit
from queue_server.accounts.people import Account, LastAdministrator
from queue_server.setup.hall_setup import HallSetup
from queue_server.setup.people_desk import CannotBe, PeopleDesk, Wanted
from queue_server.web.words import word

BY = "command line"
Done = TypeVar("Done")


class PeopleCommand:
    """What each verb does; every method answers with what to print. Raises CannotDo."""

    def __init__(self, accounts: Accounts, setup: HallSetup, address: str, audit: Audit) -> None:
        self._audit = audit
        self._accounts = accounts
        self._setup = setup
        self._address = address
        self._hall_file = setup.with_people_of(accounts.staff, setup.hall_file())
        self._renew()
        self._desk = PeopleDesk(accounts, self._hall_file, self._renew, BY)

    def _renew(self) -> None:
        self._accounts.set_people(self._setup.with_staff(self._hall_file).people)

    def list(self) -> str:
        lines = [_line(one) for one in self._accounts.people.accounts()]
        return "\n".join(lines) or "Nobody works here yet."

    def invite(self, person: str, name: str, role: str, counter: str, also: tuple[str, ...] = ()) -> str:
        self._note("invite", person)
        return self._link(lambda: self._desk.invite(person, Wanted(name, role, counter, also=also)))

    def link(self, person: str) -> str:
        self._note("link", person)
        return self._link(lambda: self._desk.new_link(person))

    def back(self, person: str) -> str:
        self._note("back", person)
        return self._link(lambda: self._desk.take_back(person))

    def do(self, verb: str, person: str) -> str:
        """lock, unlock, remove or code-off."""
        acts = {"lock": self._desk.lock, "unlock": self._desk.unlock, "remove": self._desk.remove}
        acts["code-off"] = self._desk.take_code_away
        self._note(verb, person)
        _or_say_why(lambda: acts[verb](person))
        return self.list()

    def _note(self, verb: str, person: str) -> None:
        """What was wished for, also where it was refused."""
        self._audit.note("act", BY, "", f"people {verb}", person, 0, "")

    def _link(self, make: Callable[[], str]) -> str:
        token = _or_say_why(make)
        hours = self._hall_file.accounts.link_hours
        return f"Shown once, good once and for {hours} hours; the person opens it and sets a password:\n  " + (
            f"{self._address}/welcome/{token}"
        )


class CannotDo(Exception):
    """In words, with what to do."""


def _or_say_why(act: Callable[[], Done]) -> Done:
    try:
        return act()
    except CannotBe as error:
        raise CannotDo(word(f"people.fault_{error.code}", "en")) from error
    except LastAdministrator as error:
        raise CannotDo(word("people.fault_last_administrator", "en")) from error


def _roles(one: Account) -> str:
    return "+".join([one.person.role.value, *(role.value for role in one.person.also)])


def _line(one: Account) -> str:
    state = (
        "has left"
        if not one.works_here
        else "locked"
        if one.locked_at
        else "can sign in"
        if one.has_password
        else "no password yet"
    )
    counter = f" at counter {one.person.counter}" if one.person.counter else ""
    return f"{one.person.id:16} {_roles(one):14} {state:16} {one.person.name}{counter}"
