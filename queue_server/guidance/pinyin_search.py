"""Matches letters against the sound of Chinese words: zufang, zf, zu fan, and with one typing error zufnag."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable

from queue_server.guidance.pinyin import is_one_error_apart, syllables_of, without_one
from queue_server.guidance.search_terms import FILLER, Term

EXACT, BEGINS, HOLDS, INITIALS, IS_HELD, NEAR = 20.0, 12.0, 8.0, 16.0, 8.0, 8.0
LEAST_FOR_ERRORS = 4  # letters; below that everything is one error away from everything
LONGEST_RUN = 5  # syllables


class PinyinIndex:
    def __init__(self, terms: list[Term], spelled: Callable[[str], str] = str) -> None:
        self._spelled = spelled
        self._tails: list[tuple[str, bool, Term]] = []  # each term's letters from each syllable on, sorted
        self._initials: dict[str, dict[int, float]] = defaultdict(dict)
        self._runs: dict[str, dict[int, float]] = defaultdict(dict)  # letters of 2 to 5 neighbouring syllables
        for term in terms:
            self._add(term)
        self._tails.sort(key=lambda tail: tail[0])
        self._keys = [letters for letters, _, _ in self._tails]
        self._near: dict[str, list[str]] = defaultdict(list)
        for run in self._runs:
            for shortened in without_one(run):
                self._near[shortened].append(run)

    def _add(self, term: Term) -> None:
        syllables = [self._spelled(syllable) for syllable in syllables_of(term.words)]
        initials = "".join(syllable[0] for syllable in syllables)
        _raise(self._initials[initials], term.service, INITIALS * term.weight)
        for end in range(2, len(initials)):
            _raise(self._initials[initials[:end]], term.service, (5 + 5 * end / len(initials)) * term.weight)
        for start in range(len(syllables)):
            self._tails.append(("".join(syllables[start:]), start == 0, term))
            for end in range(start + 2, min(start + LONGEST_RUN, len(syllables)) + 1):
                whole = end - start == len(syllables)
                share = 1.0 if whole else 0.3 + 0.5 * (end - start) / len(syllables)
                _raise(self._runs["".join(syllables[start:end])], term.service, share * term.weight)

    def scores(self, words: str) -> dict[int, float]:
        """Letters typed so far: whole words, their beginnings, or initials."""
        letters = self._letters(words)
        if len(letters) < 2:
            return {}
        scores = dict(self._initials.get(letters, {}))
        for i in range(bisect_left(self._keys, letters), len(self._keys)):
            tail, is_start, term = self._tails[i]
            if not tail.startswith(letters):
                break
            if len(letters) >= 3:
                kind = (EXACT if tail == letters else BEGINS) if is_start else HOLDS
                _raise(scores, term.service, kind * (0.6 + 0.4 * len(letters) / len(tail)) * term.weight)
        return scores

    def near(self, words: str) -> dict[int, float]:
        """With one typing error, anywhere in two to five neighbouring syllables."""
        letters = self._letters(words)
        if len(letters) < LEAST_FOR_ERRORS:
            return {}
        scores: dict[int, float] = {}
        candidates = {run for shortened in without_one(letters) for run in self._near.get(shortened, ())}
        for run in candidates:
            if is_one_error_apart(letters, run):
                for place, share in self._runs[run].items():
                    _raise(scores, place, NEAR * share)
        return scores

    def held_in(self, words: str) -> dict[int, float]:
        """Runs of a service's syllables inside a longer sentence; short ones occur by chance."""
        letters = self._letters(words)
        scores: dict[int, float] = {}
        for start in range(len(letters)):
            for end in range(start + 5, min(start + 24, len(letters)) + 1):
                for place, share in self._runs.get(letters[start:end], {}).items():
                    _raise(scores, place, IS_HELD * share * (0.5 + (end - start) / len(letters)))
        return scores

    def _letters(self, words: str) -> str:
        letters = words.replace(" ", "")
        return self._spelled(letters) if letters.isascii() else ""


def sound_of(words: str) -> str:
    """The letters of characters, for those who wrote or spoke other characters of the same sound."""
    return "".join(syllables_of(FILLER.sub("", words.replace(" ", ""))))


def _raise(scores: dict[int, float], place: int, score: float) -> None:
    scores[place] = max(score, scores.get(place, 0.0))
