"""What administrators say of people outside the hall's file: invited, changed, removed. It goes before the file.

Beside the setup's versions, not in them: taking an old version back must never bring a removed person back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from queue_server.accounts.database import AccountsDatabase

UNSAID: Any = object()
LISTS = ("also", "services", "prefers")  # written as JSON


@dataclass(frozen=True, slots=True)
class Said:
    """None: what the hall's file says. `services` of somebody whom it does not name: None is everything."""

    id: str
    name: str | None
    role: str | None
    also: tuple[str, ...] | None
    counter: str | None
    services: tuple[str, ...] | None
    prefers: tuple[str, ...]
    removed: bool


class Staff:
    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def all(self) -> list[Said]:
        return [_said(row) for row in self._database.rows("SELECT * FROM staff ORDER BY id")]

    def find(self, person: str) -> Said | None:
        rows = self._database.rows("SELECT * FROM staff WHERE id = ?", person)
        return _said(rows[0]) if rows else None

    def mark(self) -> int:
        """Another number after every change, also by another process."""
        return int(self._database.rows("SELECT coalesce(max(change), 0) AS mark FROM staff")[0]["mark"])

    def say(self, person: str, by: str, **what: Any) -> None:
        """`what`: name, role, also, counter, services, prefers, removed; what is not named stays."""
        lists = {name: json.dumps(list(value)) for name, value in what.items() if name in LISTS and value is not None}
        written = what | lists
        with self._database.writing() as database:
            row = {"id": person, "removed": 0, "change": self.mark() + 1, "by": by, "at": self._now().isoformat()}
            known = self._database.rows("SELECT * FROM staff WHERE id = ?", person)
            database.table("staff").upsert({**row, **(known[0] if known else {}), **written, "change": row["change"],
                                            "by": by, "at": row["at"]}, pk="id")  # fmt: skip


def _said(row: dict[str, Any]) -> Said:
    services = None if row["services"] is None else tuple(json.loads(row["services"]))
    prefers = tuple(json.loads(row["prefers"] or "[]"))
    also = None if row["also"] is None else tuple(json.loads(row["also"]))
    return Said(row["id"], row["name"], row["role"], also, row["counter"], services, prefers, bool(row["removed"]))
