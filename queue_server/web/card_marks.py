"""The mark that a kiosk holds for two minutes after its card reader saw somebody to whom a law gives precedence.

Signed and handed to that kiosk's screen; the server keeps nothing, of the card it never knew anything. Used once: the
mark makes the id of the wish for a number, so a second use gives the same number again. Why so: decision 0035.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, TimestampSigner

FRESH_SECONDS = 120  # to find the service and press; whoever is slower lays the card again
NONCE = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class CardMark:
    nonce: str
    is_fresh: bool


class CardMarks:
    def __init__(self, key: bytes) -> None:
        self._signer = TimestampSigner(key, salt="card marks")

    def make(self, kiosk: str) -> str:
        return self._signer.sign(f"{secrets.token_hex(12)}:{kiosk}").decode()

    def read(self, mark: str, kiosk: str) -> CardMark | None:
        """None for what this hall did not give to this kiosk. An old mark still names its wish: whoever asks again
        after a lost answer gets the number that it made, never a second one."""
        try:
            value, signed_at = self._signer.unsign(mark, return_timestamp=True)
        except BadSignature:
            return None
        nonce, _, of_kiosk = value.decode().partition(":")
        if of_kiosk != kiosk or not NONCE.fullmatch(nonce):
            return None
        age = self._signer.get_timestamp() - signed_at.timestamp()
        return CardMark(nonce, -FRESH_SECONDS <= age <= FRESH_SECONDS)
