"""All words that people read, by key, in the reader's language. Code holds keys; the words stand in `words/`.

A hall may say some of them otherwise (`wording` in its file). One process serves one hall, so its words are kept here.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import request

from queue_server.screen_words import LANGUAGES, surface_words

DEFAULT_LANGUAGE = "zh"

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "find_word", "reader_language", "surface_words", "use_wording", "word"]

_halls_own: dict[str, dict[str, str]] = {}  # by language, by full key


def use_wording(wording: Mapping[str, Mapping[str, str]]) -> None:
    """From now on the hall's own words hold: by full key, by language. What it does not say is said as ever."""
    _halls_own.clear()
    for key, said in wording.items():
        for language, text in said.items():
            _halls_own.setdefault(language, {})[key] = text


class _Gaps(dict[str, object]):
    """A value that is missing shows as a dash: half a sentence is better than none."""

    def __missing__(self, key: str) -> str:
        return "—"


def find_word(key: str, language: str) -> str | None:
    """The hall's own; else `surface.name` is looked for in the surface's file, by its full key and by name."""
    if own := _halls_own.get(language, {}).get(key):
        return own
    surface, _, name = key.partition(".")
    words = surface_words(surface, language)
    return words.get(key) or words.get(name)


def own_words(surface: str, language: str) -> dict[str, str]:
    """What the hall says otherwise of one surface, by the name alone as in the surface's file."""
    own = _halls_own.get(language, {})
    return {key.partition(".")[2]: text for key, text in own.items() if key.startswith(f"{surface}.")}


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
