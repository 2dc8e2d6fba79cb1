"""`xinting`: the command line. Each command is one small function; what it needs is imported when it runs."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from device.health import program_version
from queue_server.device_cli import add_device_commands
from queue_server.mistake import Mistake
from queue_server.paper_cli import add_paper_commands
from queue_server.printer_cli import add_printer_commands
from queue_server.reports_cli import add_report_commands
from queue_server.setup_cli import add_people_commands, add_setup_commands
from queue_server.update_cli import add_update_command

if TYPE_CHECKING:
    from queue_server.guidance.tools.parameters import FundRules

logger = logging.getLogger("xinting")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Mistakes of the caller end with one plain sentence and exit code 2."""
    given = _parser().parse_args(arguments)
    _start_logging()
    try:
        return int(given.run(given) or 0)
    except KeyboardInterrupt:
        return 130
    except Mistake as mistake:
        print(mistake, file=sys.stderr)
        return 2


def _start_logging() -> None:
    """Each line says when, how serious, of which kind (docs/operations.md explains each action), and what."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(action)s: %(message)s", defaults={"action": "note"})
    )
    logging.basicConfig(level=os.environ.get("XINTING_LOG_LEVEL", "INFO"), handlers=[handler])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xinting", description="The service hall's kiosk and queue system.")
    parser.add_argument("--version", action="version", version=f"xinting {program_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_server_commands(commands)
    add_device_commands(commands)
    _add_office_commands(commands)
    return parser


def _add_server_commands(commands) -> None:  # type: ignore[no-untyped-def]
    for name, run, text in (
        ("serve", serve, "run the hall's server"),
        ("demo", demo, "run a live demo hall: server, kiosk printer, voice, simulated people"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("--host")
        command.add_argument("--port", type=int)
        command.add_argument("--data", type=Path, help="folder for the log, accounts and sound files")
        command.add_argument("--hall", dest="hall_file", type=Path, help="the hall's configuration file")
        command.add_argument("--public-url", help="address that phones use, as printed in the QR code")
        command.set_defaults(run=run)
        if name == "demo":
            help_text = "working days that a fresh demo hall looks back on; 0: none (10)"
            command.add_argument("--past-days", type=int, default=10, help=help_text)


def _add_office_commands(commands) -> None:  # type: ignore[no-untyped-def]
    command = commands.add_parser("check", help="say what is wrong with a hall's configuration file")
    command.add_argument("hall_file", nargs="?", type=Path)
    command.set_defaults(run=check)

    add_setup_commands(commands)

    command = commands.add_parser("replay", help="replay a recorded day and print its figures")
    command.add_argument("day_file", type=Path, metavar="DAYFILE")
    command.add_argument("--hall", dest="hall_file", type=Path)
    command.set_defaults(run=replay_day)

    command = commands.add_parser("record", help="write one day of the log as a DAYFILE to standard output")
    command.add_argument("day", metavar="YYYY-MM-DD")
    command.add_argument("--data", type=Path)
    command.add_argument("--hall", dest="hall_file", type=Path)
    command.set_defaults(run=record)

    command = commands.add_parser("judge", help="compare ways to foresee waits on a hall's own history (a CSV file)")
    command.add_argument("history", type=Path, metavar="FILE.csv", help="columns arrival,start,end,class,server")
    command.add_argument(
        "--train-until", type=_date, metavar="DATE", help="learn until this day, it included, as 2026-03-31"
    )
    command.add_argument("--repetitions", type=int, default=200, help="lives of the simulated hall for each guess")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=judge)

    command = commands.add_parser("tables", help="bring the report tables up to date and say what is in them")
    command.add_argument("--rebuild", action="store_true", help="drop them first and build them anew from the log")
    command.add_argument("--data", type=Path)
    command.add_argument("--hall", dest="hall_file", type=Path)
    command.set_defaults(run=tables)

    add_report_commands(commands)
    add_paper_commands(commands)
    add_update_command(commands)
    add_printer_commands(commands)
    add_people_commands(commands)

    command = commands.add_parser("enrol", help="let a device in: prints its token and the address to open on it once")
    command.add_argument("kind", choices=["kiosk", "display", "printer", "voice", "wall"])
    command.add_argument("device", help="its name, as K1")
    command.add_argument("--data", type=Path)
    command.set_defaults(run=enrol)


# --- the server


def settings_of(given: argparse.Namespace, **more: object):  # type: ignore[no-untyped-def]
    from queue_server.settings import SettingsError, read_settings

    names = ("host", "port", "data", "hall_file", "public_url")
    try:
        return read_settings(**{name: getattr(given, name, None) for name in names}, **more)
    except SettingsError as error:
        raise Mistake(str(error)) from error


def serve(given: argparse.Namespace) -> None:
    from queue_server import concurrency

    concurrency.patch()  # before anything that opens sockets is imported
    from queue_server.serving import serve_hall

    serve_hall(settings_of(given))


def demo(given: argparse.Namespace) -> int:
    from queue_server.demo.processes import run_demo

    return run_demo(settings_of(given, demo=True), given.past_days)


# --- the office


def check(given: argparse.Namespace) -> int:
    from queue_server.hall_file import HallFileError, read_hall_file

    path = given.hall_file or settings_of(given).hall_file
    try:
        hall = read_hall_file(path)
    except HallFileError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} to put right in {path}", file=sys.stderr)
        return 1
    unconfirmed = sum(not guide.confirmed_by_centre for guide in hall.catalogue.services)
    print(f"{path} is sound: {hall.centre.zh} {hall.name.zh}")
    print(f"{len(hall.zones)} zones, {len(hall.rules.counters)} counters, {len(hall.people)} people")
    print(f"{len(hall.catalogue.services)} services, {unconfirmed} of them not yet confirmed by the centre")
    print(_fund_said(path, hall.fund))
    return 0


def _fund_said(path: Path, fund: FundRules | None) -> str:
    from queue_server.fund_file import fund_file_of, sourced_parts

    name = fund_file_of(path).name
    if fund is None:
        return f"no {name} beside it: the visitors' loan and withdrawal tools have no figures"
    parts = [part for _, part in sourced_parts(fund)]
    return f"{name}: {len(parts)} figures, {sum(not part.confirmed for part in parts)} of them not yet confirmed"


def setup_of(given: argparse.Namespace):  # type: ignore[no-untyped-def]
    from queue_server.accounts.accounts import FILE as FILE_OF_ACCOUNTS
    from queue_server.setup.hall_setup import HallSetup
    from queue_server.setup.versions import FILE, Versions

    settings = settings_of(given)
    setup = HallSetup(settings.hall_file, Versions(settings.data / FILE))
    if (settings.data / FILE_OF_ACCOUNTS).exists():
        from queue_server.accounts import Accounts

        accounts = Accounts.open(settings.data)
        setup.staff, setup.may_sign_in = accounts.staff, accounts.people.may_sign_in
    return setup


def replay_day(given: argparse.Namespace) -> None:
    from queue_server.reports.day_file import print_figures, read_day_file

    day_file = read_day_file(given.day_file)
    print_figures(day_file, hall_of(given).rules)


def record(given: argparse.Namespace) -> None:
    from datetime import date

    from queue_server.reports.day_file import write_day_file
    from queue_server.stores.base import StorageTrouble
    from queue_server.stores.opening import open_log

    settings = settings_of(given)
    hall = hall_of(given)
    try:
        recorded = open_log(settings.data, settings.database_url).read(hall.id, date.fromisoformat(given.day))
    except StorageTrouble as trouble:
        raise Mistake(str(trouble)) from trouble
    write_day_file(sys.stdout, hall.id, recorded)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day. Write it as 2026-03-31.") from error


def judge(given: argparse.Namespace) -> None:
    from queue_server.foresight.judge.command import as_json, as_table, judge_file
    from queue_server.foresight.judge.visits import BadHistory

    try:
        judged = judge_file(given.history, given.train_until, given.repetitions)
    except OSError as error:
        raise Mistake(f"{given.history} cannot be read: {error.strerror}. Give the path of a CSV file.") from error
    except BadHistory as error:
        raise Mistake(str(error)) from error
    print(as_json(*judged) if given.json else as_table(*judged))


def tables(given: argparse.Namespace) -> None:
    from contextlib import closing

    from queue_server.reports.tables import FILE, ReportTables
    from queue_server.stores.base import StorageTrouble
    from queue_server.stores.opening import open_log

    settings = settings_of(given)
    setup = setup_of(given)
    rules = _hall_file(setup).rules
    try:
        with (
            closing(open_log(settings.data, settings.database_url)) as log,
            closing(ReportTables(settings.data / FILE, log, rules, setup.rules_on)) as report_tables,
        ):
            if given.rebuild:
                report_tables.rebuild()
            while report_tables.catch_up():
                pass
            for name, rows in report_tables.counts().items():
                print(f"{rows:8} {name}")
    except StorageTrouble as trouble:
        raise Mistake(str(trouble)) from trouble


def hall_of(given: argparse.Namespace):  # type: ignore[no-untyped-def]
    return _hall_file(setup_of(given))


def _hall_file(setup):  # type: ignore[no-untyped-def]
    from queue_server.hall_file import HallFileError

    try:
        return setup.hall_file()
    except HallFileError as error:
        raise Mistake(str(error)) from error


def enrol(given: argparse.Namespace) -> None:
    from queue_server.accounts import Accounts, DeviceKind

    settings = settings_of(given)
    token = Accounts.open(settings.data).devices.enrol(DeviceKind(given.kind), given.device)
    print(f"Token of {given.kind} {given.device}, shown once:\n  {token}")
    pages = {"kiosk": "/kiosk", "display": "/displays/hall", "wall": "/supervisor/wall"}
    if next_page := pages.get(given.kind):
        print(f"Open once on the device:\n  {settings.address}/devices/enter/{token}?next={next_page}")
    print("An earlier token of this device no longer works. A running server must be restarted to know the new one.")


if __name__ == "__main__":
    sys.exit(main())
