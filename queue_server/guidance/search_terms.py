"""What a visitor's query is made of once it is tidied, and the words by which a service may be found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from queue_server.guidance.catalogue import ServiceGuide

LONGEST_QUERY = 48  # a spoken sentence; what comes after adds nothing but time

# Said in nearly every sentence and in nearly every service: they say nothing about which one is meant.
FILLER = re.compile(
    "住房公积金|公积金|请问一下|请问|您好|你好|我想要|我想|我要|想要|需要|怎么样|怎么|咋样|咋|如何|在哪里|哪里|可不可以|可以|"
    "能不能|能否|麻烦|帮我|一下|申请|办理|办个|什么|时候|手续|[我想要办的了吗呢吧啊呀么嘛您你请去给把和与及在是有这那]"
)
# Two characters, one meaning at this counter.
SAME_WORD = str.maketrans("交帐", "缴账")
ENGLISH_FILLER = frozenset(
    re.findall(
        "[a-z]+",
        "a an the i we my me our you your to for of in on at is are am be do does how can could would want like "
        "need get please from with and or it this that what where when if have has had some make",
    )
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase that leads to a service, and how much it says about it."""

    words: str
    service: int  # place in the catalogue
    weight: float


def tidy(query: str) -> str:
    """Full width to half width, lower case, and only letters, digits and single spaces."""
    plain = unicodedata.normalize("NFKC", query[: LONGEST_QUERY * 4]).lower().translate(SAME_WORD)
    kept = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())[:LONGEST_QUERY]


def hanzi_in(words: str) -> str:
    return "".join(char for char in words if is_hanzi(char))


def is_hanzi(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def chinese_terms(guide: ServiceGuide, place: int) -> list[Term]:
    words = {guide.plain_name.zh: 1.0, guide.official_name.zh: 0.8}
    words |= {word: 0.95 for word in guide.keywords if hanzi_in(word)}
    for part in re.split(r"[、（）()/，。]", guide.official_name.zh):
        words.setdefault(part, 0.7)
    words.setdefault(guide.hint.zh, 0.3)
    for sentence in re.split(r"[。，；]", guide.summary.zh):
        words.setdefault(sentence, 0.25)
    joined = {tidy(word).replace(" ", ""): weight for word, weight in words.items()}
    return [Term(word, place, weight) for word, weight in joined.items() if len(hanzi_in(word)) >= 2]


def english_terms(guide: ServiceGuide, place: int) -> list[Term]:
    weights: dict[str, float] = {}
    sources = [(guide.plain_name.en, 1.0), (guide.official_name.en, 0.7), (guide.hint.en, 0.35)]
    sources += [(word, 0.9) for word in guide.keywords if not hanzi_in(word)]
    for words, weight in sources:
        for word in english_words(words):
            weights[word] = max(weight, weights.get(word, 0.0))
    return [Term(word, place, weight) for word, weight in weights.items()]


def english_words(words: str) -> list[str]:
    return [stem(word) for word in re.findall(r"[a-z]{2,}", tidy(words)) if word not in ENGLISH_FILLER]


def stem(word: str) -> str:
    """Crude on purpose: renting, rents and rent meet; what it spoils, it spoils on both sides."""
    for ending, least in (("ing", 6), ("ment", 8), ("ed", 5), ("es", 6), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word
