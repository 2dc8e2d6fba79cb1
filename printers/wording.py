"""The printers' words by key, as the hall says them, and the cleaning of words that come from elsewhere."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("words")
LONGEST_SAID = 200
NOTHING: Mapping[str, object] = {}
_halls_own = ContextVar("the hall's own words", default=NOTHING)


@cache
def words(language: str) -> dict[str, str]:
    said: dict[str, str] = json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))
    return said


@contextmanager
def said_as(own: object) -> Iterator[None]:
    """While this lasts a hall's own words hold, `{"zh": {"feedback": "…"}}`, as a job brings them along. What is no
    such thing, or does not fit, is passed over: the paper is worth more than its wording."""
    token = _halls_own.set(own if isinstance(own, dict) else NOTHING)
    try:
        yield
    finally:
        _halls_own.reset(token)


def say(language: str, key: str, **values: object) -> str:
    usual = words(language)[key]
    own = _halls_own.get().get(language)
    text = own.get(key) if isinstance(own, dict) else None
    if isinstance(text, str):
        try:
            return clean(text, LONGEST_SAID).format(**values)
        except (KeyError, IndexError, ValueError, AttributeError, TypeError):  # {n.x}, {n[0]} and {:d} of a text, too
            pass  # a place that this paper does not fill: the program's words do
    return usual.format(**values)


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
