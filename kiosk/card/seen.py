"""What a reader may say: this, and nothing else of a card."""

from __future__ import annotations

from enum import StrEnum


class Seen(StrEnum):
    """All that is ever said of a card that was laid on the reader."""

    OLDER = "older"  # of the age that the law gives precedence, or above
    YOUNGER = "younger"
    UNREADABLE = "unreadable"  # no identity card, taken away too soon, or broken
    SLOW = "slow"  # it would not answer in time


class ReaderAway(Exception):
    """Unplugged, or it does not answer. Carries no text of the driver's: that may quote a card."""
