"""What is wrong in a hall's files: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the file: where, what, and what to do.

    `code` and `values` say the same to pages, which have words for it in the reader's language; no code: only `what`.
    """

    line: int | None
    what: str
    loc: tuple[str | int, ...] = ()
    code: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    column: int | None = None

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}" if self.line else self.what


class Said(str):
    """A contradiction's sentence that also knows its code and what fills it, for whoever says it in other words."""

    code: str
    values: Mapping[str, Any]

    def __new__(cls, code: str, sentence: str, **values: Any) -> Said:
        said = super().__new__(cls, sentence.format(**values))
        said.code, said.values = code, values
        return said


class HallFileError(Exception):
    """The file cannot be used. `faults` lists everything found, not only the first."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        super().__init__("\n".join(f"{path}, {fault}" for fault in faults))


def not_toml(error: Exception) -> Fault:
    """tomllib says “(at line 12, column 3)”."""
    words = str(error).replace(",", " ").replace(")", " ").split()
    line, column = (int(words[words.index(one) + 1]) if one in words else None for one in ("line", "column"))
    return Fault(line, f"is not TOML: {error}", code="not_toml", column=column)


def shape_wrong(line: int | None, error: Mapping[str, Any]) -> Fault:
    """What pydantic found."""
    loc, values = error["loc"], dict(error.get("ctx") or {})
    raised = values.pop("error", None)
    own = raised.args[0] if isinstance(raised, ValueError) and raised.args else None
    code = own.code if isinstance(own, Said) else error["type"]
    return Fault(line, say(loc, error["msg"]), loc, code, values)


def contradiction(line: int | None, loc: tuple[str | int, ...], what: str) -> Fault:
    code, values = (what.code, what.values) if isinstance(what, Said) else ("", {})
    return Fault(line, say(loc, what), loc, code, values)


def say(loc: tuple[str | int, ...], what: str) -> str:
    return f"{'.'.join(str(part) for part in loc)}: {what}"
