"""A machine takes another version, in earnest: real packages, real environments, a program that really runs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.e2e.hall_process import ROOT

PROGRAM = """
import os, pathlib, sys, time
VERSION, FAULT = {version!r}, {fault!r}
def main():
    if FAULT == "import":
        raise SystemExit("cannot start")
    if sys.argv[1:] == ["--version"]:
        print("xinting", VERSION)
        return
    if FAULT == "run":
        raise SystemExit(1)
    pathlib.Path(sys.argv[1]).write_text(VERSION)
    time.sleep(600)
"""
RESTART = """#!/bin/sh
[ -f {home}/pid ] && kill $(cat {home}/pid) 2>/dev/null
rm -f {home}/runs
{home}/current/bin/xinting {home}/runs >/dev/null 2>&1 &
echo $! > {home}/pid
"""
WELL = """#!/bin/sh
kill -0 $(cat {home}/pid) 2>/dev/null && [ -f {home}/runs ]
"""


def package(folder: Path, version: str, fault: str = "") -> Path:
    """A small program of that name: what is tried here is changing versions, not Xinting."""
    path = folder / f"xinting-{version}-py3-none-any.whl"
    info = f"xinting-{version}.dist-info"
    files = {
        "toy_program.py": PROGRAM.format(version=version, fault=fault),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: xinting\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\nxinting = toy_program:main\n",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
        wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in (*files, f"{info}/RECORD")))
    return path


class Machine:
    def __init__(self, home: Path) -> None:
        self.home = home
        for name, script in (("restart", RESTART), ("well", WELL)):
            (home / name).write_text(script.format(home=home))
            (home / name).chmod(0o755)

    def update(self, *words: object) -> subprocess.CompletedProcess[str]:
        program = "from device import update; update.WELL_FOR_SECONDS = 0.5; update.STARTS_WITHIN_SECONDS = 5\n"
        program += "update.LOOK_EVERY_SECONDS = 0.05\nimport sys; from queue_server.cli import main; sys.exit(main())"
        watched = ("--restart", self.home / "restart", "--well", self.home / "well", "--home", self.home)
        return subprocess.run(
            [sys.executable, "-c", program, "update", *map(str, (*words, *watched))],
            cwd=ROOT, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def runs(self) -> str:
        return (self.home / "runs").read_text()

    def off(self) -> None:
        if (self.home / "pid").exists():
            subprocess.run(["kill", (self.home / "pid").read_text().strip()])


@pytest.mark.slow
def test_a_version_that_does_not_do_well_is_taken_back_and_one_can_go_back_by_hand(tmp_path: Path):
    machine = Machine(tmp_path)
    try:
        first = machine.update(package(tmp_path, "1.0"), "--wheels", tmp_path)
        assert first.returncode == 0, first.stderr
        assert machine.runs() == "1.0"

        assert machine.update(package(tmp_path, "2.0"), "--wheels", tmp_path).returncode == 0
        assert machine.runs() == "2.0"

        falls = machine.update(package(tmp_path, "3.0", "run"), "--wheels", tmp_path)
        assert (falls.returncode, "2.0" in falls.stderr, machine.runs()) == (2, True, "2.0")

        broken = machine.update(package(tmp_path, "4.0", "import"), "--wheels", tmp_path)
        assert (broken.returncode, "Nothing was changed" in broken.stderr, machine.runs()) == (2, True, "2.0")
        assert not list((tmp_path / "versions").glob("4.0*"))

        (tmp_path / "versions" / "5.0-cut-off").mkdir()  # a power cut in mid-update
        assert machine.update("--back").returncode == 0
        assert machine.runs() == "1.0"
        assert os.readlink(tmp_path / "previous").startswith("versions/2.0")
    finally:
        machine.off()


AGAIN = """#!{bin}/python
import os, pathlib, sys
print({version!r}, pathlib.Path(sys.executable).parent.parent.name, *sys.argv[1:], flush=True)
if {version!r} == "1.0":
    os.remove("{home}/current")
    os.symlink("2.0", "{home}/current")
    from device.agent import become_new
    become_new()
"""


def test_a_restart_after_an_update_runs_the_new_version_in_its_own_environment(tmp_path: Path):
    for version in ("1.0", "2.0"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "python").symlink_to(sys.executable)
        (folder / "xinting").write_text(AGAIN.format(bin=folder, version=version, home=tmp_path))
        (folder / "xinting").chmod(0o755)
    (tmp_path / "current").symlink_to("1.0")
    own = os.pathsep.join([str(ROOT), *sys.path])

    done = subprocess.run(
        [tmp_path / "current" / "bin" / "xinting", "kiosk", "--port", "8080"],
        env=os.environ | {"PYTHONPATH": own}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert done.stdout.splitlines() == ["1.0 1.0 kiosk --port 8080", "2.0 2.0 kiosk --port 8080"], done.stderr


def test_what_is_no_package_is_refused(tmp_path: Path):
    (tmp_path / "other-1.0-py3-none-any.whl").touch()
    machine = Machine(tmp_path)
    assert "no package of Xinting" in machine.update(tmp_path / "other-1.0-py3-none-any.whl").stderr
    assert "no earlier version" in machine.update("--back").stderr
