"""Whether the holder of an identity card has reached an age: all that the kiosk wants to know of the card."""

from __future__ import annotations

import re
from datetime import date

NUMBER = re.compile(r"[0-9]{17}[0-9X]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, 6.1 (ISO 7064, MOD 11-2)
CHECKS = "10X98765432"


class NotACard(ValueError):
    """Says nothing of what was read."""


def has_reached(age: int, number: str, today: date) -> bool:
    """`number` of eighteen signs, the birthday in the seventh to the fourteenth. Raises NotACard."""
    if not NUMBER.fullmatch(number) or number[17] != check_sign(number):
        raise NotACard
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise NotACard from None  # the message would quote the day
    if born > today:
        raise NotACard
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday) >= age


def check_sign(number: str) -> str:
    """The eighteenth sign that belongs to the seventeen digits before it."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number[:17], strict=True))
    return CHECKS[total % 11]
