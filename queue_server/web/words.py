"""All words that people read, by key, in the reader's language. Code holds keys; the words stand in `words/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import request

WORDS = Path(__file__).parent / "words"
LANGUAGES = ("zh", "en")
DEFAULT_LANGUAGE = "zh"


class _Gaps(dict[str, object]):
    """A value that is missing shows as a dash: half a sentence is better than none."""

    def __missing__(self, key: str) -> str:
        return "—"


@cache
def surface_words(surface: str, language: str) -> Mapping[str, str]:
    """The words of one surface (`desk`, `refusals`, …); none when it has no file."""
    path = WORDS / language / f"{surface}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def find_word(key: str, language: str) -> str | None:
    """`surface.name` is looked for in the surface's file, by its full key and by the name alone."""
    surface, _, name = key.partition(".")
    words = surface_words(surface, language)
    return words.get(key) or words.get(name)


def word(key: str, language: str, **values: object) -> str:
    """The words of a key with its values filled in; the key itself when nobody has written them yet."""
    text = find_word(key, language) or find_word(key, DEFAULT_LANGUAGE)
    return key if text is None else text.format_map(_Gaps(values))


def reader_language() -> str:
    """Asked for in the address, else by the page's header, else what the browser prefers; Chinese when in doubt."""
    asked = request.args.get("lang") or request.headers.get("X-Xinting-Language")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
