"""What a visitor's query is made of once it is tidied, and the words by which a service may be found."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files

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


def tidy(query: str) -> str:
    """Full width to half width, lower case, and only letters, digits and single spaces."""
    plain = unicodedata.normalize("NFKC", query[: LONGEST_QUERY * 4]).lower().translate(SAME_WORD)
    kept = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join(kept.split())[:LONGEST_QUERY]


def hanzi_in(words: str) -> str:
    return "".join(char for char in words if is_hanzi(char))


def is_hanzi(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def core(words: str) -> str:
    """What is left of a sentence without the words that everybody says."""
    return FILLER.sub("", words)


def pairs(words: str) -> list[str]:
    """Neighbouring characters: what Chinese has between letters and words. 租房取钱 → 租房 房取 取钱."""
    return [words[i : i + 2] for i in range(len(words) - 1)]


def names_of(guide: ServiceGuide) -> list[str]:
    official = [part for part in re.split(r"[、（）()/，。]", guide.official_name.zh) if part]
    return _joined([guide.plain_name.zh, guide.official_name.zh, *official])


def spoken_of(guide: ServiceGuide) -> list[str]:
    """The words that people say for it."""
    return _joined(word for word in guide.keywords if hanzi_in(word))


def told_of(guide: ServiceGuide) -> list[str]:
    """The sentences that explain it."""
    return _joined([guide.hint.zh, *re.split(r"[。，；、：]", guide.summary.zh)])


def english_of(guide: ServiceGuide) -> list[str]:
    told = [guide.plain_name.en, guide.hint.en, *(word for word in guide.keywords if not hanzi_in(word))]
    return [word for words in told for word in english_words(words)]


def english_words(words: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]{2,}", tidy(words)) if word not in ENGLISH_FILLER]


def other_words_for(said: str) -> list[str]:
    """What the catalogue calls what somebody said in another word: 我老汉死了 also means 父亲 and 去世."""
    return [other for group in _same_meaning() for other in group if any(word in said for word in group)]


@cache
def _same_meaning() -> tuple[tuple[str, ...], ...]:
    raw = json.loads((files("queue_server.guidance") / "same_words.json").read_text(encoding="utf-8"))
    return tuple(tuple(tidy(word).replace(" ", "") for word in group) for group in raw["groups"])


def _joined(words: object) -> list[str]:
    joined = (tidy(str(word)).replace(" ", "") for word in words)  # type: ignore[attr-defined]
    return list(dict.fromkeys(word for word in joined if len(hanzi_in(word)) >= 2))
