"""Links by which a person sets a password: unguessable, good once and for a while, kept as a hash only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.tokens import hash_token, new_token


@dataclass(frozen=True, slots=True)
class Link:
    person: str
    made_by: str
    expires_at: datetime


class OneTimeLinks:
    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def make(self, person: str, lasts: timedelta, by: str) -> str:
        """The link's token, which is not kept. An earlier link of the same person ends, and all that are too old."""
        token, now = new_token(), self._now()
        row = {"token_hash": hash_token(token), "person": person, "made_by": by, "made_at": now.isoformat()}
        with self._database.writing() as database:
            links = database.table("one_time_links")
            links.delete_where("person = ? OR expires_at <= ?", [person, now.isoformat()])
            links.insert({**row, "expires_at": (now + lasts).isoformat()})
        return token

    def find(self, token: str) -> Link | None:
        """Looking does not use it up: programs that show what is behind a link look, too."""
        rows = self._database.rows("SELECT * FROM one_time_links WHERE token_hash = ?", hash_token(token))
        return self._link(rows[0]) if rows else None

    def of(self, person: str) -> Link | None:
        """The one that this person may still use."""
        rows = self._database.rows("SELECT * FROM one_time_links WHERE person = ?", person)
        return self._link(rows[0]) if rows else None

    def use(self, token: str) -> Link | None:
        """Once: of two who come at the same moment one gets it."""
        with self._database.writing() as database:
            found = self.find(token)
            database.table("one_time_links").delete_where("token_hash = ?", [hash_token(token)])
        return found

    def end(self, person: str) -> None:
        with self._database.writing() as database:
            database.table("one_time_links").delete_where("person = ?", [person])

    def _link(self, row: dict[str, str]) -> Link | None:
        expires_at = datetime.fromisoformat(row["expires_at"])
        return Link(row["person"], row["made_by"], expires_at) if expires_at > self._now() else None
