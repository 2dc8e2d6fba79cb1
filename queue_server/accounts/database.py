"""The accounts file: people, sessions, devices. Beside the log, never in it; written rarely."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from sqlite_utils import Database

SCHEMA: dict[str, dict[str, Any]] = {
    "people": {
        "columns": {
            **{"id": str, "name": str, "role": str, "counter": str, "password_hash": str, "active": int},
            "also": str,
            **{"password_set_at": str, "locked_at": str, "locked_by": str},
            **{"code_secret": str, "code_pending": str, "code_step": int},
        },
        "pk": "id",
        "not_null": {"name", "role", "active"},
    },
    "staff": {  # what administrators' pages say of a person, before the hall's file
        "columns": {
            **{"id": str, "name": str, "role": str, "also": str, "counter": str, "services": str, "prefers": str},
            **{"removed": int, "change": int, "by": str, "at": str},
        },
        "pk": "id",
        "not_null": {"removed", "change", "by", "at"},
    },
    "one_time_links": {
        "columns": {"token_hash": str, "person": str, "made_by": str, "made_at": str, "expires_at": str},
        "pk": "token_hash",
        "not_null": {"person", "made_by", "made_at", "expires_at"},
    },
    "sessions": {
        "columns": {
            **{"token_hash": str, "person": str, "counter": str, "created_at": str, "expires_at": str},
            **{"used_at": str, "address": str, "browser": str, "by_provider": int},
        },
        "pk": "token_hash",
        "not_null": {"person", "created_at", "expires_at"},
    },
    "recovery_codes": {
        "columns": {"code_hash": str, "person": str},
        "pk": "code_hash",
        "not_null": {"person"},
    },
    "failures": {
        "columns": {"key": str, "many": int, "last_at": str},
        "pk": "key",
        "not_null": {"many", "last_at"},
    },
    "devices": {
        "columns": {"token_hash": str, "kind": str, "id": str, "enrolled_at": str},
        "pk": "token_hash",
        "not_null": {"kind", "id", "enrolled_at"},
    },
    "devices_seen": {
        "columns": {"kind": str, "id": str, "seen_at": str},
        "pk": ("kind", "id"),
        "not_null": {"seen_at"},
    },
    "printers_told": {
        "columns": {"printer": str, "state": str, "since": str, "told_at": float},
        "pk": "printer",
        "not_null": {"state", "since", "told_at"},
    },
    "device_reports": {
        "columns": {"kind": str, "id": str, "report": str, "address": str, "heard_at": str, "clock_off": float},
        "pk": ("kind", "id"),
        "not_null": {"report", "address", "heard_at", "clock_off"},
    },
    "device_wishes": {
        "columns": {
            **{"id": str, "kind": str, "device": str, "what": str, "asked_by": str, "asked_at": str, "run": str},
            **{"state": str, "settled_at": str, "said": str},
        },
        "pk": "id",
        "not_null": {"kind", "device", "what", "asked_by", "asked_at", "state"},
    },
    "devices_asking": {
        "columns": {"token_hash": str, "code": str, "kind": str, "address": str, "asked_at": str},
        "pk": "token_hash",
        "not_null": {"code", "kind", "address", "asked_at"},
    },
    "device_codes": {
        "columns": {"code_hash": str, "kind": str, "id": str, "expires_at": str},
        "pk": "code_hash",
        "not_null": {"kind", "id", "expires_at"},
    },
}


class AccountsDatabase:
    """One connection behind a lock: accounts are few, and changes to them rare."""

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps everything in memory, for tests."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        name = ":memory:" if path is None else str(path)
        self._connection = sqlite3.connect(name, check_same_thread=False, timeout=5)
        if path is not None:
            path.chmod(0o600)
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._database = Database(self._connection)
        self._lock = RLock()
        for table, shape in SCHEMA.items():
            self._database.table(table).create(**shape, if_not_exists=True)
            self._add_new_columns(table, shape["columns"])

    def _add_new_columns(self, table: str, columns: dict[str, type]) -> None:
        """A file of an earlier version lacks some; all that came later may be empty."""
        known = self._database.table(table).columns_dict
        for name, kind in columns.items():
            if name not in known:
                self._database.table(table).add_column(name, kind)

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._database.query(sql, values))

    def version(self) -> int:
        """Another number once somebody else, such as `xinting enrol`, has written to this file. Costs microseconds."""
        with self._lock:
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """All or nothing."""
        with self._lock, self._database.atomic():
            yield self._database

    def close(self) -> None:
        with self._lock:
            self._connection.close()
