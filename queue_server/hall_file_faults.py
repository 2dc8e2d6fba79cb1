"""What is wrong in a hall's files: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the file: where, what, and what to do."""

    line: int | None
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}" if self.line else self.what


class HallFileError(Exception):
    """The file cannot be used. `faults` lists everything found, not only the first."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        super().__init__("\n".join(f"{path}, {fault}" for fault in faults))


def line_in(message: str) -> int | None:
    """tomllib says “(at line 12, column 3)”."""
    words = message.replace(",", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else None


def say(loc: tuple[str | int, ...], what: str) -> str:
    return f"{'.'.join(str(part) for part in loc)}: {what}"
