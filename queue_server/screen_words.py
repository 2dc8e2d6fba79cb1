"""The words of the screens as the program says them, and which of them a hall may say otherwise."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

LANGUAGES = ("zh", "en")
WORDS = Path(__file__).parent / "web" / "words"
PAPER = "paper"
PAPERS_WORDS = Path(__file__).parents[1] / "printers" / "words"  # read only: the printers' program brings its own
# What visitors read; of the staff's pages only what they say to visitors, since training speaks of all else there.
VISITORS_SURFACES = ("kiosk", "tools", "join", "when", "displays", "progress", "notices", "rating", "common", PAPER)
SAID_BY_STAFF = {
    "supervisor": tuple(
        f"notice_{what}{end}" for what in ("wait", "machine", "belongings") for end in ("", "_short")
    )  # the ready notices
}
SURFACES = (*VISITORS_SURFACES, *SAID_BY_STAFF)
LONGEST_TIMES = 3  # a screen has room for a longer sentence, not for a page
SHORT_WORDS = 24  # of short ones for so many characters anyway


@cache
def surface_words(surface: str, language: str) -> Mapping[str, str]:
    """The words of one surface (`kiosk`, `refusals`, …); none when it has no file."""
    path = PAPERS_WORDS / f"{language}.json" if surface == PAPER else WORDS / language / f"{surface}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def program_words(key: str) -> dict[str, str] | None:
    """What the program says in each language; None for a key of no screen of visitors. A key is `kiosk.greeting`."""
    surface, _, name = key.partition(".")
    if name not in names_of(surface):
        return None
    return {language: surface_words(surface, language).get(name, "") for language in LANGUAGES}


def keys_of(surface: str) -> Iterator[str]:
    """In the order of the file, which is the order of the screens."""
    return (f"{surface}.{name}" for name in names_of(surface))


def names_of(surface: str) -> Collection[str]:
    if surface in VISITORS_SURFACES:
        return surface_words(surface, LANGUAGES[0]).keys()
    return SAID_BY_STAFF.get(surface, ())


def places_in(text: str) -> set[str]:
    """The names that are filled in, {ticket} and {counter} in “{ticket}，请到 {counter} 号窗口”. Raises ValueError for
    a brace that opens or closes nothing, and for more than a name between two: not every reader of it knows that."""
    parts = [part for part in Formatter().parse(text) if part[1] is not None]
    if any(spec or conversion or not str(name).isidentifier() for _, name, spec, conversion in parts):
        raise ValueError(text)
    return {str(name) for _, name, _, _ in parts}


def longest(text: str) -> int:
    return max(SHORT_WORDS, LONGEST_TIMES * len(text))
