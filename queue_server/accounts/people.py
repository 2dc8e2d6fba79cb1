"""The hall's people: officers, guides, supervisors, administrators, and their passwords."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.passwords import Hashing


class Role(StrEnum):
    """The least right first."""

    OFFICER = "officer"
    GUIDE = "guide"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """`role` leads to the page after signing in; `also`: further roles, what any of them may this person may."""

    id: str
    name: str
    role: Role
    counter: str | None = None  # where this officer usually sits
    also: tuple[Role, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset((self.role, *self.also))

    @property
    def highest(self) -> Role:
        """The one with the most rights."""
        return max(self.roles, key=list(Role).index)


class PersonLike(Protocol):
    """What the hall's file says of a person."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def counter(self) -> str | None: ...
    @property
    def also(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of a person's signing in."""

    person: Person
    works_here: bool
    has_password: bool
    locked_at: datetime | None

    @property
    def may_sign_in(self) -> bool:
        return self.works_here and self.has_password and self.locked_at is None


class LastAdministrator(Exception):
    """Nobody would be left who may let people in again."""


class People:
    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime], hashing: Hashing) -> None:
        self._database = database
        self._now = now
        self._hashing = hashing

    def set_people(self, people: Iterable[PersonLike]) -> None:
        """Make the people those of the hall's file. Passwords stay; who left the file may no longer sign in."""
        rows = [
            {
                **{"id": p.id, "name": p.name, "role": Role(p.role).value, "also": " ".join(p.also)},
                **{"counter": p.counter, "active": 1},
            }
            for p in people
        ]
        with self._database.writing() as database:
            database.execute("UPDATE people SET active = 0")
            database.table("people").upsert_all(rows, pk="id")

    def set_password(self, person: str, password: str) -> None:
        """Raises KeyError when nobody has this id."""
        if self.find(person) is None:
            raise KeyError(person)
        self._put_hash([person], self._hashing.hash(password))

    def set_everybodys_first_password(self, password: str, people: Iterable[str]) -> None:
        """Of a demo: who has none yet gets this one, hashed once. Everybody knows it anyway."""
        if without := [person for person in people if not self.has_password(person)]:
            self._put_hash(without, self._hashing.hash(password))

    def _put_hash(self, people: Iterable[str], password_hash: str) -> None:
        row = {"password_hash": password_hash, "password_set_at": self._now().isoformat()}
        with self._database.writing() as database:
            for person in people:
                database.table("people").update(person, row)

    def has_password(self, person: str) -> bool:
        rows = self._database.rows("SELECT password_hash FROM people WHERE id = ?", person)
        return bool(rows and rows[0]["password_hash"])

    def find(self, person: str) -> Person | None:
        """The person with this id, if active."""
        rows = self._database.rows("SELECT * FROM people WHERE id = ? AND active = 1", person)
        return person_of_row(rows[0]) if rows else None

    def may_sign_in(self, person: str) -> bool:
        account = self.account(person)
        return account is not None and account.has_password and account.locked_at is None

    def account(self, person: str) -> Account | None:
        """Also of somebody who has left."""
        rows = self._database.rows("SELECT * FROM people WHERE id = ?", person)
        return _account(rows[0]) if rows else None

    def accounts(self) -> list[Account]:
        """Everybody who ever was one, by name of role and then as they came."""
        return [_account(row) for row in self._database.rows("SELECT * FROM people ORDER BY rowid")]

    def check_password(self, person: str, password: str) -> Person | None:
        """The person, when the password is theirs and nobody has locked them. Takes as long for a stranger as for a
        wrong password. Raises HashingBusy."""
        rows = self._database.rows("SELECT * FROM people WHERE id = ? AND active = 1", person)
        right = self._hashing.is_right(rows[0]["password_hash"] if rows else None, password)
        return person_of_row(rows[0]) if rows and right else None

    def lock(self, person: str, by: str) -> None:
        """Nobody signs in as this person until it is unlocked. Raises LastAdministrator."""
        self.somebody_else_must_administer(person)
        self._set(person, {"locked_at": self._now().isoformat(), "locked_by": by})

    def forget_password(self, person: str) -> None:
        """And with it the lock: who comes back begins anew."""
        self._set(person, {"password_hash": None, "password_set_at": None, "locked_at": None, "locked_by": None})

    def unlock(self, person: str) -> None:
        self._set(person, {"locked_at": None, "locked_by": None})

    def _set(self, person: str, values: dict[str, Any]) -> None:
        with self._database.writing() as database:
            database.table("people").update(person, values)

    def somebody_else_must_administer(self, person: str) -> None:
        """Raises LastAdministrator where without this person nobody could let people in again."""
        administrators = [one for one in self.accounts() if Role.ADMINISTRATOR in one.person.roles and one.may_sign_in]
        if [one.person.id for one in administrators] == [person]:
            raise LastAdministrator


def person_of_row(row: Mapping[str, Any]) -> Person:
    also = tuple(Role(one) for one in (row["also"] or "").split())
    return Person(row["id"], row["name"], Role(row["role"]), row["counter"], also)


def _account(row: dict[str, Any]) -> Account:
    locked_at = row["locked_at"] and datetime.fromisoformat(row["locked_at"])
    return Account(person_of_row(row), bool(row["active"]), bool(row["password_hash"]), locked_at or None)
