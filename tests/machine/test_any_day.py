"""Whatever people do in whatever order, and whatever fails meanwhile, the hall keeps its rules; on every store.

No number twice, no ticket lost or in two places, nobody beyond the guard, budget and delay bound kept, a no leaves
nothing behind, replay gives the same day, and the order explained is the order taken.
"""

from __future__ import annotations

import ast
import inspect
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from queue_server.domain.commands import Command
from queue_server.stores.base import Log
from queue_server.stores.postgres import PostgresLog
from queue_server.stores.sqlite import SqliteLog
from tests.databases import PostgresServer
from tests.machine import any_hall, hall_machine
from tests.machine.hall_machine import AnyDay

EXAMPLES = int(os.environ.get("TEST_DAYS", "120"))  # `make soak` lives many more


class AnyDayOnSqlite(AnyDay):
    def new_log(self) -> Log:
        self.folder = tempfile.TemporaryDirectory()
        self.others: list[Log] = []
        return SqliteLog(Path(self.folder.name) / "hall.sqlite")

    def log_of_another_process(self) -> Log:
        self.others.append(SqliteLog(Path(self.folder.name) / "hall.sqlite"))
        return self.others[-1]

    def teardown(self) -> None:
        if hasattr(self, "log"):
            for log in [self.log, *self.others]:
                log.close()
            self.folder.cleanup()


class AnyDayOnPostgres(AnyDay):
    server: PostgresServer

    def new_log(self) -> Log:
        self.url = self.server.fresh_url()
        self.others: list[Log] = []
        return PostgresLog(self.url)

    def log_of_another_process(self) -> Log:
        if not self.others:
            self.others.append(PostgresLog(self.url))
        return self.others[0]

    def teardown(self) -> None:
        if hasattr(self, "log"):
            for log in [self.log, *self.others]:
                log.close()


@pytest.fixture(scope="module", autouse=True)
def _postgres_for_the_machine(postgres: PostgresServer) -> None:
    AnyDayOnPostgres.server = postgres


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=EXAMPLES, stateful_step_count=50, deadline=None)
TestAnyDayOnSqlite = AnyDayOnSqlite.TestCase
TestAnyDayOnSqlite.settings = settings(max_examples=EXAMPLES // 4, stateful_step_count=50, deadline=None)
TestAnyDayOnPostgres = AnyDayOnPostgres.TestCase
TestAnyDayOnPostgres.settings = settings(max_examples=EXAMPLES // 6, stateful_step_count=40, deadline=None)


def test_the_machine_wishes_for_everything_that_can_be_wished_for() -> None:
    sources = (inspect.getsource(module) for module in (any_hall, hall_machine))
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    wished = {node.attr for node in nodes if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "c"}

    assert wished - {"Command"} == {command.__name__ for command in Command.__subclasses__()}
