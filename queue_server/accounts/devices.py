"""The hall's devices: kiosks, displays, printers, voices, walls. Each has its own token and may be shut out alone."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.tokens import hash_token, new_token

LOOK_EVERY_SECONDS = 1.0
CODE_LASTS = timedelta(minutes=15)
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that reads like another
CODE_LENGTH = 8  # forty bits, guessed at thirty times a minute from one address, for a quarter of an hour


class DeviceKind(StrEnum):
    KIOSK = "kiosk"
    DISPLAY = "display"
    PRINTER = "printer"
    VOICE = "voice"
    WALL = "wall"  # the supervisors' far wall


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
        self.enrol_hash(kind, device, hash_token(token))
        return token

    def enrol_hash(self, kind: DeviceKind, device: str, token_hash: str) -> None:
        """Let in a device that made its token itself."""
        if self._by_hash.get(token_hash) == Device(kind, device):
            return
        self.shut_out(kind, device)
        row = {"token_hash": token_hash, "kind": kind.value, "id": device, "enrolled_at": self._now().isoformat()}
        with self._database.writing() as database:
            database.table("devices").insert(row)
        self._by_hash[token_hash] = Device(kind, device)

    def all(self) -> list[Device]:
        """Those let in now, by kind and name."""
        rows = self._database.rows("SELECT kind, id FROM devices ORDER BY kind, id")
        return [Device(DeviceKind(row["kind"]), row["id"]) for row in rows]

    def make_code(self, kind: DeviceKind, device: str) -> str:
        """A code to be typed on the device once, soon; an earlier one for it ends. The code itself is not kept."""
        code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
        now = self._now()
        row = {"code_hash": hash_token(code), "kind": kind.value, "id": device}
        with self._database.writing() as database:
            codes = database.table("device_codes")
            codes.delete_where("(kind = ? AND id = ?) OR expires_at <= ?", [kind.value, device, now.isoformat()])
            codes.insert({**row, "expires_at": (now + CODE_LASTS).isoformat()})
        return code

    def enrol_by_code(self, code: str) -> tuple[Device, str] | None:
        """The device and its token; None for a code that nobody gave, that is used or too old."""
        code_hash = hash_token("".join(code.upper().split()).replace("-", ""))
        with self._database.writing() as database:
            found = self._database.rows("SELECT kind, id, expires_at FROM device_codes WHERE code_hash = ?", code_hash)
            database.table("device_codes").delete_where("code_hash = ?", [code_hash])
        if not found or datetime.fromisoformat(found[0]["expires_at"]) <= self._now():
            return None
        device = Device(DeviceKind(found[0]["kind"]), found[0]["id"])
        return device, self.enrol(device.kind, device.id)

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
