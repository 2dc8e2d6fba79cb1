"""Finds the service a visitor means: by the words people use, by pinyin or its initials, in English, by id."""

from __future__ import annotations

import math
from collections import defaultdict

from queue_server.guidance.catalogue import Catalogue, ServiceGuide
from queue_server.guidance.chinese_search import ChineseIndex
from queue_server.guidance.english_search import EnglishIndex
from queue_server.guidance.pinyin import fold, syllables_of
from queue_server.guidance.pinyin_search import PinyinIndex, sound_of
from queue_server.guidance.search_terms import chinese_terms, english_terms, hanzi_in, tidy

# A service scoring less than this share of the best one is noise beside it.
WORTH_SHOWING = 0.12


class SearchIndex:
    """Built once from a catalogue; asking it changes nothing, so threads may share it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._services = catalogue.services
        chinese = [term for i, guide in enumerate(self._services) for term in chinese_terms(guide, i)]
        english = [term for i, guide in enumerate(self._services) for term in english_terms(guide, i)]
        self._chinese = ChineseIndex(chinese)
        spoken = [term for term in chinese if term.weight >= 0.7]
        self._pinyin = PinyinIndex(spoken)
        self._accents = PinyinIndex(spoken, spelled=fold)
        self._english = EnglishIndex(english)
        # of two that fit alike, the one whose own name begins so is meant: "zf" is 租房取钱 before the 直付 of another
        self._names = ["".join(s[0] for s in syllables_of(guide.plain_name.zh)) for guide in self._services]
        self._ids = {guide.id.lower(): i for i, guide in enumerate(self._services)}

    def find(self, query: str, limit: int = 8) -> list[ServiceGuide]:
        """Best first; empty when nothing fits."""
        words = tidy(query)
        scores = self._by_id(words) or self._by_words(words)
        if not scores or limit <= 0:
            return []
        best = max(scores.values())
        found = [place for place, score in scores.items() if score >= best * WORTH_SHOWING]
        found.sort(key=lambda place: (-scores[place], not self._names[place].startswith(words.replace(" ", "")), place))
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
            # Nothing by the characters? Perhaps they are other characters of the same sound.
            return self._chinese.scores(words) or self._by_letters(sound_of(words))
        return self._by_letters(words)

    def _by_letters(self, words: str) -> dict[int, float]:
        """From the surest reading to the boldest; the first that finds anything is the answer."""
        return (
            _best_of(self._english.scores(words), self._pinyin.scores(words))
            or self._accents.scores(words)
            or _best_of(self._english.near(words), self._pinyin.near(words))
            or self._accents.near(words)
            or self._accents.held_in(words)
        )


def _best_of(*answers: dict[int, float]) -> dict[int, float]:
    best: dict[int, float] = defaultdict(lambda: -math.inf)
    for answer in answers:
        for place, score in answer.items():
            best[place] = max(best[place], score)
    return dict(best)


def search_services(catalogue: Catalogue | SearchIndex, query: str, limit: int = 8) -> list[ServiceGuide]:
    """For one question; whoever asks often keeps a SearchIndex and hands that in."""
    index = catalogue if isinstance(catalogue, SearchIndex) else SearchIndex(catalogue)
    return index.find(query, limit)
