"""Failed sign-ins, and how long the next has to wait. Nobody is ever shut out for good, least of all by somebody else.

Counted by account and by address. A browser in which this person has signed in before counts by itself, so that a
stranger who guesses at the account, or sits behind the same router, does not keep its owner waiting.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.accounts.database import AccountsDatabase

FIRST_DELAY_SECONDS = 5.0
LONGEST_DELAY_SECONDS = 900.0
FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """`free`: so many failures cost nothing."""

    key: str
    free: int


def of_account(person: str) -> Counted:
    return Counted(f"account:{person.casefold()}", 5)


def of_address(address: str) -> Counted:
    return Counted(f"address:{address}", 40)  # all of a hall's screens may share one


def of_known_browser(mark: str) -> Counted:
    return Counted(f"browser:{mark}", 5)


def of_code(person: str) -> Counted:
    """Of somebody signed in, who tries codes."""
    return Counted(f"code:{person}", 5)


def delay_seconds(failures: int, free: int) -> float:
    """After so many failures in a row; doubles with each, up to a quarter of an hour."""
    if failures < free:
        return 0.0
    return float(min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** min(failures - free, 20)))


class Failures:
    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def try_now(self, counted: Sequence[Counted]) -> float:
        """0, and the try is counted as failed until `succeeded`; or how many seconds it has to wait yet. Counted first,
        so that many tries at the same moment are no way round."""
        now = self._now()
        with self._database.writing() as database:
            table = database.table("failures")
            table.delete_where("last_at <= ?", [(now - FORGET_AFTER).isoformat()])
            known = {one.key: self._known(one) for one in counted}
            waits = [
                delay_seconds(known[one.key][0], one.free) - (now - last_at).total_seconds()
                for one in counted
                if (last_at := known[one.key][1]) is not None
            ]
            if (longest := max(waits, default=0.0)) > 0:
                return longest
            for one in counted:
                table.upsert({"key": one.key, "many": known[one.key][0] + 1, "last_at": now.isoformat()}, pk="key")
        return 0.0

    def take_back(self, counted: Sequence[Counted]) -> None:
        """The one try was not wrong, only not all that is asked for: it is as if it had not been."""
        with self._database.writing() as database:
            for one in counted:
                database.execute("UPDATE failures SET many = max(many - 1, 0) WHERE key = ?", [one.key])

    def succeeded(self, counted: Sequence[Counted]) -> None:
        """The account's count ends; an address only gets this one try back: others may guess from it too."""
        with self._database.writing() as database:
            for one in counted:
                if one.key.startswith("address:"):
                    database.execute("UPDATE failures SET many = max(many - 1, 0) WHERE key = ?", [one.key])
                else:
                    database.table("failures").delete_where("key = ?", [one.key])

    def _known(self, one: Counted) -> tuple[int, datetime | None]:
        rows = self._database.rows("SELECT many, last_at FROM failures WHERE key = ?", one.key)
        return (rows[0]["many"], datetime.fromisoformat(rows[0]["last_at"])) if rows else (0, None)


class KnownBrowsers:
    """A mark that a browser keeps after its person has signed in there. It opens nothing."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def mark(self, person: str) -> str:
        chance = secrets.token_hex(8)
        return f"{chance}.{self._signed(person, chance)}"

    def read(self, person: str, mark: str) -> str | None:
        """The mark, when it is one that this person was given."""
        chance, _, signed = mark.partition(".")
        return mark if hmac.compare_digest(signed.encode(), self._signed(person, chance).encode()) else None

    def _signed(self, person: str, chance: str) -> str:
        return hmac.new(self._key, f"{person}:{chance}".encode(), hashlib.sha256).hexdigest()[:32]
