"""Keeps the report tables up to date while the hall serves: now and then, and never for long."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from queue_server.domain.rules import HallRules
from queue_server.reports.tables import ReportTables, RulesOn
from queue_server.stores.base import Log, StorageTrouble

logger = logging.getLogger(__name__)

EVERY_SECONDS = 30.0
# Building takes the interpreter from the hall; after each piece it rests this many times as long as the piece took.
REST = 9


class TableKeeper:
    """`run` takes the work off the hub, always to one and the same native thread: tables and log belong to it alone."""

    def __init__(
        self,
        path: Path,
        open_log: Callable[[], Log],
        rules: HallRules,
        run: Callable[..., Any],
        rules_on: RulesOn | None = None,
    ) -> None:
        self._path = path
        self._open_log = open_log
        self._rules = rules
        self._run = run
        self._rules_on = rules_on
        self._log: Log | None = None
        self._tables: ReportTables | None = None
        self._in_trouble = False

    def keep_for_ever(self, sleep: Callable[[float], object]) -> None:
        rest = EVERY_SECONDS
        while True:
            sleep(rest)
            rest = self.work()

    def work(self) -> float:
        """Bring one day up to date; the seconds to rest before the next piece. Never raises."""
        began = time.monotonic()
        try:
            found = self._run(self._catch_up)
        except StorageTrouble as trouble:
            if not self._in_trouble:  # the hall itself does not need the tables: said once, tried again
                logger.warning("%s", trouble, extra={"action": "tables_trouble"})
            self._in_trouble = True
            return EVERY_SECONDS
        except Exception:  # the hall must go on; the traceback is for the operator
            logger.exception("The report tables could not be kept", extra={"action": "tables_failed"})
            return EVERY_SECONDS
        self._in_trouble = False
        return REST * (time.monotonic() - began) if found else EVERY_SECONDS

    def _catch_up(self) -> bool:
        if self._log is None:
            self._log = self._open_log()
        tables = self._tables or ReportTables(self._path, self._log, self._rules, self._rules_on)
        self._tables = None
        try:
            found = tables.catch_up()
        except BaseException:  # begin anew the next time, with what the log and the file say then
            tables.close()
            raise
        self._tables = tables
        return found is not None
