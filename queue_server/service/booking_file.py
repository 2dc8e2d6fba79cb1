"""Another system's bookings as a CSV file: read whole, or refused with the line and the column that is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

NEEDED = ("date", "time", "service")
CHINESE = {"日期": "date", "时间": "time", "事项": "service", "语言": "language", "人数": "people", "电话": "phone"}
PHONE = re.compile(r"1[0-9]{10}")
MOST_PEOPLE = 50
UNREADABLE = "\N{REPLACEMENT CHARACTER}"  # what a browser puts where bytes were no UTF-8
LONGEST_FOUND = 30


class CsvWrong(Exception):
    """`line` and `column` count from 1, the header being line 1. `code` has its words among the refusals."""

    def __init__(self, code: str, line: int, column: int, name: str, found: str = "") -> None:
        self.code, self.line, self.column, self.name, self.found = code, line, column, name, found[:LONGEST_FOUND]
        super().__init__(f"line {line}, column {column} ({name}): {code} {self.found!r}")


@dataclass(frozen=True, slots=True)
class BookingRow:
    slot: datetime
    service: str
    language: str
    people: int
    phone: str


def read_bookings(text: str, services: Collection[str], zone: tzinfo) -> list[BookingRow]:
    """Raises CsvWrong at the first thing that is wrong."""
    reader = csv.reader(io.StringIO(text.removeprefix("\N{BYTE ORDER MARK}")), strict=True)
    header: list[str] = []
    rows: list[BookingRow] = []
    line = 1
    try:
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue  # an empty line at the end, as spreadsheets write it
            if not header:
                header = _header(cells, line)
            else:
                rows.append(_row(_Cells(line, header, cells), services, zone))
    except csv.Error as error:
        raise CsvWrong("csv_not_csv", reader.line_num, 1, "", str(error)) from error
    if not header:
        raise CsvWrong("csv_no_column", 1, 1, NEEDED[0])
    return rows


def _header(cells: Sequence[str], line: int) -> list[str]:
    if any(UNREADABLE in cell for cell in cells):
        raise CsvWrong("csv_not_utf8", line, 1, "", ",".join(cells))
    names = [CHINESE.get(cell.strip(), cell.strip().lower()) for cell in cells]
    for name in NEEDED:
        if name not in names:
            raise CsvWrong("csv_no_column", line, len(names) + 1, name, ",".join(cells))
    return names


@dataclass(frozen=True, slots=True)
class _Cells:
    line: int
    header: list[str]
    cells: Sequence[str]

    def text(self, name: str) -> str:
        place = self.header.index(name) if name in self.header else len(self.cells)
        return self.cells[place].strip() if place < len(self.cells) else ""

    def wrong(self, code: str, name: str) -> CsvWrong:
        return CsvWrong(code, self.line, self.header.index(name) + 1, name, self.text(name))


def _row(row: _Cells, services: Collection[str], zone: tzinfo) -> BookingRow:
    if len(row.cells) > len(row.header):
        raise CsvWrong("csv_too_many", row.line, len(row.header) + 1, "", row.cells[len(row.header)])
    for place, cell in enumerate(row.cells):
        if UNREADABLE in cell:
            raise CsvWrong("csv_not_utf8", row.line, place + 1, row.header[place], cell)
    if row.text("service") not in services:
        raise row.wrong("csv_no_service", "service")
    phone, people = row.text("phone"), row.text("people") or "1"
    if phone and not PHONE.fullmatch(phone):
        raise row.wrong("csv_not_a_phone", "phone")
    if not people.isdecimal() or not 1 <= int(people) <= MOST_PEOPLE:
        raise row.wrong("csv_not_a_number", "people")
    slot = datetime.combine(_date(row), _time(row), tzinfo=zone)
    return BookingRow(slot, row.text("service"), "en" if row.text("language") == "en" else "zh", int(people), phone)


def _filled(text: str, between: str) -> str:
    """9:30:00 → 09:30:00. Raises ValueError for a part that is empty, or for one part alone."""
    parts = text.split(between)
    if len(parts) < 2 or not all(parts):
        raise ValueError(text)
    return between.join(part.zfill(2) for part in parts)


def _date(row: _Cells) -> date:
    try:
        return date.fromisoformat(_filled(row.text("date").replace("/", "-"), "-"))  # 2026/3/5 as spreadsheets write it
    except ValueError as error:
        raise row.wrong("csv_not_a_date", "date") from error


def _time(row: _Cells) -> time:
    try:
        return time.fromisoformat(_filled(row.text("time"), ":")).replace(tzinfo=None)
    except ValueError as error:
        raise row.wrong("csv_not_a_time", "time") from error
