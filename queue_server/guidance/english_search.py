"""Matches English words, as they stand, by their beginning, or with one typing error."""

from __future__ import annotations

import math
from collections import defaultdict

from queue_server.guidance.pinyin import is_one_error_apart, without_one
from queue_server.guidance.search_terms import Term, english_words

WHOLE, BEGINS, NEAR = 10.0, 6.0, 7.0
LEAST_FOR_ERRORS = 4  # letters


class EnglishIndex:
    def __init__(self, terms: list[Term]) -> None:
        self._services: dict[str, dict[int, float]] = defaultdict(dict)
        for term in terms:
            self._services[term.words][term.service] = term.weight
        self._count = len({term.service for term in terms})
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in self._services:
            if len(word) >= LEAST_FOR_ERRORS:
                for shortened in without_one(word):
                    self._near[shortened].append(word)

    def scores(self, words: str) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for word in english_words(words):
            for place, score in self._matches(word).items():
                scores[place] += score
        return dict(scores)

    def near(self, words: str) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for typed in english_words(words):
            if len(typed) < LEAST_FOR_ERRORS:
                continue
            best: dict[int, float] = {}
            for meant in {word for shortened in without_one(typed) for word in self._near.get(shortened, ())}:
                if is_one_error_apart(typed, meant):
                    self._add(best, meant, NEAR)
            for place, score in best.items():
                scores[place] += score
        return dict(scores)

    def _matches(self, word: str) -> dict[int, float]:
        best: dict[int, float] = {}
        if word in self._services:
            self._add(best, word, WHOLE)
        elif len(word) >= 3:
            for known in self._services:
                if known.startswith(word):
                    self._add(best, known, BEGINS)
        return best

    def _add(self, scores: dict[int, float], word: str, kind: float) -> None:
        """A word that stands in few services tells more about them."""
        services = self._services[word]
        rarity = math.log(1 + self._count / len(services)) / math.log(1 + self._count)
        for place, weight in services.items():
            scores[place] = max(scores.get(place, 0.0), kind * weight * (0.4 + 0.6 * rarity))
