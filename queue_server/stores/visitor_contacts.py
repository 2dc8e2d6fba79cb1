"""How a visitor wants to be told: a phone number or a browser's subscription. Beside the log, never in it.

Deleted a day after the hall day's end (midnight), or as soon as the visitor says so; the file is overwritten there.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from sqlite_utils import Database

PHONE, PUSH = "phone", "push"
KEPT_AFTER_THE_DAY = timedelta(days=1)
MOST_PER_TICKET = 5  # subscriptions: a visitor's browsers, not a way to fill the disk
MOBILE = re.compile(r"1[3-9]\d{9}")
FILLING = re.compile(r"[\s\-–—().]")
COUNTRY = re.compile(r"^(\+|00)?86(?=1\d{10}$)")


@dataclass(frozen=True, slots=True)
class Contact:
    ticket: str
    kind: str  # phone | push
    address: str

    @property
    def subscription(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.address)
        return found


def mobile_number(text: str) -> str | None:
    """Eleven digits of a Chinese mobile number, however it was written (full width, spaces, +86); else None."""
    digits = COUNTRY.sub("", FILLING.sub("", unicodedata.normalize("NFKC", text)))
    return digits if MOBILE.fullmatch(digits) and digits.isascii() else None


class VisitorContacts:
    """In a file of its own (`contacts.sqlite`), so that no backup keeps it longer than it may be kept."""

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory, for tests."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(":memory:" if path is None else str(path), check_same_thread=False, timeout=5)
        if path is not None:
            path.chmod(0o600)
            connection.execute("PRAGMA journal_mode = WAL")  # several server processes share it
        connection.execute("PRAGMA secure_delete = ON")
        self._connection = connection
        self._database = Database(connection)
        self._lock = Lock()
        self._database.table("contacts").create(
            {"day": str, "ticket": str, "kind": str, "address": str, "added_at": str},
            pk=("day", "ticket", "kind", "address"),
            not_null={"added_at"},
            if_not_exists=True,
        )
        self._database.table("notices_sent").create(
            {"day": str, "ticket": str, "notice": str}, pk=("day", "ticket", "notice"), if_not_exists=True
        )

    def keep_phone(self, day: date, ticket: str, number: str, at: datetime) -> None:
        """One number a ticket: the last one given."""
        with self._lock, self._connection:
            self._delete(day, ticket, PHONE)
            self._insert(day, ticket, PHONE, number, at)

    def keep_push(self, day: date, ticket: str, subscription: dict[str, Any], at: datetime) -> None:
        with self._lock, self._connection:
            if len(self._of(day, ticket, PUSH)) < MOST_PER_TICKET:
                self._insert(day, ticket, PUSH, json.dumps(subscription, sort_keys=True), at)

    def of(self, day: date, ticket: str) -> list[Contact]:
        with self._lock:
            return self._of(day, ticket)

    def of_day(self, day: date) -> dict[str, list[Contact]]:
        """Ticket → how its visitor wants to be told."""
        found: dict[str, list[Contact]] = {}
        with self._lock:
            for contact in self._where("day = ?", [day.isoformat()]):
                found.setdefault(contact.ticket, []).append(contact)
        return found

    def forget(self, day: date, ticket: str) -> None:
        """The visitor no longer wants to be told."""
        with self._lock, self._connection:
            self._delete(day, ticket, PHONE)
            self._delete(day, ticket, PUSH)

    def forget_one(self, day: date, contact: Contact) -> None:
        with self._lock:
            where = "day = ? AND ticket = ? AND kind = ? AND address = ?"
            values = [day.isoformat(), contact.ticket, contact.kind, contact.address]
            self._database.table("contacts").delete_where(where, values)

    def claim(self, day: date, ticket: str, notice: str) -> bool:
        """Whether this process is the one to tell it: true once, whichever of a hall's processes asks first."""
        with self._lock, self._connection:
            insert = "INSERT OR IGNORE INTO notices_sent (day, ticket, notice) VALUES (?, ?, ?)"
            return self._connection.execute(insert, [day.isoformat(), ticket, notice]).rowcount == 1

    def forget_old(self, today: date) -> int:
        """Delete what is of a day that ended more than a day ago; how many contacts that were."""
        last_kept = today - KEPT_AFTER_THE_DAY
        with self._lock:
            gone = self._database.table("contacts").count_where("day < ?", [last_kept.isoformat()])
            for table in ("contacts", "notices_sent"):
                self._database.table(table).delete_where("day < ?", [last_kept.isoformat()])
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing of them stays in the journal
        return int(gone)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    # --- inside the lock

    def _of(self, day: date, ticket: str, kind: str | None = None) -> list[Contact]:
        found = self._where("day = ? AND ticket = ?", [day.isoformat(), ticket])
        return [contact for contact in found if kind in (None, contact.kind)]

    def _where(self, where: str, values: list[str]) -> Iterator[Contact]:
        for row in self._database.table("contacts").rows_where(where, values, order_by="added_at"):
            yield Contact(row["ticket"], row["kind"], row["address"])

    def _insert(self, day: date, ticket: str, kind: str, address: str, at: datetime) -> None:
        insert = "INSERT OR IGNORE INTO contacts (day, ticket, kind, address, added_at) VALUES (?, ?, ?, ?, ?)"
        self._connection.execute(insert, [day.isoformat(), ticket, kind, address, at.isoformat()])

    def _delete(self, day: date, ticket: str, kind: str) -> None:
        delete = "DELETE FROM contacts WHERE day = ? AND ticket = ? AND kind = ?"
        self._connection.execute(delete, [day.isoformat(), ticket, kind])
