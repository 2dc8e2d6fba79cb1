"""The example units for systemd are sound, and start commands that exist."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.cli import _parser
from tests.docs.tables import ROOT

UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
PROGRAM = "/opt/xinting/.venv/bin/xinting"
BY_VERSION = "/opt/xinting/current/bin/xinting"  # where `xinting update` changes it
CAGE = ["/usr/bin/cage", "--"]  # the window system of machines with a screen
BY_NAME = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)


def read(unit: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit, encoding="utf-8")
    return parser


def test_there_is_a_unit_for_each_program_of_a_hall() -> None:
    programs = {unit.stem.removeprefix("xinting").lstrip("-") for unit in UNITS}

    assert programs == {"server", "@", "kiosk", "display", "led", "voice"}


@BY_NAME
def test_a_unit_starts_a_command_that_the_program_takes(unit: Path) -> None:
    command = shlex.split(read(unit)["Service"]["ExecStart"].replace("%i", "8001"))
    has_screen = command[:2] == CAGE
    program, *arguments = command[2:] if has_screen else command

    assert program == (BY_VERSION if has_screen else PROGRAM)
    assert _parser().parse_args(arguments).run


@BY_NAME
def test_a_program_that_falls_is_started_again_and_not_as_root(unit: Path) -> None:
    service = read(unit)["Service"]

    assert service["Restart"] == "always"
    assert service["User"] not in ("", "root")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@BY_NAME
def test_systemd_finds_no_fault_in_a_unit(unit: Path, tmp_path: Path) -> None:
    copy = tmp_path / unit.name.replace("@", "@8001")
    text = unit.read_text(encoding="utf-8")
    for missing_here in (PROGRAM, BY_VERSION, CAGE[0]):
        text = text.replace(missing_here, sys.executable)
    copy.write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True)

    ours = [line for line in done.stderr.splitlines() if copy.name in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_nginx_leads_to_the_processes_that_the_page_starts() -> None:
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    example = (ROOT / "deploy/nginx/xinting.conf").read_text(encoding="utf-8")

    started = re.findall(r"xinting@(\d+)", page)
    assert started == re.findall(r"server 127\.0\.0\.1:(\d+)", example)
