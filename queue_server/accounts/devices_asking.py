"""Devices that want to be let in: each shows a code, and somebody who sees it there types it here."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.devices import CODE_LASTS, CODE_SIGNS, DeviceKind

# Thirty bits. A code lets nobody in by itself: somebody of the hall has to read it off a device and type it.
SIGNS = 6
MOST_WAITING = 40


@dataclass(frozen=True, slots=True)
class Asking:
    """`address`: where in the network it asked from, for whoever lets it in to compare."""

    kind: DeviceKind
    token_hash: str
    code: str
    address: str
    asked_at: datetime


class DevicesAsking:
    """Of the token, made by the device, only the hash is known here; it opens nothing until the code was typed."""

    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def ask(self, kind: DeviceKind, token_hash: str, address: str) -> Asking:
        """The same device gets the same code while that lasts. With too many waiting the oldest goes."""
        now = self._now()
        with self._database.writing() as database:
            database.table("devices_asking").delete_where("asked_at <= ?", [(now - CODE_LASTS).isoformat()])
            for known in self.waiting():
                if known.token_hash == token_hash:
                    return known
            for oldest in self.waiting()[: -MOST_WAITING + 1]:
                database.table("devices_asking").delete(oldest.token_hash)
            code = "".join(secrets.choice(CODE_SIGNS) for _ in range(SIGNS))
            row = {"token_hash": token_hash, "code": code, "kind": kind.value, "address": address}
            database.table("devices_asking").insert({**row, "asked_at": now.isoformat()})
        return Asking(kind, token_hash, code, address, now)

    def find(self, code: str) -> Asking | None:
        """However it was typed. None for a code that no device shows, or shows no longer."""
        wanted = "".join(code.upper().split()).replace("-", "")
        fresh = [one for one in self.waiting() if self._now() - one.asked_at < CODE_LASTS]
        return next((one for one in fresh if secrets.compare_digest(one.code, wanted)), None)

    def is_let_in(self, asking: Asking) -> None:
        with self._database.writing() as database:
            database.table("devices_asking").delete(asking.token_hash)

    def waiting(self) -> list[Asking]:
        """The oldest first."""
        rows = self._database.rows("SELECT * FROM devices_asking ORDER BY asked_at")
        return [
            Asking(
                DeviceKind(row["kind"]), row["token_hash"], row["code"], row["address"],
                datetime.fromisoformat(row["asked_at"]),
            )
            for row in rows
        ]  # fmt: skip
