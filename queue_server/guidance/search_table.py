"""The services as a full-text table of SQLite (FTS5), ranked by BM25: what is rare in the catalogue tells most.

SQLite splits at spaces, which Chinese has none of, so the words are cut here: whole words as they stand in the
catalogue, neighbouring characters, and the letters of their pinyin (pypinyin). Slips of the finger are RapidFuzz's
business. Why so: decision 0026.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from queue_server.guidance.guides import ServiceGuide
from queue_server.guidance.pinyin import fold, syllables_of
from queue_server.guidance.search_terms import (
    core,
    english_of,
    english_words,
    names_of,
    other_words_for,
    pairs,
    spoken_of,
    told_of,
)

# Column and how much a hit in it says. Sounds say least: many words share them.
COLUMNS = {
    "name": 10.0,
    "said": 8.0,
    "pairs": 3.0,
    "told": 0.5,
    "initials": 5.0,
    "letters": 5.0,
    "inside": 2.0,
    "sounds": 1.2,
}
LEAST_FOR_SLIPS = 4  # letters; below that everything is one slip away from everything
LONGEST_RUN = 5  # syllables
LONGEST_SOUND = 24  # letters
LONGEST_TERM = 12  # characters


class SearchTable:
    def __init__(self, services: Sequence[ServiceGuide]) -> None:
        # One table for all threads: it is written here and only read afterwards.
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute(f"CREATE VIRTUAL TABLE chinese USING fts5({', '.join(COLUMNS)}, tokenize='unicode61')")
        # English words meet by their stems: renting, rents and rent are one.
        self._db.execute("CREATE VIRTUAL TABLE english USING fts5(words, tokenize='porter unicode61')")
        self._whole: set[str] = set()  # the words by which services go
        self._words: set[str] = set()  # those, and all pairs of characters
        self._runs: dict[str, str] = {}  # letters of neighbouring syllables, and the same folded
        self._english: set[str] = set()
        for place, guide in enumerate(services):
            self._add(place, guide)
        self._sounds = set(self._runs.values())
        longer = {word for word in self._english if len(word) >= LEAST_FOR_SLIPS}
        self._slips = sorted(self._runs.keys() | self._sounds | longer)

    def _add(self, place: int, guide: ServiceGuide) -> None:
        names, said, told = names_of(guide), spoken_of(guide), told_of(guide)
        spoken = [*names, *said]
        sounds = [syllables_of(word) for word in spoken]
        runs = ["".join(run) for one in sounds for run in _runs(one)]
        row = {
            "name": _with_cores(names),
            "said": _with_cores(said),
            "pairs": [pair for word in spoken for pair in pairs(word)],
            "told": [pair for sentence in told for pair in pairs(sentence)],
            "initials": ["".join(syllable[0] for syllable in one) for one in sounds],
            "letters": [fold("".join(one)) for one in sounds],
            "inside": [fold("".join(one[start:])) for one in sounds for start in range(1, len(one) - 1)],
            "sounds": [fold(run) for run in runs],
        }
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        self._db.execute(
            f"INSERT INTO chinese (rowid, {', '.join(COLUMNS)}) VALUES ({marks})",
            (place, *(" ".join(row[column]) for column in COLUMNS)),
        )
        english = english_of(guide)
        self._db.execute("INSERT INTO english (rowid, words) VALUES (?, ?)", (place, " ".join(english)))
        self._whole.update(row["name"], row["said"])
        self._words.update(row["name"], row["said"], row["pairs"], row["told"])
        self._runs.update({run: fold(run) for run in runs})
        self._english.update(english)

    # --- asking

    def by_characters(self, words: str) -> dict[int, float]:
        """A word or a whole sentence in characters, and what letters stand between them."""
        said = words.replace(" ", "")
        meant = core(said)
        others = {*other_words_for(said), *other_words_for(meant)}
        known = (_parts(said) | _parts(meant) | others) & self._words
        by_sound = [run for run in map(fold, _sound_pairs(meant)) if run in self._sounds]
        letters = [fold(word) for word in re.findall("[a-z]{2,}", words)]
        if not letters and self._is_chance(meant, known, by_sound):
            return {}
        return self._ask(
            [
                _prefix(["name", "said"], {said, meant} - {""}),
                _any(["name", "said", "pairs", "told"], known),
                _any(["sounds"], by_sound),
                _prefix(["initials", "letters"], letters),
            ]
        )

    def by_letters(self, words: str) -> dict[int, float]:
        """Pinyin or its initials as typed so far, and English words."""
        letters = fold(words.replace(" ", ""))
        if not letters.isascii() or len(letters) < 2:
            return {}
        raw = words.replace(" ", "")
        parts = [_prefix(["initials"], [raw]), _prefix(["letters"], [letters])]
        if len(letters) >= 3:
            parts.append(_prefix(["inside"], [letters]))
        return _best_of(self._ask(parts), self._ask_english(english_words(words)))

    def by_sounds_inside(self, words: str) -> dict[int, float]:
        """A sentence in pinyin: the syllables in it that stand together in the catalogue too."""
        letters = fold(words.replace(" ", ""))
        inside = {
            letters[i:j] for i in range(len(letters)) for j in range(i + LEAST_FOR_SLIPS, min(i + 25, len(letters)) + 1)
        }
        each = [fold(word) for word in words.split() if len(word) >= 2 and " " in words]
        return self._ask([_any(["sounds"], inside & self._sounds), _prefix(["initials"], each)])

    def by_one_slip(self, words: str) -> dict[int, float]:
        """One letter wrong, missing, extra, or two neighbours swapped."""
        letters = words.replace(" ", "")
        sounds = {self._runs.get(run, run) for one in {letters, fold(letters)} for run in self._near(one)}
        english = {known for word in words.split() for known in self._near(word)} & self._english
        by_sound = self._ask([_any(["letters", "sounds"], sounds & self._sounds)])
        return _best_of(by_sound, self._ask_english(sorted(english)))

    def _near(self, typed: str) -> list[str]:
        if len(typed) < LEAST_FOR_SLIPS:
            return []
        found = process.extract(typed, self._slips, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [known for known, _, _ in found]

    def _is_chance(self, meant: str, known: set[str], by_sound: Sequence[str]) -> bool:
        """One pair out of a long sentence is chance; a whole word is not."""
        if len(meant) < 2 or known & self._whole:
            return False
        matched = len(self._words.intersection(pairs(meant))) + 0.5 * len(by_sound)
        return matched * 4 < len(meant) - 1

    def _ask(self, parts: Iterable[str]) -> dict[int, float]:
        """Scores by place in the catalogue. FTS5's BM25 is the lower the better; here the higher."""
        match = " OR ".join(part for part in parts if part)
        if not match:
            return {}
        weights = ", ".join(map(str, COLUMNS.values()))
        rows = self._db.execute(f"SELECT rowid, -bm25(chinese, {weights}) FROM chinese WHERE chinese MATCH ?", (match,))
        return dict(rows.fetchall())

    def _ask_english(self, words: Sequence[str]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for word in words:
            # as it stands or by its stem; what is still being typed, by its beginning
            found = self._english_rows(f'"{word}"') or (self._english_rows(f'"{word}"*') if len(word) >= 3 else [])
            for place, score in found:
                scores[place] = scores.get(place, 0.0) + score
        return scores

    def _english_rows(self, match: str) -> list[tuple[int, float]]:
        rows = self._db.execute("SELECT rowid, -10 * bm25(english) FROM english WHERE english MATCH ?", (match,))
        return rows.fetchall()


def _with_cores(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*words, *(short for word in words if len(short := core(word)) >= 2)]))


