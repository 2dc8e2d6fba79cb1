"""What docs/operations.md tells an operator is what the program says and takes."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.cli import _parser
from queue_server.domain.events import TicketIssued
from queue_server.stores.sqlite import SqliteLog
from tests.docs.tables import DOCS, ROOT, code_names, rows
from tests.house.source_tree import package_files
from tests.story import MONDAY

PAGE = DOCS / "operations.md"
TEXT = PAGE.read_text(encoding="utf-8")
PRINTER_WORDS = ROOT / "printers/words/en.json"


def actions_in_the_code() -> set[str]:
    return {action for path in package_files(".py") for action in _actions_of(path)}


def _actions_of(path: Path) -> Iterator[str]:
    """Values of `extra={"action": …}`; the printer's are made from its troubles."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.keyword) and node.arg == "extra" and isinstance(node.value, ast.Dict)):
            continue
        for key, value in zip(node.value.keys, node.value.values, strict=True):
            if not (isinstance(key, ast.Constant) and key.value == "action"):
                continue
            if isinstance(value, ast.Constant):
                yield str(value.value)
            else:
                assert ast.unparse(value) == "f'printer_{trouble.code}'", f"{path}: which actions can this be?"
                yield from (f"printer_{code}" for code in printer_troubles())


def printer_troubles() -> list[str]:
    words = json.loads(PRINTER_WORDS.read_text(encoding="utf-8"))
    return [name.removeprefix("trouble.") for name in words if name.startswith("trouble.")]


def test_every_action_of_the_log_is_explained_and_no_other() -> None:
    explained = [code_names(cells[0])[0] for cells in rows(PAGE, "action")]

    assert sorted(explained) == sorted(actions_in_the_code())


def commands_on_the_page() -> list[str]:
    """Whole command lines of `xinting` in code blocks."""
    blocks = re.findall(r"```\n(.*?)```", TEXT, re.DOTALL)
    return [
        line.split("bin/xinting ", 1)[1] for block in blocks for line in block.splitlines() if "bin/xinting " in line
    ]


def test_the_commands_on_the_page_are_taken_by_the_program() -> None:
    commands = commands_on_the_page()

    assert len(commands) >= 2
    for command in commands:
        assert _parser().parse_args(shlex.split(command)).run


def test_every_unit_on_the_page_lies_in_deploy() -> None:
    units = {code_names(cells[0])[0] for cells in rows(PAGE, "unit")}

    assert units == {path.name for path in (ROOT / "deploy/systemd").glob("*.service")}


def statements_on_the_page() -> tuple[str, str]:
    found = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)
    assert len(found) == 2
    return found[0], found[1]


def rescue_on_the_page() -> str:
    (found,) = re.findall(r"```bash\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


def issued(number: int) -> TicketIssued:
    return TicketIssued(
        at=MONDAY.replace(hour=9),
        actor="kiosk:K1",
        command=f"press-{number}",
        ticket=f"T{number:04d}",
        service="rent",
        zone="special",
        way="counter",
        care=False,
        language="zh",
        printer=None,
    )


def test_a_log_with_gaps_is_found_and_mended_by_the_statements_on_the_page(tmp_path: Path) -> None:
    log = SqliteLog(tmp_path / "hall.sqlite")
    log.append("hall", MONDAY.date(), [issued(number) for number in range(1, 11)], after=0)
    log.close()
    damaged = sqlite3.connect(tmp_path / "hall.sqlite")
    find_gaps, keep_what_is_before = statements_on_the_page()
    assert damaged.execute(find_gaps).fetchall() == []

    damaged.execute("DELETE FROM events WHERE seq IN (5, 8)")
    assert damaged.execute(find_gaps).fetchall() == [("hall", "2026-11-23", 8, 10)]

    damaged.execute(keep_what_is_before, {"day": "2026-11-23"})
    damaged.commit()
    assert damaged.execute(find_gaps).fetchall() == []
    assert [seq for (seq,) in damaged.execute("SELECT seq FROM events ORDER BY seq")] == [1, 2, 3, 4]
    damaged.close()

    mended = SqliteLog(tmp_path / "hall.sqlite")
    mended.append("hall", MONDAY.date(), [issued(5)], after=4)
    mended.close()


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 program is not installed")
def test_what_can_be_read_of_a_damaged_log_is_rescued_by_the_command_on_the_page(tmp_path: Path) -> None:
    damaged = tmp_path / "copy.sqlite"
    log = SqliteLog(damaged)
    log.append("hall", MONDAY.date(), [issued(number) for number in range(1, 501)], after=0)
    log.close()
    content = bytearray(damaged.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    damaged.write_bytes(content)

    subprocess.run(["bash", "-c", rescue_on_the_page()], cwd=tmp_path, capture_output=True, check=True)
    find_gaps, keep_what_is_before = statements_on_the_page()
    rescued = sqlite3.connect(tmp_path / "rescued.sqlite")
    assert rescued.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert rescued.execute(find_gaps).fetchall()
    rescued.execute(keep_what_is_before, {"day": "2026-11-23"})
    rescued.commit()
    rescued.close()

    mended = SqliteLog(tmp_path / "rescued.sqlite")
    read = mended.read("hall", MONDAY.date())
    assert [one.seq for one in read] == list(range(1, len(read) + 1))
    assert len(read) > 100
    mended.close()
