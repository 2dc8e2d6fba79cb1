"""`xinting export`: what is taken out of the report tables by command. The pages' buttons run the same commands."""

from __future__ import annotations

import argparse
import sqlite3
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=("zh", "en"), default="zh")
    command.add_argument("--data", type=Path)
    command.add_argument("--hall", dest="hall_file", type=Path)


def export_table(given: argparse.Namespace) -> None:
    from queue_server.cli import Mistake
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


def _heading(table: str, language: str, column: str) -> str:
    """A column has words of its own table, else those of its name."""
    from queue_server.web.words import find_word, word

    return find_word(f"export.{table}_{column}", language) or word(f"export.{column}", language)


def _of(given: argparse.Namespace) -> tuple[Path, HallFile]:
    from queue_server.cli import hall_of, settings_of

    return settings_of(given).data, hall_of(given)


def _day(text: str | None) -> str | None:
    from queue_server.cli import Mistake

    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Mistake(f"{text!r} is not a day. Write it as 2026-03-31.") from error
