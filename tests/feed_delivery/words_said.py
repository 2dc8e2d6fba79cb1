"""What is said in a rehearsal, and how it looks on the line."""

from __future__ import annotations

import json

NAMESPACE = "/feed"


def words(number: int, length: int) -> str:
    """`length` characters that say which message this is, all through: a mixed-up part would be noticed."""
    mark = f"{number}. "
    return (mark * (length // len(mark) + 1))[:length] if length else ""


def on_the_line(number: int, length: int, acknowledgement: int | None = None) -> str:
    """The Engine.IO text of one message."""
    asked = "" if acknowledgement is None else str(acknowledgement)
    return f"42{NAMESPACE},{asked}" + json.dumps(["said", words(number, length)], separators=(",", ":"))


def bytes_on_the_line(number: int, length: int) -> list[str | bytes]:
    """A message of bytes is two: what it is, and the bytes."""
    announced = json.dumps(["said", {"_placeholder": True, "num": 0}], separators=(",", ":"))
    return [f"451-{NAMESPACE},{announced}", words(number, length).encode()]


def length_for(on_line: int, number: int) -> int:
    """How many characters to say so that the message takes `on_line` bytes on the line (or as few as can be)."""
    return max(0, on_line - len(on_the_line(number, 0)))
