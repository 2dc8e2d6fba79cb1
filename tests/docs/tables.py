"""Reads the tables of the project's own Markdown pages."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


def rows(page: Path, header: str) -> list[list[str]]:
    """The cells of every table on the page whose first column is headed so."""
    found: list[list[str]] = []
    reading = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            reading = False
            continue
        cells = [cell.strip() for cell in BETWEEN_CELLS.split(line)[1:-1]]
        if cells[0] == header:
            reading = True
        elif reading and set(line) - set("|-: "):
            found.append(cells)
    return found


def code_names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)
