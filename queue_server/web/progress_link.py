"""The link on a ticket's paper: says which ticket and proves that the hall made it. Nothing is stored.

`1123-T0023-<20 letters>`: the day, the number, and the first 100 bits of HMAC-SHA256 over hall, day and number. Short
enough for a QR code that an old phone reads; guessing one would take longer than the hall exists.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import date, timedelta

MAC_LETTERS = 20
MAC_BYTES = 15  # what the letters need, in whole groups of five


@dataclass(frozen=True, slots=True)
class TicketOfLink:
    day: date
    ticket: str


class ProgressLinks:
    """`base` is the address phones use, without a slash at the end; `place` the page there: `p` of the visitor, `f` of
    the family, each with a key of its own, so that one link never opens the other's page.
    """

    def __init__(self, key: bytes, hall: str, base: str, place: str = "p") -> None:
        self._key = key
        self._hall = hall
        self._base = f"{base}/{place}"

    def link(self, day: date, ticket: str) -> str:
        return f"{day.month:02}{day.day:02}-{ticket}-{self._mac(day.isoformat(), ticket)}"

    def url(self, day: date, ticket: str) -> str:
        return self.url_of(self.link(day, ticket))

    def url_of(self, link: str) -> str:
        return f"{self._base}/{link}"

    def read(self, link: str, today: date) -> TicketOfLink | None:
        """The ticket of a link, if the hall made it. Every input takes the same way: one MAC, one comparison."""
        month_day, _, rest = link[:40].partition("-")
        ticket, _, mac = rest.partition("-")
        day = _latest(month_day, today)
        right = self._mac(day.isoformat() if day else "", ticket)
        same = hmac.compare_digest(right.encode(), mac.upper().encode("utf-8", "replace"))
        return TicketOfLink(day, ticket) if same and day is not None else None

    def _mac(self, day: str, ticket: str) -> str:
        digest = hmac.digest(self._key, f"{self._hall}\n{day}\n{ticket}".encode("utf-8", "replace"), "sha256")
        return base64.b32encode(digest[:MAC_BYTES]).decode("ascii")[:MAC_LETTERS]


def _latest(month_day: str, today: date) -> date | None:
    """The last day with this month and day that is not in the future (a clock may be a day ahead)."""
    for year in (today.year, today.year - 1):
        try:
            day = date(year, int(month_day[:2]), int(month_day[2:4]))
        except ValueError:
            continue
        if day <= today + timedelta(days=1):
            return day
    return None
