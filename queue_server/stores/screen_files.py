"""Pictures and videos that the hall's screens show in a corner: a folder beside the log, filled by administrators."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

FOLDER = "screen-files"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}\.(png|jpg|webp|mp4|webm)")
MB = 1024 * 1024
LARGEST = {"picture": 8 * MB, "video": 60 * MB}
LARGEST_OF_ALL = max(LARGEST.values())
MOST_FILES = 60
PIECE = 256 * 1024


class FileRefused(Exception):
    """`code`: file_name | file_kind | file_large | file_many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ScreenFile:
    name: str
    kind: str  # picture | video
    size: int  # bytes


class ScreenFiles:
    """What a file is, its first bytes say; its name must say the same, for browsers go by it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[ScreenFile]:
        """By name, which is the order of showing."""
        if not self.folder.is_dir():
            return []
        found = sorted(path for path in self.folder.iterdir() if NAME.fullmatch(path.name))
        return [ScreenFile(path.name, kind_of(path.name), path.stat().st_size) for path in found]

    def keep(self, name: str, content: BinaryIO) -> ScreenFile:
        """Whole or not at all; one of the same name is replaced. Raises FileRefused."""
        if not NAME.fullmatch(name):
            raise FileRefused("file_name")
        start = content.read(16)
        if ending_of(start) != name.rpartition(".")[2]:
            raise FileRefused("file_kind")
        others = [one for one in self.all() if one.name != name]
        if len(others) >= MOST_FILES:
            raise FileRefused("file_many")
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
            path = Path(file.name)
            try:
                size = file.write(start)
                while piece := content.read(PIECE):
                    size += file.write(piece)
                    if size > LARGEST[kind_of(name)]:
                        raise FileRefused("file_large")
                file.flush()
                os.fsync(file.fileno())
                path.replace(self.folder / name)
            except BaseException:  # whatever ended it, half a file may not stay
                path.unlink(missing_ok=True)
                raise
        return ScreenFile(name, kind_of(name), size)

    def remove(self, name: str) -> None:
        if NAME.fullmatch(name):
            (self.folder / name).unlink(missing_ok=True)


def kind_of(name: str) -> str:
    return "video" if name.endswith((".mp4", ".webm")) else "picture"


def ending_of(start: bytes) -> str:
    """By the first sixteen bytes; empty for what no screen shows."""
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if start.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "webp"
    if start[4:8] == b"ftyp":
        return "mp4"
    return "webm" if start.startswith(b"\x1a\x45\xdf\xa3") else ""
