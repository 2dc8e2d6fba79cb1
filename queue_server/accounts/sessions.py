"""Who is signed in. Sessions live on the server and end on the server; the browser holds only a random token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.people import Person, Role
from queue_server.accounts.tokens import hash_token, new_token

SESSION_LASTS = timedelta(hours=12)  # a working day with its noon break; nobody stays signed in overnight


@dataclass(frozen=True, slots=True)
class Session:
    person: Person
    counter: str | None
    expires_at: datetime


# the session of a token with its person, if the person still works here
FIND = """
SELECT s.counter AS at_counter, s.expires_at, p.id, p.name, p.role, p.counter
FROM sessions s JOIN people p ON p.id = s.person AND p.active = 1 WHERE s.token_hash = ?
"""


class Sessions:
    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def open(self, person: Person, counter: str | None) -> str:
        """A new session's token. Also clears away sessions that have ended."""
        token = new_token()
        now = self._now()
        row = {
            "token_hash": hash_token(token),
            "person": person.id,
            "counter": counter,
            "created_at": now.isoformat(),
            "expires_at": (now + SESSION_LASTS).isoformat(),
        }
        with self._database.writing() as database:
            database.table("sessions").delete_where("expires_at <= ?", [now.isoformat()])
            database.table("sessions").insert(row)
        return token

    def find(self, token: str) -> Session | None:
        """The session of this token, unless it has ended."""
        rows = self._database.rows(FIND, hash_token(token))
        if not rows:
            return None
        row = rows[0]
        expires_at = datetime.fromisoformat(row["expires_at"])
        if expires_at <= self._now():
            return None
        return Session(Person(row["id"], row["name"], Role(row["role"]), row["counter"]), row["at_counter"], expires_at)

    def close(self, token: str) -> None:
        with self._database.writing() as database:
            database.table("sessions").delete_where("token_hash = ?", [hash_token(token)])

    def close_all_of(self, person: str, but: str = "") -> None:
        """`but`: the token of the one that stays."""
        with self._database.writing() as database:
            database.table("sessions").delete_where("person = ? AND token_hash != ?", [person, hash_token(but)])
