"""What each device last said of itself. Beside the log: it is true for a minute, and the next one replaces it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from queue_server.accounts.database import AccountsDatabase

THERE_FOR = timedelta(seconds=60)  # four signs of life missed


@dataclass(frozen=True, slots=True)
class Heard:
    """`clock_off`: seconds by which the device's clock is ahead of this machine's. How long the report was on its way
    counts in, so a second or two mean nothing."""

    kind: str
    id: str
    report: dict[str, Any]
    address: str
    at: datetime
    clock_off: float


class DeviceReports:
    """`now` is the world's time: a demo's hurried clock has nothing to do with machines."""

    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def hear(self, kind: str, device: str, report: dict[str, Any], clock: datetime, address: str) -> Heard:
        now = self._now()
        heard = Heard(kind, device, report, address, now, (clock - now).total_seconds())
        row = {"kind": kind, "id": device, "report": json.dumps(report), "address": address}
        with self._database.writing() as database:
            said = {**row, "heard_at": now.isoformat(), "clock_off": heard.clock_off}
            database.table("device_reports").upsert(said, pk=("kind", "id"))
        return heard

    def lately(self) -> list[Heard]:
        """Of devices that are there now."""
        return [one for one in self.all().values() if self._now() - one.at <= THERE_FOR]

    def all(self) -> dict[tuple[str, str], Heard]:
        return {
            (row["kind"], row["id"]): Heard(
                row["kind"], row["id"], json.loads(row["report"]), row["address"],
                datetime.fromisoformat(row["heard_at"]), row["clock_off"],
            )
            for row in self._database.rows("SELECT * FROM device_reports")
        }  # fmt: skip
