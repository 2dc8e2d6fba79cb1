"""A printer stand-in that reads its papers: which number, whether marked as printed again, and when it was cut off."""

from __future__ import annotations

import re
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from printers.standin.decoder import Command, Cut, Reset, TextLine
from printers.standin.server import Standin

NUMBER = re.compile(r"[A-Z]\d{4}")


@dataclass(frozen=True, slots=True)
class Paper:
    number: str
    again: bool  # it says so itself
    at: float  # seconds since 1970


class PaperTray(Standin):
    """For papers in the printer's own letters (`?writing=native`)."""

    def __init__(self, folder: Path) -> None:
        super().__init__("127.0.0.1", 0, folder)
        self.papers: list[Paper] = []
        self._lines: dict[int, list[str]] = {}  # by connection

    def _obey(self, command: Command, paper: bytearray, connection: socket.socket) -> None:
        lines = self._lines.setdefault(id(paper), [])
        match command:
            case Reset():
                lines.clear()  # what was broken off before it was cut is no paper
            case TextLine():
                lines.append(command.text.strip())
                return  # its picture costs more than everything else here
            case Cut() if lines:
                (number,) = (line for line in lines if NUMBER.fullmatch(line))
                self.papers.append(
                    Paper(number, any(line.startswith(("重打", "REPRINT")) for line in lines), time.time())
                )
                lines.clear()
                paper.clear()
                return
        super()._obey(command, paper, connection)
