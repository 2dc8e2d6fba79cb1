"""Chinese words as the letters that people type for them."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin

# Southern and north-western speakers, and hurried fingers, do not tell these apart; neither does the search.
FOLDED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))


@lru_cache(maxsize=8192)
def syllables_of(words: str) -> tuple[str, ...]:
    """租房 → ("zu", "fang"); letters and digits stay together as they are."""
    return tuple(part for part in lazy_pinyin(words, errors=_only_letters) if part)


def _only_letters(other: str) -> str:
    return "".join(char for char in other if char.isalnum() and char.isascii())


def fold(letters: str) -> str:
    """One spelling for syllables that sound alike to many: zhufang and zufan become the same."""
    for spoken, written in FOLDED:
        letters = letters.replace(spoken, written)
    return letters


def without_one(letters: str) -> set[str]:
    """The word itself and the word with any one letter gone: two words one typing error apart share one of these."""
    return {letters} | {letters[:i] + letters[i + 1 :] for i in range(len(letters))}


def is_one_error_apart(typed: str, meant: str) -> bool:
    """One letter wrong, missing, extra, or two neighbours swapped."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, wanted = typed[start:], meant[start:]
    if len(rest) == len(wanted):
        return rest[1:] == wanted[1:] or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    longer, shorter = (rest, wanted) if len(rest) > len(wanted) else (wanted, rest)
    return longer[1:] == shorter
