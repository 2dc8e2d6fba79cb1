"""What is taken along opens in a spreadsheet, holds nothing personal, reckons with nothing and grows with no memory."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from queue_server.cli import main
from queue_server.reports.export import MOMENTS, TABLES, columns_of, export, harmless, write_csv, write_xlsx
from queue_server.reports.history.phantoms import PhantomRules
from queue_server.reports.history.span import Span
from queue_server.reports.tables import FILE
from queue_server.web.words import LANGUAGES, surface_words
from tests.recorded_past import record_past
from tests.web.web_hall import HALL_FILE

WEEK = Span(date(2026, 11, 16), date(2026, 11, 20))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("to export")
    record_past(folder, HALL_FILE.rules, WEEK.first, 5, visits=40)
    return folder


def lines_of(file: Path) -> list[list[str]]:
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def strings_of(file: Path) -> str:
    with zipfile.ZipFile(file) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "sheet1" in name or "shared" in name)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_the_span_is_in_both_files(data: Path, tmp_path: Path, table: str) -> None:
    with closing(sqlite3.connect(data / FILE)) as tables:
        (expected,) = tables.execute(
            f"SELECT COUNT(*) FROM {TABLES[table]} WHERE day BETWEEN '2026-11-17' AND '2026-11-18'"
        ).fetchone()
    span = Span(date(2026, 11, 17), date(2026, 11, 18))

    for ending in ("csv", "xlsx"):
        file = tmp_path / f"{table}.{ending}"
        assert export(data, table, span, PhantomRules(), str, file) == expected > 0

    lines = lines_of(tmp_path / f"{table}.csv")
    assert lines[0] == columns_of(table)
    assert len(lines) == expected + 1
    assert {line[0] for line in lines[1:]} == {"2026-11-17", "2026-11-18"}
    assert strings_of(tmp_path / f"{table}.xlsx").count("<row ") == expected + 1


def test_moments_are_such_as_every_spreadsheet_reads(data: Path, tmp_path: Path) -> None:
    export(data, "visits", WEEK, PhantomRules(), str, tmp_path / "visits.csv")

    heads, *rows = lines_of(tmp_path / "visits.csv")
    arrivals = [row[heads.index("arrival")] for row in rows]
    assert all(re.fullmatch(r"2026-11-\d\d \d\d:\d\d:\d\d", arrival) for arrival in arrivals)
    assert {row[heads.index("phantom")] for row in rows} >= {"", "left"}


def test_who_served_who_called_and_whom_a_mark_was_for_are_left_out(data: Path, tmp_path: Path) -> None:
    for table in TABLES:
        export(data, table, WEEK, PhantomRules(), str, tmp_path / f"{table}.csv")
        assert not {"officer", "actor", "mark"} & set(columns_of(table))
        assert "of-" not in (tmp_path / f"{table}.csv").read_text(encoding="utf-8")  # officers are called of-1, of-2 …


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_nothing_in_a_file_is_a_formula(tmp_path: Path, text: str) -> None:
    write_csv(tmp_path / "a.csv", ["day", "outcome"], ["a", "b"], [("2026-11-23", text)])
    write_xlsx(tmp_path / "a.xlsx", ["day", "outcome"], ["a", "b"], [("2026-11-23", text)])

    assert harmless(text) == f"'{text}"
    assert lines_of(tmp_path / "a.csv")[1][1].startswith("'")
    assert "<f>" not in strings_of(tmp_path / "a.xlsx")


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_ten_times_the_rows_take_no_more_memory(tmp_path: Path, write: object) -> None:
    columns = columns_of("visits")

    def rows(many: int) -> Iterator[tuple[object, ...]]:
        for number in range(many):
            known = {"day": "2026-11-23"} | dict.fromkeys(MOMENTS, "2026-11-23T09:00:00+08:00")
            yield tuple(known.get(one, number) for one in columns)

    def peak(many: int) -> int:
        tracemalloc.start()
        write(tmp_path / "many", columns, columns, rows(many))  # type: ignore[operator]
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # what is imported and made once
    assert peak(1000) < 2 * peak(100) + 100_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_words(language: str) -> None:
    words = surface_words("export", language)

    assert [name for table in TABLES for name in columns_of(table) if name not in words] == []


def test_the_command_writes_the_file_and_says_what_it_wrote(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "days.csv"

    assert main(["export", "days", str(file), "--data", str(data), "--to", "2026-11-20"]) == 0
    assert "5 rows from 2026-10-24 to 2026-11-20" in capsys.readouterr().out
    assert lines_of(file)[0][:3] == ["日期", "已收班", "取号"]
    assert main(["export", "days", str(tmp_path / "days.pdf"), "--data", str(data)]) == 2
    assert main(["export", "days", str(file), "--data", str(data), "--to", "tomorrow"]) == 2
    assert main(["export", "days", str(file), "--data", str(tmp_path)]) == 2
