"""A reader for trying out and for tests: a file put into its folder is a card laid on it. The screen says 模拟读卡器.

`echo 72 > FOLDER/card` lays the card of somebody of 72, an eighteen-digit number lays that card, `slow` one that does
not answer, anything else something that is no card. `touch FOLDER/unplugged` unplugs the reader.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kiosk.card.age import NotACard, check_sign, has_reached
from kiosk.card.seen import ReaderAway, Seen

LOOK_EVERY_SECONDS = 0.2
LONGEST_CARD = 4096  # bytes; whatever is longer is no card


class SimulatedReader:
    is_simulated = True

    def __init__(self, folder: Path, precedence_age: int, today: Callable[[], date] = date.today) -> None:
        self._folder = folder
        self.precedence_age = precedence_age
        self._today = today

    def wait_for_card(self, seconds: float) -> Seen | None:
        until = time.monotonic() + seconds
        while True:
            if (self._folder / "unplugged").exists():
                raise ReaderAway
            if (laid := self._taken()) is not None:
                return self._seen(laid)
            if time.monotonic() >= until:
                return None
            time.sleep(min(LOOK_EVERY_SECONDS, max(0.0, until - time.monotonic())))

    def _taken(self) -> str | None:
        """What lies there; it is gone afterwards."""
        card = self._folder / "card"
        try:
            with card.open("rb") as file:
                laid = file.read(LONGEST_CARD)
            card.unlink()
        except OSError:
            return None
        return laid.decode("utf-8", "replace").strip() or None

    def _seen(self, laid: str) -> Seen:
        if laid == "slow":
            return Seen.SLOW
        today = self._today()
        number = number_of_age(int(laid), today) if laid.isascii() and laid.isdigit() and len(laid) <= 3 else laid
        try:
            return Seen.OLDER if has_reached(self.precedence_age, number, today) else Seen.YOUNGER
        except NotACard:
            return Seen.UNREADABLE


def number_of_age(years: int, today: date) -> str:
    """An invented card of somebody who became so old at the new year; of no place that exists."""
    digits = f"999999{today.year - years:04d}0101000"
    return digits + check_sign(digits)
