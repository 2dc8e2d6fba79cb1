"""The printers' words by key, and the cleaning of words that come from elsewhere."""

import json
import unicodedata
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("words")


@cache
def words(language: str) -> dict[str, str]:
    said: dict[str, str] = json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))
    return said


def say(language: str, key: str, **values: object) -> str:
    return words(language)[key].format(**values)


def clean(text: str, longest: int) -> str:
    """One printable line of at most `longest` characters.

    Names come in every script and now and then with dirt. Control and format characters (which could turn the rest of
    the line round) go, line breaks become spaces, half a surrogate pair becomes the replacement character.
    """
    kept = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind == "Cs":
            kept.append("\N{REPLACEMENT CHARACTER}")
        elif kind in ("Zs", "Zl", "Zp") or character in "\t\n\r":
            kept.append(" ")
        elif kind not in ("Cc", "Cf") and not _is_variation_selector(character):
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
