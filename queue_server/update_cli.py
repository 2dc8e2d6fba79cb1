"""`xinting update`: another version on this machine, and back to the one before."""

from __future__ import annotations

import argparse
import shlex
import subprocess
from pathlib import Path
from typing import Any

from queue_server.mistake import Mistake


def add_update_command(commands: Any) -> None:
    command = commands.add_parser("update", help="take another version of the program on this machine, or go back")
    command.add_argument("file", type=Path, nargs="?", metavar="FILE.whl")
    command.add_argument("--back", action="store_true", help="to the version before, instead of a file")
    command.add_argument("--home", type=Path, default=Path("/opt/xinting"), help="where versions/ and current are")
    command.add_argument("--wheels", type=Path, metavar="FOLDER", help="with all it needs; else the mirror has it")
    command.add_argument("--unit", action="append", default=[], help="to restart and to watch, as xinting-kiosk")
    command.add_argument("--restart", metavar="COMMAND", help="instead of a unit")
    command.add_argument("--well", metavar="COMMAND", help="with --restart: ends with 0 while all is well")
    command.set_defaults(run=update)


def update(given: argparse.Namespace) -> None:
    from device.update import CannotUpdate, Versions, go_back
    from device.update import update as take

    if (given.file is None) != given.back:
        raise Mistake("Give the package, FILE.whl, or --back.")
    service = _service(given)
    if service is None:
        print("Nothing is restarted: no --unit was given.")
    try:
        versions = Versions(given.home)
        name = go_back(versions, service) if given.back else take(versions, given.file, given.wheels, service, print)
    except CannotUpdate as error:
        raise Mistake(str(error)) from error
    print(f"{given.home / 'current'} is {name}")


def _service(given: argparse.Namespace) -> Any:
    from device.update import CannotUpdate, Service, units

    if given.unit:
        return units(given.unit)
    if not given.restart:
        return None

    def restart() -> None:
        if subprocess.run(shlex.split(given.restart)).returncode != 0:
            raise CannotUpdate("it could not be started")

    well = shlex.split(given.well or "true")
    return Service(restart, lambda: subprocess.run(well).returncode == 0)
