"""What supervisors ask of devices, until it is done: a device takes its wishes with its next sign of life."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.accounts.database import AccountsDatabase

WHATS = ("restart_screen", "restart_program", "picture")
TAKEN_WITHIN = timedelta(minutes=2)  # nobody wants a screen to start anew an hour after it was asked for
DONE_WITHIN = timedelta(minutes=3)
SHOWN_FOR = timedelta(minutes=10)
KEEP_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeviceWish:
    """`state`: asked, taken, done, failed, or late: the device did not come for it, or never said that it was done."""

    id: str
    kind: str
    device: str
    what: str
    asked_by: str
    asked_at: datetime
    state: str
    settled_at: datetime | None
    said: str
    run: str  # of the program that took it

    @property
    def is_open(self) -> bool:
        return self.state in {"asked", "taken"}


class DeviceWishes:
    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def ask(self, kind: str, device: str, what: str, by: str) -> DeviceWish:
        """Asked twice while it is not done yet, it is the same wish."""
        with self._database.writing() as database:
            for known in self.of(kind, device):
                if known.what == what and known.is_open:
                    return known
            now = self._now()
            oldest = (now - KEEP_FOR).isoformat()
            database.table("device_wishes").delete_where("asked_at < ?", [oldest])
            wish = DeviceWish(secrets.token_hex(8), kind, device, what, by, now, "asked", None, "", "")
            row = {"id": wish.id, "kind": kind, "device": device, "what": what, "asked_by": by, "state": "asked"}
            database.table("device_wishes").insert({**row, "asked_at": now.isoformat()})
        return wish

    def to_take(self, kind: str, device: str, run: str) -> list[DeviceWish]:
        """The device is here, in this run of its program: a restart that it took in an earlier one is done by that."""
        found = self.of(kind, device)
        for one in found:
            if one.state == "taken" and one.what == "restart_program" and one.run != run:
                self._settle(one.id, "done", "")
        return [one for one in found if one.state == "asked"]

    def find(self, wish: str) -> DeviceWish | None:
        found = self._read("SELECT * FROM device_wishes WHERE id = ?", wish)
        return found[0] if found else None

    def hear(self, wish: DeviceWish, outcome: str, said: str, run: str) -> None:
        """`outcome`: taken, done or failed. What is settled stays."""
        if not wish.is_open:
            return
        if outcome == "taken":
            with self._database.writing() as database:
                database.table("device_wishes").update(wish.id, {"state": "taken", "run": run})
        else:
            self._settle(wish.id, outcome, said)

    def of(self, kind: str, device: str) -> list[DeviceWish]:
        """Of the last minutes, the newest first."""
        since = (self._now() - SHOWN_FOR).isoformat()
        return self._read(
            "SELECT * FROM device_wishes WHERE kind = ? AND device = ? AND asked_at >= ? ORDER BY asked_at DESC",
            *(kind, device, since),
        )

    def _settle(self, wish: str, state: str, said: str) -> None:
        with self._database.writing() as database:
            row = {"state": state, "settled_at": self._now().isoformat(), "said": said}
            database.table("device_wishes").update(wish, row)

    def _read(self, sql: str, *values: object) -> list[DeviceWish]:
        return [
            DeviceWish(
                row["id"], row["kind"], row["device"], row["what"], row["asked_by"], asked_at,
                self._state(row["state"], asked_at),
                datetime.fromisoformat(row["settled_at"]) if row["settled_at"] else None,
                row["said"] or "", row["run"] or "",
            )
            for row in self._database.rows(sql, *values)
            for asked_at in [datetime.fromisoformat(row["asked_at"])]
        ]  # fmt: skip

    def _state(self, state: str, asked_at: datetime) -> str:
        waited = self._now() - asked_at
        is_late = (state == "asked" and waited > TAKEN_WITHIN) or (state == "taken" and waited > DONE_WITHIN)
        return "late" if is_late else state
