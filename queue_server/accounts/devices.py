"""The hall's devices: kiosks, displays, printers, voices. Each carries a token of its own and can be shut out alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.tokens import hash_token, new_token

LOOK_EVERY_SECONDS = 1.0


class DeviceKind(StrEnum):
    KIOSK = "kiosk"
    DISPLAY = "display"
    PRINTER = "printer"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Device:
    kind: DeviceKind
    id: str


class Devices:
    """Kept in memory too: a kiosk asks with each press, and the list is a handful.

    Read again when another process has let a device in or shut one out, so that nobody has to restart the hall: at once
    for a device that is not known, within a second for one that was. Asking the file costs more than all the rest.
    """

    def __init__(
        self, database: AccountsDatabase, now: Callable[[], datetime], steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._now = now
        self._steady = steady
        self._look_again_at = float("-inf")
        self._version = database.version()
        self._by_hash = self._read()

    def _read(self) -> dict[str, Device]:
        rows = self._database.rows("SELECT token_hash, kind, id FROM devices")
        return {row["token_hash"]: Device(DeviceKind(row["kind"]), row["id"]) for row in rows}

    def enrol(self, kind: DeviceKind, device: str, token: str | None = None) -> str:
        """Let a device in and return its token, which is not kept. An earlier token of the same device ends."""
        token = token or new_token()
        token_hash = hash_token(token)
        if self._by_hash.get(token_hash) == Device(kind, device):
            return token
        self.shut_out(kind, device)
        row = {"token_hash": token_hash, "kind": kind.value, "id": device, "enrolled_at": self._now().isoformat()}
        with self._database.writing() as database:
            database.table("devices").insert(row)
        self._by_hash[token_hash] = Device(kind, device)
        return token

    def shut_out(self, kind: DeviceKind, device: str) -> None:
        with self._database.writing() as database:
            database.table("devices").delete_where("kind = ? AND id = ?", [kind.value, device])
        gone = Device(kind, device)
        self._by_hash = {token_hash: known for token_hash, known in self._by_hash.items() if known != gone}

    def find(self, token: str) -> Device | None:
        if not token:
            return None
        token_hash = hash_token(token)
        if token_hash not in self._by_hash or self._steady() >= self._look_again_at:
            self._look_again_at = self._steady() + LOOK_EVERY_SECONDS
            if (version := self._database.version()) != self._version:
                self._version, self._by_hash = version, self._read()
        return self._by_hash.get(token_hash)
