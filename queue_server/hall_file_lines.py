"""Finds the line of a TOML file that a path such as ("counters", 3, "zone") stands on, for error messages.

The TOML parsers we may use give no positions after parsing; headers and keys at line starts are enough for our files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*(?:=|\.)""")


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """1-based line of the deepest part of `path` that can be found; None when not even its table is there."""
    best: int | None = None
    depth = -1
    seen: dict[str, int] = {}
    table: list[str | int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.match(line):
            table = _table(header.group(2), header.group(1) == "[[", seen)
            here = table
        elif key := KEY.match(line):
            here = [*table, next(part for part in key.groups() if part)]
        else:
            continue
        if len(here) > depth and list(path[: len(here)]) == here:
            best, depth = number, len(here)
    return best


def _table(name: str, repeated: bool, seen: dict[str, int]) -> list[str | int]:
    """The path a header opens; the n-th [[counters]] is ("counters", n - 1)."""
    path: list[str | int] = [part.strip().strip("\"'") for part in name.split(".")]
    if repeated:
        index = seen.get(name, -1) + 1
        seen[name] = index
        path.append(index)
    return path
