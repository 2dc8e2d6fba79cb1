"""What would change, as a list of places with before and after. Rows are known by their names, not by their places."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from queue_server.setup.versions import Texts

NAMES = ("id", "date", "effective_from")  # what a row is called by, whichever it has


@dataclass(frozen=True, slots=True)
class Change:
    """`path` begins with the file, `hall` or `fund`. A row that came or went is one change with all that it says."""

    path: tuple[str, ...]
    kind: Literal["added", "removed", "changed"]
    before: Any = None
    after: Any = None


def changes(before: Texts, after: Texts) -> list[Change]:
    """Both must be sound TOML."""
    return list(_between(("hall",), read(before.hall), read(after.hall))) + list(
        _between(("fund",), read(before.fund or ""), read(after.fund or ""))
    )


def part_at(texts: Texts, path: tuple[str, ...]) -> Any:
    """What stands at a change's path; None when nothing does."""
    found: Any = read(texts.hall if path[0] == "hall" else texts.fund or "")
    for key in path[1:]:
        found = _by_name(found)
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _between(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    before, after = _by_name(before), _by_name(after)
    if before == after:
        return
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)) or _is_words(before) or _is_words(after):
        yield Change(path, "changed", before, after)
        return
    for key in [*before, *(key for key in after if key not in before)]:
        here = (*path, str(key))
        if key not in after and not _holds_parts(before[key]):
            yield Change(here, "removed", before=before[key])
        elif key not in before and not _holds_parts(after[key]):
            yield Change(here, "added", after=after[key])
        else:
            yield from _between(here, before.get(key, {}), after.get(key, {}))


def _holds_parts(value: Any) -> bool:
    """A table of tables that came or went is told table by table."""
    parts = _by_name(value)
    if not isinstance(parts, Mapping) or not parts or _is_words(parts):
        return False
    return all(isinstance(one, Mapping) and not _is_words(one) for one in parts.values())


def _is_words(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"zh", "en"}


def _by_name(value: Any) -> Any:
    """A list of tables as a mapping: moving a row up changes nothing that a reader would call a change."""
    if not (isinstance(value, list) and value and all(isinstance(row, dict) for row in value)):
        return value
    names = [next((str(row[name]) for name in NAMES if name in row), "") for row in value]
    if "" in names or len(set(names)) < len(names):
        names = [str(i) for i in range(1, len(value) + 1)]
    return dict(zip(names, value, strict=True))
