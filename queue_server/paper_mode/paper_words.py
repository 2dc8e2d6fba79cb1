"""The words of the list called by hand and of entering it, for paper, command line and page."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"


@cache
def paper_words(language: str) -> dict[str, Any]:
    words: dict[str, Any] = json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))
    return words
