"""What the kiosk itself says when it is alone; everything else is in the hall's words, kept from before."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"


def say(code: str, language: str) -> str:
    return _words(language)[code]


@cache
def _words(language: str) -> dict[str, str]:
    words: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return words
