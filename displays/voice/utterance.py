"""What a loudspeaker may have to say: calls, and what a supervisor wants everybody to hear. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, TypeAlias

from displays.voice.phrase import LANGUAGES, Call


@dataclass(frozen=True)
class Broadcast:
    """`words` are (language, text) pairs in the order spoken. An emergency cuts off the call that is being said."""

    words: tuple[tuple[str, str], ...]
    emergency: bool = False

    @classmethod
    def of(cls, texts: Mapping[str, object], *, emergency: bool) -> "Broadcast":
        """Language → text; a language without one is not spoken."""
        spoken = tuple((language, str(texts[language])) for language in LANGUAGES if texts.get(language))
        return cls(spoken, emergency)


What: TypeAlias = Call | Broadcast


class Rank(IntEnum):
    """Who speaks first; within a rank, who came first."""

    EMERGENCY = 0
    BROADCAST = 1
    CALL = 2


@dataclass(frozen=True)
class Heard:
    """Something to say as the feed told it; `at` is when the officer called or the supervisor asked for it."""

    day: str
    seq: int
    what: What
    at: datetime

    @property
    def rank(self) -> Rank:
        if isinstance(self.what, Call):
            return Rank.CALL
        return Rank.EMERGENCY if self.what.emergency else Rank.BROADCAST

    def __str__(self) -> str:
        """As the log names it. The words of a broadcast are said in the hall, they need not stand in a file too."""
        return f"Ticket {self.what.ticket}" if isinstance(self.what, Call) else f"Broadcast {self.seq}"


def gain_of(what: What, wanted_db: float) -> float:
    """An emergency is never softer than the full level, whatever the hour."""
    return max(wanted_db, 0.0) if isinstance(what, Broadcast) and what.emergency else wanted_db


def plain_of(what: What) -> dict[str, Any]:
    return asdict(what)


def what_of(plain: dict[str, Any]) -> What:
    if "ticket" in plain:
        return Call(**plain)
    return Broadcast(tuple((language, text) for language, text in plain["words"]), plain["emergency"])
