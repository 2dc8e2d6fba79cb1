"""Matches a query in Chinese characters, from a single word to a whole sentence."""

from __future__ import annotations

import math
from collections import defaultdict

from queue_server.guidance.search_terms import FILLER, Term

# How much a kind of match says, before the term's own weight.
EXACT, BEGINS, HOLDS, IS_HELD, PAIRS = 20.0, 9.0, 7.0, 8.0, 6.0


class ChineseIndex:
    def __init__(self, terms: list[Term]) -> None:
        self._terms = [(term, FILLER.sub("", term.words)) for term in terms]
        self._pairs: dict[str, dict[int, float]] = defaultdict(dict)
        for term, _ in self._terms:
            for pair in _pairs(term.words):
                heaviest = max(term.weight, self._pairs[pair].get(term.service, 0.0))
                self._pairs[pair][term.service] = heaviest
        self._count = len({term.service for term in terms})

    def scores(self, words: str) -> dict[int, float]:
        said = words.replace(" ", "")
        meant = FILLER.sub("", said)
        scores = self._by_pairs(meant)
        phrases: dict[int, float] = defaultdict(float)
        for term, core in self._terms:
            if score := max(_match(said, term.words), 0.9 * _match(meant, core)):
                phrases[term.service] = max(phrases[term.service], score * term.weight)
        for place, score in phrases.items():
            scores[place] = scores.get(place, 0.0) + score
        return scores

    def _by_pairs(self, words: str) -> dict[int, float]:
        """Neighbouring characters in common, rare ones telling more: finds words in an order nobody foresaw."""
        scores: dict[int, float] = defaultdict(float)
        pairs = _pairs(words)
        matched = 0
        for pair in pairs:
            services = self._pairs.get(pair, {})
            matched += bool(services)
            rarity = math.log(1 + self._count / len(services)) / math.log(1 + self._count) if services else 0.0
            for place, weight in services.items():
                scores[place] += PAIRS * rarity * weight / len(pairs)
        # One pair out of a long sentence is chance.
        return dict(scores) if matched * 4 >= len(pairs) else {}


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}


def _match(query: str, term: str) -> float:
    """How well the whole query and the whole term agree: the same, one inside the other, or not at all."""
    if not query or not term:
        return 0.0
    if query == term:
        return EXACT
    if term.startswith(query):
        return BEGINS + 4 * len(query) / len(term)
    if query in term:
        return HOLDS * (0.4 + 0.6 * len(query) / len(term))
    if len(term) >= 2 and term in query:
        return IS_HELD * (0.6 + min(len(term), 6) / 6)
    return 0.0
