"""The papers that the printer stand-in has laid down as pictures: which there are, and one of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PAPER_NAME = re.compile(r"latest\.png|paper-[0-9]{1,9}\.png")
SHOWN = 8

Json = dict[str, Any]


def newest_papers(folder: Path) -> list[Json]:
    """Newest first; none when nothing has been printed or the list cannot be read just now."""
    try:
        listed = json.loads((folder / "papers.json").read_text(encoding="utf-8"))
        papers = [{"number": paper["number"], "file": paper["file"], "height": paper["height"]} for paper in listed]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return [paper for paper in papers if PAPER_NAME.fullmatch(str(paper["file"]))][:SHOWN]
