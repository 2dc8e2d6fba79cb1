"""The report tables open in Datasette: every ready-made question answers, with titles in both languages."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest
import requests

from queue_server.cli import main
from queue_server.hall_file import read_hall_file
from queue_server.reports.datasette import DATABASE, METADATA_FILE, QUESTIONS, question
from queue_server.reports.day_file import read_day_file
from queue_server.reports.history.phantoms import PhantomRules
from queue_server.reports.tables import COLUMNS, FILE, ReportTables
from queue_server.stores.memory import MemoryLog
from tests.days.make_day import DAY_FILE, HALL_FILE
from tests.days.test_recorded_day import FIRST_DAY

DAYS = {"first": "2026-11-01", "last": "2026-11-30", "longer_than": "5"}
WITHIN_SECONDS = 60


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("to ask")
    log = MemoryLog()
    for path in (FIRST_DAY, DAY_FILE):
        day = read_day_file(path)
        log.append(day.hall, day.day, day.events, after=0)
    with closing(ReportTables(folder / FILE, log, read_hall_file(HALL_FILE).rules)) as tables:
        while tables.catch_up():
            pass
    return folder


@pytest.fixture(scope="module")
def datasette(data: Path) -> Iterator[str]:
    """Its address, once it answers."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = "from queue_server.cli import main; raise SystemExit(main())"
    arguments = ["datasette", "--start", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(
        [sys.executable, "-c", start, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address, until = f"http://127.0.0.1:{port}", time.monotonic() + WITHIN_SECONDS
    try:
        while not answers(address):
            assert process.poll() is None, "Datasette ended by itself"
            assert time.monotonic() < until, "Datasette does not answer"
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/-/versions.json", timeout=2).ok
    except requests.ConnectionError:
        time.sleep(0.05)
        return False


def rows(datasette: str, name: str) -> list[dict[str, object]]:
    asked = {**DAYS, "_shape": "objects"}
    answer = requests.get(f"{datasette}/{DATABASE}/{name}.json", asked, timeout=WITHIN_SECONDS).json()
    assert answer.get("error") is None, (name, answer)
    found: list[dict[str, object]] = answer["rows"]
    return found


def test_every_ready_made_question_answers_in_datasette(datasette: str) -> None:
    for name in QUESTIONS:
        found = rows(datasette, name)
        assert found or name in ("bounces", "overtaking", "long_waits"), name  # these may find nothing
    raw, days = (rows(datasette, name) for name in ("phantoms", "days"))
    assert [(row["day"], row["raw"]) for row in raw] == [(row["day"], row["visits"]) for row in days]
    assert "空号：原始和去掉空号" in requests.get(f"{datasette}/{DATABASE}", timeout=60).text
    assert "大厅报表" in requests.get(datasette, timeout=60).text


def test_the_command_writes_titles_of_every_table_and_column(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(data / FILE, tmp_path / FILE)

    for language in ("zh", "en"):
        assert main(["datasette", "--data", str(tmp_path), "--lang", language]) == 0
        text = (tmp_path / METADATA_FILE).read_text(encoding="utf-8")
        assert not re.search(r'"(datasette|export)\.', text)
    tables = json.loads(text)["databases"][DATABASE]["tables"]
    assert {name: set(tables[name]["columns"]) for name in COLUMNS if name != "read_so_far"} == {
        name: set(columns) for name, columns in COLUMNS.items() if name != "read_so_far"
    }
    assert "--host 127.0.0.1" in capsys.readouterr().out
    assert main(["datasette", "--data", str(tmp_path / "elsewhere")]) == 2


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_asks_for_days_and_has_the_halls_rules_in_it(name: str) -> None:
    asked = set(re.findall(r"(?<![\w:]):(\w+)", question(name, PhantomRules(left_seconds=77))))

    assert asked <= {"first", "last", "longer_than"}
    assert ("77" in question(name, PhantomRules(left_seconds=77))) == ("{marked}" in QUESTIONS[name])
