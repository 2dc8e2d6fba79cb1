"""How each printer said it is, for whichever server process is asked. Beside the log: it is true for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from queue_server.accounts.database import AccountsDatabase

GOOD_FOR_SECONDS = 180.0  # a kiosk says it each minute


@dataclass(frozen=True, slots=True)
class Told:
    """`state`: ready, paper_near_end, unknown (it does not say), or what is wrong. `since` by the hall's clock."""

    state: str
    since: datetime


class PrintersTold:
    def __init__(self, database: AccountsDatabase, now: Callable[[], float] = time.time) -> None:
        self._database = database
        self._now = now

    def hear(self, printer: str, state: str, at: datetime) -> bool:
        """Whether that is another state than before."""
        before = self.lately().get(printer)
        is_news = before is None or before.state != state
        since = at if before is None or is_news else before.since
        row = {"printer": printer, "state": state, "since": since.isoformat(), "told_at": self._now()}
        with self._database.writing() as database:
            database.table("printers_told").upsert(row, pk="printer")
        return is_news

    def lately(self) -> dict[str, Told]:
        """Of those that said something lately."""
        rows = self._database.rows("SELECT printer, state, since, told_at FROM printers_told")
        oldest = self._now() - GOOD_FOR_SECONDS
        return {
            row["printer"]: Told(row["state"], datetime.fromisoformat(row["since"]))
            for row in rows
            if row["told_at"] >= oldest
        }
