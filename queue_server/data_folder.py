"""The data folder of a hall, which several server processes on one machine may share."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One process at a time makes and opens the folder's files: SQLite cannot make a new file's journal with others
    at it, and says that the file is locked without waiting. Held for a moment at start; ends with the process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "opening.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
