"""The project's own files, as they would be handed on: everything that .gitignore does not name."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("queue_server", "kiosk", "displays", "printers", "device")


@cache
def ignored_patterns() -> tuple[str, ...]:
    """The patterns of .gitignore, in the simple forms this project uses: names, `*.suffix`, and folders by path."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#"))


def is_ignored(path: Path) -> bool:
    within = path.relative_to(ROOT).as_posix()
    return path.name == ".git" or any(
        fnmatch(path.name, pattern) or within == pattern for pattern in ignored_patterns()
    )


@cache
def project_files() -> tuple[Path, ...]:
    """Read from the disk rather than from git, so that the tests also run where git is not installed."""
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if is_ignored(path):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(path)
            else:
                yield path


def package_files(*suffixes: str) -> list[Path]:
    """Files of our packages, by suffix; all of them when no suffix is given."""
    return [
        path
        for path in project_files()
        if path.relative_to(ROOT).parts[0] in PACKAGES and (not suffixes or path.suffix in suffixes)
    ]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
