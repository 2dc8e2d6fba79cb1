"""What is written on a screen, as the voice can say it: ranges, tickets, percentages, foreign letters. Pure."""

import re
import unicodedata

from displays.voice.phrase import LANGUAGES, spoken_ticket

LONGEST_PART = 200
"""Characters of one part of a screen; the kiosk reads longer texts in several."""
TICKET = re.compile(r"(?<![0-9A-Za-z])[A-Z][0-9]{4}(?![0-9A-Za-z])")
RANGE = re.compile(r"(?<=[0-9])\s*[–—~-]\s*(?=[0-9])")
PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")
LONG_NUMBER = re.compile(r"(?<![0-9.])[0-9]{5,}(?![0-9.])")
UNSPEAKABLE = re.compile(r"[^\w\s.,:;!?%()'，。：；！？、（）“”·-]")
HANZI = re.compile(r"[\u3400-\u9fff]+")
BETWEEN = {"zh": "到", "en": " to "}


def speakable(text: str, language: str) -> str:
    """Empty when nothing of it can be said in that language (in English Hanzi would be read as “Chinese letter”)."""
    if language not in LANGUAGES:
        raise ValueError(f"The voice does not speak {language!r}; it speaks {', '.join(LANGUAGES)}")
    text = "".join(_narrow(character) for character in text[:LONGEST_PART])
    text = TICKET.sub(lambda found: f" {spoken_ticket(found[0], language)} ", text)
    text = RANGE.sub(BETWEEN[language], text)
    text = PERCENT.sub(lambda found: f"百分之{found[1]}", text) if language == "zh" else HANZI.sub(" ", text)
    # an account or a telephone number is read digit by digit
    text = LONG_NUMBER.sub(lambda found: " ".join(found[0]), text)
    text = re.sub(r"\s+", " ", UNSPEAKABLE.sub(" ", text)).strip()
    return text if re.search(r"\w", text) else ""


def _narrow(character: str) -> str:
    """Wide letters and digits as narrow ones; Chinese punctuation stays, the voice breathes at it."""
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if narrow.isalnum() else character
