"""Whether a database file is still the one that was opened.

A backup moved into its place, or its removal, goes unnoticed by a program that has the old file open: it writes on into
what has no name any more, and all of that is gone at its next start.
"""

from __future__ import annotations

import os
from pathlib import Path

from queue_server.stores.base import StorageTrouble

Identity = tuple[int, int] | None


class OpenedFile:
    """The file and the write-ahead log beside it, as they were when this was made."""

    def __init__(self, path: Path) -> None:
        self._names = (str(path), f"{path}-wal")
        self._opened = self._identities()

    def must_be_in_place(self, trouble: type[StorageTrouble] = StorageTrouble) -> None:
        """Raises the trouble when another file, or none, lies there now."""
        if self._identities() != self._opened:
            raise trouble(
                f"{self._names[0]} is not the file any more that this server opened.",
                "Put that one back in its place, or restart the server to go on with what lies there now.",
            )

    def _identities(self) -> list[Identity]:
        return [_identity(name) for name in self._names]


def _identity(name: str) -> Identity:
    try:
        found = os.stat(name)  # not by a Path: the log looks here four times a batch
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino)
