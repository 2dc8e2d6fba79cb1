"""What the hall says for one call, as text for the voice engine. Pure: no sound, no clock, no files but the words."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS_FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("zh", "en")

# 1 is yāo when digits are read one by one, as on the telephone: yī and qī are too alike in a loud room.
DIGITS_SAID_SINGLY = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
NUMERALS = "零一二三四五六七八九"
LONGEST_SPOKEN = 12
"""Characters of a ticket or counter that are read out; a longer one is a mistake that nobody should have to hear."""


@dataclass(frozen=True)
class Call:
    """One call as the voice needs it. `care` calls are spoken more slowly and never press anybody."""

    ticket: str
    counter: str
    attempt: int = 1
    care: bool = False


def phrase_for(call: Call, language: str) -> str:
    """The sentence to speak. Characters that cannot be read out in `language` are left out."""
    words = words_of(language)
    ticket = spoken_ticket(call.ticket, language)
    counter = spoken_counter(call.counter, language)
    if not ticket or not counter:
        return words["look_at_the_screen"]
    key = "recall" if call.attempt >= 2 else "call"
    if call.care:
        key = f"care_{key}"
    return words[key].format(ticket=ticket, counter=words["counter"].format(number=counter))


@cache
def words_of(language: str) -> dict[str, str]:
    if language not in LANGUAGES:
        raise ValueError(f"The voice has no words for language {language!r}; known are {', '.join(LANGUAGES)}")
    words: dict[str, str] = json.loads((WORDS_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return words


def spoken_ticket(ticket: str, language: str) -> str:
    """zh: "T 零零二三", en: "T 0 0 2 3"."""
    characters = readable(ticket, language)
    if language == "en":
        return " ".join(characters)
    spoken = "".join(DIGITS_SAID_SINGLY.get(character, character) for character in characters)
    return re.sub(r"([A-Z])(?=.)", r"\1 ", spoken)


def spoken_counter(counter: str, language: str) -> str:
    """zh: "三", "十二", "A 一"; three digits and more are read singly. en: "3", "12", "A 1"."""
    parts = re.findall(r"[0-9]+|[A-Z]|[^0-9A-Z]+", readable(counter, language))
    if language == "zh":
        parts = [chinese_number(part) if part.isdigit() else part for part in parts]
    return re.sub(r"([A-Z])(?=.)", r"\1 ", "".join(parts))


def chinese_number(digits: str) -> str:
    """ "3" → 三, "12" → 十二, "40" → 四十; from 100 on digit by digit, as room numbers are read."""
    number = int(digits)
    if number >= 100:
        return "".join(DIGITS_SAID_SINGLY[digit] for digit in digits)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def readable(text: str, language: str) -> str:
    """Capital letters and digits, and for Chinese also Hanzi: all that may reach the engine."""
    plain = unicodedata.normalize("NFKC", text).upper()
    allowed = r"[^0-9A-Z\u4e00-\u9fff]" if language == "zh" else r"[^0-9A-Z]"
    return re.sub(allowed, "", plain)[:LONGEST_SPOKEN]
