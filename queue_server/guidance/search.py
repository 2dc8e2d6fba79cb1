"""Finds the service a visitor means: by the words people use, by pinyin or its initials, in English, by id."""

from __future__ import annotations

from queue_server.guidance.catalogue import Catalogue, ServiceGuide
from queue_server.guidance.search_table import SearchTable
from queue_server.guidance.search_terms import hanzi_in, tidy

# A service scoring less than this share of the best one is noise beside it.
WORTH_SHOWING = 0.12


class SearchIndex:
    """Built once from a catalogue; asking it changes nothing, so threads may share it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._services = catalogue.services
        self._table = SearchTable(self._services)
        self._ids = {guide.id.lower(): i for i, guide in enumerate(self._services)}

    def find(self, query: str, limit: int = 8) -> list[ServiceGuide]:
        """Best first; empty when nothing fits."""
        words = tidy(query)
        scores = self._by_id(words) or self._by_words(words)
        if not scores or limit <= 0:
            return []
        best = max(scores.values())
        found = [place for place, score in scores.items() if score >= best * WORTH_SHOWING]
        found.sort(key=lambda place: (-scores[place], place))
        return [self._services[place] for place in found[:limit]]

    def _by_id(self, words: str) -> dict[int, float]:
        """TQ04 or tq 04; and TQ0 while it is being typed."""
        letters = words.replace(" ", "")
        if letters in self._ids:
            return {self._ids[letters]: 1.0}
        if len(letters) == 3 and letters[:2].isalpha() and letters[2].isdigit():
            return {place: 1.0 for name, place in self._ids.items() if name.startswith(letters)}
        return {}

    def _by_words(self, words: str) -> dict[int, float]:
        if hanzi_in(words):
            return self._table.by_characters(words)
        # From the surest reading to the boldest; the first that finds anything is the answer.
        return self._table.by_letters(words) or self._table.by_sounds_inside(words) or self._table.by_one_slip(words)


def search_services(catalogue: Catalogue | SearchIndex, query: str, limit: int = 8) -> list[ServiceGuide]:
    """For one question; whoever asks often keeps a SearchIndex and hands that in."""
    index = catalogue if isinstance(catalogue, SearchIndex) else SearchIndex(catalogue)
    return index.find(query, limit)
