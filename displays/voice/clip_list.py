"""Which clips a voice pack is made of, and how a phrase is cut into them. Pure.

A clip is known by what is said in it. A phrase is cut greedily: the longest clip that fits comes first, so that a
centre may also record whole sentences.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from displays.voice.phrase import DIGITS_SAID_SINGLY, NUMERALS, spoken_counter, words_of

PAUSES = {**dict.fromkeys("，、,;；:：", 0.18), **dict.fromkeys("。.!！?？", 0.4)}
"""Seconds after a clip that is followed by this mark."""
TOKEN = re.compile(r"[A-Za-z']+|[0-9]+|[^\s\w]|[\w]")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Piece:
    """`clip`: the text of a clip; None: nobody recorded this, the engine says it. `pause_seconds` comes after it."""

    text: str
    clip: str | None
    pause_seconds: float = 0.0


def clips_of(language: str, letters: Iterable[str], counters: Iterable[str]) -> dict[str, list[str]]:
    """All that a hall's calls need, by kind: `numbers`, `letters`, `counters`, `phrases`; none twice."""
    wanted = {
        "numbers": [DIGITS_SAID_SINGLY[digit] if language == "zh" else digit for digit in "0123456789"],
        "letters": sorted(set(letters) & set(LETTERS)),
        "counters": list(_counter_words(language, counters)),
        "phrases": list(_fragments(language)),
    }
    seen: set[tuple[str, ...]] = set()
    return {kind: [text for text in texts if not _is_seen(text, seen)] for kind, texts in wanted.items()}


def _is_seen(text: str, seen: set[tuple[str, ...]]) -> bool:
    words = tuple(token for token, _ in spoken_tokens(text))
    found = words in seen
    seen.add(words)
    return found


def _counter_words(language: str, counters: Iterable[str]) -> Iterator[str]:
    if language == "zh":
        numbers = [int(counter) for counter in counters if counter.isdigit() and int(counter) < 100]
        ones = {number % 10 for number in numbers} | ({number // 10 for number in numbers} - {1})
        yield from (NUMERALS[one] for one in sorted(ones - {0}))
        if any(number >= 10 for number in numbers):
            yield "十"
    else:
        yield from (spoken_counter(counter, language) for counter in counters if counter.isdigit() and int(counter) > 9)


def _fragments(language: str) -> Iterator[str]:
    """The sentences of a call without number and counter, whole sentences first cut where a breath is taken."""
    words = words_of(language)
    for key in ("call", "recall", "care_call", "care_recall"):
        sentence = words[key].replace("{counter}", words["counter"].format(number="{number}"))
        for part in re.split(r"\{\w+\}", sentence):
            # what follows the counter's own sentence is a clip of its own
            for fragment in re.split(r"(?<=[。.])\s*", part):
                if any(token for token, _ in spoken_tokens(fragment)):
                    yield fragment.strip(" ")
    yield from (fragment for fragment in re.split(r"(?<=[。.])\s*", words["look_at_the_screen"]) if fragment)


def spoken_tokens(text: str) -> list[tuple[str, float]]:
    """(word, pause after it): a Hanzi, a number's digits, or a word of letters, in lower case."""
    tokens: list[tuple[str, float]] = []
    for token in TOKEN.findall(text):
        if token in PAUSES:
            if tokens:
                tokens[-1] = (tokens[-1][0], max(tokens[-1][1], PAUSES[token]))
        elif re.match(r"\w", token):
            tokens.append((token.lower(), 0.0))
    return tokens


def cut(text: str, recorded: Iterable[str]) -> list[Piece]:
    """The phrase as clips; neighbouring words that nobody recorded stay one piece."""
    known = {tuple(token for token, _ in spoken_tokens(clip)): clip for clip in recorded}
    longest = max(map(len, known), default=0)
    tokens, pieces, at = spoken_tokens(text), list[Piece](), 0
    while at < len(tokens):
        size = next(
            (size for size in range(min(longest, len(tokens) - at), 0, -1) if _words(tokens, at, size) in known), 0
        )
        if size:
            words = _words(tokens, at, size)
            pieces.append(Piece(known[words], known[words], tokens[at + size - 1][1]))
        else:
            size = 1
            _add_unrecorded(pieces, *tokens[at])
        at += size
    return pieces


def _words(tokens: list[tuple[str, float]], at: int, size: int) -> tuple[str, ...]:
    return tuple(token for token, _ in tokens[at : at + size])


def _add_unrecorded(pieces: list[Piece], word: str, pause: float) -> None:
    text = word.upper() if len(word) == 1 and word in LETTERS.lower() else word
    if pieces and pieces[-1].clip is None and not pieces[-1].pause_seconds:
        before = pieces.pop().text
        joint = " " if re.search(r"[A-Za-z0-9]$", before) and re.match(r"[A-Za-z0-9]", text) else ""
        text = before + joint + text
    pieces.append(Piece(text, None, pause))
