"""Chinese words as the letters that people type for them."""

from __future__ import annotations

from functools import lru_cache

# Southern and north-western speakers, and hurried fingers, do not tell these apart; neither does the search.
FOLDED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))


@lru_cache(maxsize=8192)
def syllables_of(words: str) -> tuple[str, ...]:
    """租房 → ("zu", "fang"); letters and digits stay together as they are."""
    from pypinyin import lazy_pinyin  # its dictionary takes long to load: the hall's start does not wait for it

    return tuple(part for part in lazy_pinyin(words, errors=_only_letters) if part)


def _only_letters(other: str) -> str:
    return "".join(char for char in other if char.isalnum() and char.isascii())


def fold(letters: str) -> str:
    """One spelling for syllables that sound alike to many: zhufang and zufan become the same."""
    for spoken, written in FOLDED:
        letters = letters.replace(spoken, written)
    return letters
