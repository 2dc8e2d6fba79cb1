"""`xinting export`, `report`, `datasette`: what is made of the report tables. The pages' buttons run the same."""

from __future__ import annotations

import argparse
import sqlite3
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from queue_server.mistake import Mistake

if TYPE_CHECKING:
    from queue_server.hall_file import HallFile

TABLES = ("visits", "services", "calls", "days")


def add_report_commands(commands: Any) -> None:
    command = commands.add_parser("export", help="write visits, services, calls or days as CSV or Excel")
    command.add_argument("table", choices=TABLES)
    command.add_argument("file", type=Path, metavar="FILE", help="its ending says how: .csv or .xlsx")
    command.add_argument("--from", dest="first", metavar="DATE", help="first day; else four weeks before the last")
    command.add_argument("--to", dest="last", metavar="DATE", help="last day; else the last one recorded")
    _add_common(command)
    command.set_defaults(run=export_table)

    command = commands.add_parser("report", help="write the report of a day or a month as PDF")
    command.add_argument("of", metavar="DAY", help="2026-11-23, or 2026-11 for the month")
    command.add_argument("--pdf", dest="file", type=Path, required=True, metavar="FILE")
    _add_common(command)
    command.set_defaults(run=print_report)

    command = commands.add_parser("datasette", help="open the report tables in Datasette, with ready-made questions")
    command.add_argument("--port", type=int, default=8001)
    command.add_argument("--start", action="store_true", help="start it; else only say how")
    _add_common(command)
    command.set_defaults(run=open_in_datasette)


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=("zh", "en"), default="zh")
    command.add_argument("--data", type=Path)
    command.add_argument("--hall", dest="hall_file", type=Path)


def export_table(given: argparse.Namespace) -> None:
    from queue_server.reports.export import FORMATS, NothingToExport, export
    from queue_server.reports.history.phantoms import PhantomRules
    from queue_server.reports.history.reading import known_days
    from queue_server.reports.history.span import span_asked

    if given.file.suffix[1:] not in FORMATS:
        raise Mistake(f"{given.file} ends neither in .csv nor in .xlsx: the ending says how it is written.")
    data, hall_file = _of(given)
    try:
        span = span_asked(_day(given.first), _day(given.last), False, known_days(data))
        if span is None:
            raise NothingToExport
        rules, heading = PhantomRules.of(hall_file.reports), partial(_heading, given.table, given.lang)
        rows = export(data, given.table, span, rules, heading, given.file)
    except NothingToExport as error:
        raise Mistake(f"{data} has no report tables yet. `xinting tables` builds them.") from error
    except (OSError, sqlite3.Error) as error:
        raise Mistake(f"{given.file} was not written: {error}.") from error
    print(f"{rows} rows from {span.first} to {span.last} in {given.file}")


def print_report(given: argparse.Namespace) -> None:
    from datetime import UTC, datetime

    from queue_server.reports.history.mending import mended_between
    from queue_server.reports.history.phantoms import PhantomRules
    from queue_server.reports.history.reading import is_open, past_of
    from queue_server.reports.history.span import Span, month_of
    from queue_server.web.pages.history.history_view import HistoryView
    from queue_server.web.pages.history.printed_report import CannotPrint, report_html, write_pdf

    data, hall_file = _of(given)
    span = month_of(given.of)
    if span is None:
        day = date.fromisoformat(_day(given.of) or "")
        span = Span(day, day)
    rules = PhantomRules.of(hall_file.reports)
    try:
        past = past_of(data, span, rules)
        if not past.days:
            raise Mistake(f"Nothing is recorded for {given.of}. `xinting tables` brings the tables up to date.")
        made_at = hall_file.rules.local(datetime.now(UTC))
        mending = mended_between(data, hall_file.id, span.first, span.last, made_at)
        view = HistoryView(past, span, rules, hall_file, given.lang, mending=mending)
        write_pdf(report_html(view, made_at, is_open(data, past.days[-1])), given.file)
    except CannotPrint as error:
        raise Mistake(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise Mistake(f"{given.file} was not written: {error}.") from error
    print(f"The report of {given.of} is in {given.file}")


def open_in_datasette(given: argparse.Namespace) -> int:
    import json
    import shlex
    import shutil
    import subprocess
    import sys

    from queue_server.reports.datasette import METADATA_FILE, command, metadata
    from queue_server.reports.history.phantoms import PhantomRules
    from queue_server.reports.tables import FILE
    from queue_server.web.words import word

    data, hall_file = _of(given)
    if not (data / FILE).exists():
        raise Mistake(f"{data} has no report tables yet. `xinting tables` builds them.")
    described = metadata(
        PhantomRules.of(hall_file.reports),
        lambda key: word(f"datasette.{key}", given.lang),
        lambda table, column: _heading("services" if table == "services_done" else table, given.lang, column),
    )
    file = data / METADATA_FILE
    file.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    name, *rest = command(data, given.port)
    beside = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if given.start and beside is None:
        raise Mistake("Datasette is not installed here. `pip install datasette` puts it beside this program.")
    if given.start:
        return subprocess.call([str(beside), *rest])
    print(f"Titles and questions are in {file}. Start Datasette with:\n  {shlex.join([beside or name, *rest])}")
    if beside is None:
        print("It is not installed here: `pip install datasette` puts it beside this program.")
    return 0


def _heading(table: str, language: str, column: str) -> str:
    """A column has words of its own table, else those of its name."""
    from queue_server.web.words import find_word, word

    return find_word(f"export.{table}_{column}", language) or word(f"export.{column}", language)


def _of(given: argparse.Namespace) -> tuple[Path, HallFile]:
    from queue_server.cli import hall_of, settings_of

    return settings_of(given).data, hall_of(given)


def _day(text: str | None) -> str | None:
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Mistake(f"{text!r} is not a day. Write it as 2026-03-31.") from error
