"""The report tables as files for spreadsheets: CSV and Excel, row by row: a year takes no more memory than a day.

Nothing personal is in them: who served, who called and the mark that one officer got stay in the tables.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.reports.history.phantoms import MARKED, PhantomRules
from queue_server.reports.history.reading import reading
from queue_server.reports.history.span import OF_THE_SPAN, Span
from queue_server.reports.tables import COLUMNS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would reckon with it
BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8
PERSONAL = {"services_done": {"officer", "mark"}, "calls": {"actor"}}
MOMENTS = {"arrival", "first_call", "started", "ended", "at"}
YES_OR_NO = {"care", "booked", "called", "bounced", "foreseeable", "served_that_day", "inferred", "closed"}
FORMATS = ("csv", "xlsx")
ORDER = {"visits": "day, arrival, ticket", "services_done": "day, started, ticket", "calls": "day, seq", "days": "day"}
TABLES = {"visits": "visits", "services": "services_done", "calls": "calls", "days": "days"}

Row = Sequence[object]


class NothingToExport(Exception):
    """No tables were built yet."""


def columns_of(table: str) -> list[str]:
    """`table` as in `TABLES`. Visits also say why one is taken for nobody."""
    stored = TABLES[table]
    found = [name for name in COLUMNS[stored] if name not in PERSONAL.get(stored, set())]
    return [*found, "phantom"] if table == "visits" else found


def export(data: Path, table: str, span: Span, rules: PhantomRules, heading: Callable[[str], str], file: Path) -> int:
    """How many rows were written into `file`, whose ending says how. Raises NothingToExport, sqlite3.Error."""
    columns = columns_of(table)
    source = "marked" if table == "visits" else f"{TABLES[table]} WHERE {OF_THE_SPAN}"
    before = f"WITH {MARKED} " if table == "visits" else ""
    question = f"{before}SELECT {', '.join(columns)} FROM {source} ORDER BY {ORDER[TABLES[table]]}"
    with reading(data) as tables:
        if tables is None:
            raise NothingToExport
        rows = tables.execute(question, {**span.values(), **rules.values()})
        write = write_xlsx if file.suffix == ".xlsx" else write_csv
        return write(file, columns, [heading(name) for name in columns], rows)


def write_csv(file: Path, columns: Sequence[str], headings: Sequence[str], rows: Iterable[Row]) -> int:
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(BYTE_ORDER_MARK)
        lines = csv.writer(out)
        lines.writerow(headings)
        count = 0
        for row in rows:
            lines.writerow([harmless(value) for value in _plain(columns, row)])
            count += 1
        return count


def write_xlsx(file: Path, columns: Sequence[str], headings: Sequence[str], rows: Iterable[Row]) -> int:
    import xlsxwriter  # loaded when it is wanted: the hall's start does not wait for it

    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold, moments = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            sheet.set_column(place, place, 20 if columns[place] in MOMENTS else max(10, 2 * len(heading)))
            sheet.write_string(0, place, heading, bold)
        count = 0
        for row in rows:
            count += 1
            for place, (name, value) in enumerate(zip(columns, _plain(columns, row), strict=True)):
                if value is not None:
                    moment = moments if name in MOMENTS else days if name == "day" else None
                    _write_cell(sheet, count, place, value, moment)
        sheet.autofilter(0, 0, count, len(columns) - 1)
    return count


def _write_cell(sheet: Worksheet, row: int, place: int, value: object, moment: Format | None) -> None:
    if moment is not None:
        sheet.write_datetime(row, place, datetime.fromisoformat(str(value)), moment)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))  # as text, whatever it begins with


def _plain(columns: Sequence[str], row: Row) -> Iterator[object]:
    """Moments as 2026-11-23 09:00:00 in the hall's own time, which every spreadsheet reads; minutes to the second."""
    for name, value in zip(columns, row, strict=True):
        if name in MOMENTS and isinstance(value, str):
            yield value[:19].replace("T", " ")
        elif name in YES_OR_NO and value is not None:
            yield int(bool(value))
        else:
            yield round(value, 2) if isinstance(value, float) else value


def harmless(value: object) -> object:
    """What a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value
