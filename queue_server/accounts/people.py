"""The hall's people: officers, guides, supervisors, administrators, and their passwords."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Protocol

from werkzeug.security import check_password_hash, generate_password_hash

from queue_server.accounts.database import AccountsDatabase


class Role(StrEnum):
    OFFICER = "officer"
    GUIDE = "guide"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    role: Role
    counter: str | None = None  # where this officer usually sits


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


class People:
    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database

    def set_people(self, people: Iterable[PersonLike]) -> None:
        """Make the people those of the hall's file. Passwords stay; who left the file may no longer sign in."""
        rows = [
            {"id": p.id, "name": p.name, "role": Role(p.role).value, "counter": p.counter, "active": 1} for p in people
        ]
        with self._database.writing() as database:
            database.execute("UPDATE people SET active = 0")
            database.table("people").upsert_all(rows, pk="id")

    def set_password(self, person: str, password: str) -> None:
        """Raises KeyError when nobody has this id."""
        if self.find(person) is None:
            raise KeyError(person)
        with self._database.writing() as database:
            database.table("people").update(person, {"password_hash": generate_password_hash(password)})

    def has_password(self, person: str) -> bool:
        rows = self._database.rows("SELECT password_hash FROM people WHERE id = ?", person)
        return bool(rows and rows[0]["password_hash"])

    def find(self, person: str) -> Person | None:
        """The person with this id, if active."""
        rows = self._database.rows("SELECT * FROM people WHERE id = ? AND active = 1", person)
        return _person(rows[0]) if rows else None

    def check_password(self, person: str, password: str) -> Person | None:
        """The person, when the password is theirs. Takes as long for a stranger as for a wrong password."""
        rows = self._database.rows("SELECT * FROM people WHERE id = ? AND active = 1", person)
        known = rows[0]["password_hash"] if rows else None
        right = check_password_hash(known or _nobodys_hash(), password)
        return _person(rows[0]) if rows and known and right else None


@cache
def _nobodys_hash() -> str:
    """Checked for people who do not exist, so that the time an answer takes tells nobody who works here."""
    return generate_password_hash("nobody")


def _person(row: dict[str, Any]) -> Person:
    return Person(row["id"], row["name"], Role(row["role"]), row["counter"])
