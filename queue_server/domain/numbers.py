"""How a number is written: a letter and four digits, which visitors compare on paper and screen one by one."""

from __future__ import annotations

LAST_NUMBER = 9999


def whole_number(prefix: str, number: int) -> str:
    return f"{prefix}{number:04d}"


def split_number(ticket: str) -> tuple[str, int]:
    """("T", 23) of T0023. Raises ValueError for what is no number."""
    prefix = ticket.rstrip("0123456789")
    return prefix, int(ticket[len(prefix) :])
