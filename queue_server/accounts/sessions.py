"""Who is signed in. Sessions live on the server and end on the server; the browser holds only a random token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.people import Person, person_of_row
from queue_server.accounts.tokens import hash_token, new_token

SESSION_LASTS = timedelta(hours=12)  # a working day with its noon break; nobody stays signed in overnight
NOTE_USE_EVERY = timedelta(minutes=1)
ID_SIGNS = 16


@dataclass(frozen=True, slots=True)
class Session:
    """`browser`: in words, as Chrome · Windows; empty for a program, None where nobody noted it.
    `key` names it inside the server, `id` outside."""

    person: Person
    counter: str | None
    expires_at: datetime
    key: str = ""
    opened_at: datetime | None = None
    used_at: datetime | None = None
    address: str = ""
    browser: str | None = None
    has_code: bool = False  # of a second device
    by_provider: bool = False  # who asks for a second device itself

    @property
    def id(self) -> str:
        return self.key[:ID_SIGNS]


# sessions with their people, of those who still work here and are not locked
OPEN = """
SELECT s.token_hash, s.counter AS at_counter, s.created_at, s.expires_at, s.used_at, s.address, s.browser,
       s.by_provider, p.id, p.name, p.role, p.also, p.counter, p.code_secret IS NOT NULL AS has_code
FROM sessions s JOIN people p ON p.id = s.person AND p.active = 1 AND p.locked_at IS NULL
"""


class Sessions:
    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self.idle_minutes: Mapping[str, int] = {}  # by role; 0 or nothing: as long as the session lasts
        self.when_some_end: Callable[[], None] = lambda: None

    def open(
        self, person: Person, counter: str | None, address: str = "", browser: str = "", *, by_provider: bool = False
    ) -> str:
        """A new session's token. Also clears away sessions that have ended."""
        token = new_token()
        now = self._now()
        row = {
            "token_hash": hash_token(token),
            "person": person.id,
            "counter": counter,
            "created_at": now.isoformat(),
            "expires_at": (now + SESSION_LASTS).isoformat(),
            "used_at": now.isoformat(),
            "address": address,
            "browser": browser,
            "by_provider": int(by_provider),
        }
        with self._database.writing() as database:
            database.table("sessions").delete_where("expires_at <= ?", [now.isoformat()])
            database.table("sessions").insert(row)
        return token

    def find(self, token: str) -> Session | None:
        """The session of this token, unless it has ended."""
        found = self._open("WHERE s.token_hash = ?", hash_token(token))
        return found[0] if found else None

    def of(self, person: str) -> list[Session]:
        """Those of a person, the newest first."""
        return self._open("WHERE s.person = ? ORDER BY s.created_at DESC", person)

    def keys(self) -> set[str]:
        """Of all that are open."""
        return {one.key for one in self._open("")}

    def note_use(self, session: Session) -> None:
        """Somebody did something by hand: the time without use begins anew. Written once a minute at most."""
        now = self._now()
        if session.used_at is None or now - session.used_at >= NOTE_USE_EVERY:
            self._set(session.key, "used_at", now.isoformat())

    def sit_at(self, session: Session, counter: str) -> None:
        self._set(session.key, "counter", counter)

    def _set(self, key: str, column: str, value: str) -> None:
        with self._database.writing() as database:
            database.execute(f"UPDATE sessions SET {column} = ? WHERE token_hash = ?", [value, key])

    def _open(self, where: str, *values: str) -> list[Session]:
        return [one for row in self._database.rows(OPEN + where, *values) if self._lasts(one := _session(row))]

    def _lasts(self, one: Session) -> bool:
        limits = [minutes for role in one.person.roles if (minutes := self.idle_minutes.get(role.value, 0))]
        now, idle = self._now(), min(limits, default=0)  # of several roles the strictest
        is_left_alone = idle and one.used_at is not None and one.used_at + timedelta(minutes=idle) <= now
        return one.expires_at > now and not is_left_alone

    # --- ending

    def close(self, token: str) -> None:
        self._close("token_hash = ?", hash_token(token))

    def close_one_of(self, person: str, session_id: str) -> None:
        """By what it is called outside; nothing for an id of somebody else's."""
        self._close("person = ? AND substr(token_hash, 1, ?) = ?", person, ID_SIGNS, session_id)

    def close_all_of(self, person: str, but: str = "") -> None:
        """`but`: the token of the one that stays."""
        self._close("person = ? AND token_hash != ?", person, hash_token(but))

    def _close(self, where: str, *values: str | int) -> None:
        with self._database.writing() as database:
            database.table("sessions").delete_where(where, list(values))
        self.when_some_end()


def _session(row: Mapping[str, Any]) -> Session:
    return Session(
        person=person_of_row(row),
        counter=row["at_counter"],
        expires_at=datetime.fromisoformat(row["expires_at"]),
        key=row["token_hash"],
        opened_at=datetime.fromisoformat(row["created_at"]),
        used_at=datetime.fromisoformat(row["used_at"]) if row["used_at"] else None,
        address=row["address"] or "",
        browser=row["browser"],
        has_code=bool(row["has_code"]),
        by_provider=bool(row["by_provider"]),
    )
