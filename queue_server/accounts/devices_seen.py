"""When each device was last connected, so that one that went silent is missed, also by the process it left."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import datetime

from queue_server.accounts.database import AccountsDatabase

KEEP_EVERY_SECONDS = 20.0

Device_ = tuple[str, str]  # kind, id


class DevicesSeen:
    def __init__(self, database: AccountsDatabase, steady: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._steady = steady
        self._kept_at = float("-inf")
        self._seen: dict[Device_, datetime] = {}

    def look(self, here: Collection[Device_], at: datetime) -> dict[Device_, datetime]:
        """Note who is connected now; when each was seen last. Kept in the file only now and then."""
        self._seen.update(dict.fromkeys(here, at))
        if self._steady() - self._kept_at >= KEEP_EVERY_SECONDS:
            self._kept_at = self._steady()
            self._keep(here, at)
            kept = self._database.rows("SELECT kind, id, seen_at FROM devices_seen")
            for row in kept:
                device = (row["kind"], row["id"])
                then = datetime.fromisoformat(row["seen_at"])
                self._seen[device] = max(then, self._seen.get(device, then))
        return self._seen

    def _keep(self, here: Collection[Device_], at: datetime) -> None:
        if not here:
            return
        rows = [{"kind": kind, "id": device, "seen_at": at.isoformat()} for kind, device in here]
        with self._database.writing() as database:
            database.table("devices_seen").upsert_all(rows, pk=("kind", "id"))