def _parts(words: str, shortest: int = 2, longest: int = LONGEST_TERM) -> set[str]:
    """Everything in a sentence that might be a word of the catalogue."""
    return {words[i:j] for i in range(len(words)) for j in range(i + shortest, min(i + longest, len(words)) + 1)}


def _runs(syllables: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(len(syllables)):
        for end in range(start + 2, min(start + LONGEST_RUN, len(syllables)) + 1):
            yield syllables[start:end]


def _sound_pairs(words: str) -> list[str]:
    syllables = syllables_of(words)
    return ["".join(syllables[i : i + 2]) for i in range(len(syllables) - 1)]


def _any(columns: Sequence[str], words: Iterable[str]) -> str:
    terms = " OR ".join(f'"{word}"' for word in sorted(words))
    return f"{{{' '.join(columns)}}} : ({terms})" if terms else ""


def _prefix(columns: Sequence[str], words: Iterable[str]) -> str:
    terms = " OR ".join(f'"{word}"*' for word in sorted(words))
    return f"{{{' '.join(columns)}}} : ({terms})" if terms else ""


def _best_of(*answers: dict[int, float]) -> dict[int, float]:
    best: dict[int, float] = {}
    for answer in answers:
        for place, score in answer.items():
            best[place] = max(score, best.get(place, score))
    return best
