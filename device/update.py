"""Another version of the program beside the present one, and back again when it does not do well.

    HOME/versions/0.2.0-1a2b3c4d/   an environment of its own for each version
    HOME/current, HOME/previous     links to two of them; units start HOME/current/bin/xinting

The link is exchanged in one step, so a power cut leaves either version, never half of one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

KEEP = 2  # versions: the one in use, and the one before
STARTS_WITHIN_SECONDS = 60.0
WELL_FOR_SECONDS = 20.0
LOOK_EVERY_SECONDS = 0.5
COMPLETE = ".complete"

Say = Callable[[str], None]


class CannotUpdate(Exception):
    """Nothing was changed, or what was changed was taken back; the text says which."""


@dataclass(frozen=True)
class Service:
    """What runs the program. `restart` returns once it was started; `is_well` says whether it still does."""

    restart: Callable[[], None]
    is_well: Callable[[], bool]


def units(names: Sequence[str]) -> Service:
    """systemd's. A unit of type notify is started when the program itself said so."""

    def restart() -> None:
        command = ["systemctl", "restart", *names]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=STARTS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired as error:  # of type notify, and it never says that it is ready
            raise CannotUpdate(f"not up after {STARTS_WITHIN_SECONDS:.0f} s") from error
        if done.returncode != 0:
            raise CannotUpdate(done.stderr.strip() or "systemctl restart failed")

    def is_well() -> bool:
        # asked one by one: of several, systemctl is content with a single one that is active
        return all(subprocess.run(["systemctl", "is-active", "--quiet", name]).returncode == 0 for name in names)

    return Service(restart, is_well)


class Versions:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "versions"

    def name_of(self, link: str) -> str | None:
        path = self.home / link
        return os.path.basename(os.readlink(path)) if path.is_symlink() else None

    def install(self, wheel: Path, wheels: Path | None, say: Say) -> str:
        """Its name. One that is there whole already is not made again. Raises CannotUpdate."""
        name = f"{_version_in_name(wheel)}-{hashlib.sha256(wheel.read_bytes()).hexdigest()[:8]}"
        target = self.folder / name
        if (target / COMPLETE).exists():
            return name
        shutil.rmtree(target, ignore_errors=True)  # of an update that was cut off
        say(f"Installing {name}")
        try:
            _make_environment(target, wheel, wheels)
            said = _run([str(target / "bin" / "xinting"), "--version"])
        except CannotUpdate:
            shutil.rmtree(target, ignore_errors=True)
            raise
        say(f"It starts and says {said.strip()}")
        (target / COMPLETE).touch()
        return name

    def switch(self, name: str) -> None:
        present = self.name_of("current")
        if present is not None and present != name:
            self._link("previous", present)
        self._link("current", name)

    def return_to(self, current: str, previous: str | None) -> None:
        """As it was before a version that did not do well: nobody goes back to that one."""
        self._link("current", current)
        if previous is not None:
            self._link("previous", previous)
        else:
            (self.home / "previous").unlink(missing_ok=True)

    def _link(self, link: str, name: str) -> None:
        new = self.home / f".{link}.new"
        new.unlink(missing_ok=True)
        new.symlink_to(Path("versions") / name)
        new.replace(self.home / link)

    def forget_old(self) -> None:
        used = {self.name_of("current"), self.name_of("previous")}
        whole = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in [path for path in whole if path.name not in used][KEEP - len(used - {None}) :]:
            shutil.rmtree(path)


def update(versions: Versions, wheel: Path, wheels: Path | None, service: Service | None, say: Say) -> str:
    """The new version's name. Raises CannotUpdate; then what ran before runs again."""
    name = versions.install(wheel, wheels, say)
    before, older = versions.name_of("current"), versions.name_of("previous")
    versions.switch(name)
    if service is not None:
        try:
            _start(service)
        except CannotUpdate as error:
            if before is None or before == name:
                raise
            say(f"{name} does not do well ({error}); going back to {before}")
            versions.return_to(before, older)
            if name != older:
                shutil.rmtree(versions.folder / name, ignore_errors=True)  # tries must not fill a small disk
            _start(service)
            raise CannotUpdate(f"{name} did not do well ({error}). {before} runs again.") from error
    versions.forget_old()
    return name


def go_back(versions: Versions, service: Service | None) -> str:
    """To the version before. Raises CannotUpdate."""
    before = versions.name_of("previous")
    if before is None or not (versions.folder / before / COMPLETE).exists():
        raise CannotUpdate("There is no earlier version here to go back to.")
    versions.switch(before)
    if service is not None:
        _start(service)
    return before


def _start(service: Service) -> None:
    """Raises CannotUpdate when it does not come up, or does not stay."""
    service.restart()
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while not service.is_well():
        if time.monotonic() > until:
            raise CannotUpdate(f"not up after {STARTS_WITHIN_SECONDS:.0f} s")
        time.sleep(LOOK_EVERY_SECONDS)
    until = time.monotonic() + WELL_FOR_SECONDS
    while time.monotonic() < until:
        if not service.is_well():
            raise CannotUpdate("it came up and fell again")
        time.sleep(LOOK_EVERY_SECONDS)


def _make_environment(target: Path, wheel: Path, wheels: Path | None) -> None:
    """The present program's pip does it where there is one; else the new environment gets its own."""
    has_pip = importlib.util.find_spec("pip") is not None
    venv.create(target, with_pip=not has_pip)
    python = str(target / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python] if has_pip else [python, "-m", "pip"]
    offline = ["--no-index", "--find-links", str(wheels)] if wheels is not None else []
    _run([*pip, "install", "--quiet", "--disable-pip-version-check", *offline, str(wheel)])


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "no word").splitlines()[-1]
        raise CannotUpdate(f"{last}\nNothing was changed.")
    return done.stdout


def _version_in_name(wheel: Path) -> str:
    """`xinting-0.2.0-py3-none-any.whl` → 0.2.0. Raises CannotUpdate."""
    parts = wheel.name.split("-")
    if not wheel.is_file() or wheel.suffix != ".whl" or len(parts) < 5 or parts[0] != "xinting":
        raise CannotUpdate(f"{wheel} is no package of Xinting: its name is xinting-<version>-….whl")
    return parts[1]
