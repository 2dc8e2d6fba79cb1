"""What a password may be (after NIST SP 800-63B, 5.1.1), and the slow work of hashing away from everybody else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.security import check_password_hash, generate_password_hash

SHORTEST = 10
LONGEST = 200
LOOKED_AT = 72  # zxcvbn's own bound; what is longer and simple is simple in its beginning
GUESSES_AT_LEAST = 1_000_000  # with the delays after failures: years at the sign-in page
OUR_NAMES = ("xinting", "心厅", "公积金", "gongjijin")
NAME_FROM = 3  # signs: an id of two letters is part of too many words
MOST_WAITING = 32  # each takes about a tenth of a second

Run = Callable[..., Any]


class HashingBusy(Exception):
    """So many sign in at this moment that one more would only wait: come again in some seconds."""


def fault_of(password: str, *names: str) -> str | None:
    """Why this person may not have this password: `too_short`, `too_long`, `has_name` or `common`. No signs are
    demanded, none forbidden, and it never grows old. `names`: the person's own, in every form."""
    password = normal(password)
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    plain = password.casefold()
    own = [name.casefold() for name in names if name]
    if any(name in plain for name in own if len(name) >= NAME_FROM or not name.isascii()):
        return "has_name"
    from zxcvbn import zxcvbn  # its lists are loaded when they are wanted: the hall's start does not wait for them

    if zxcvbn(password[:LOOKED_AT], user_inputs=[*own, *OUR_NAMES])["guesses"] < GUESSES_AT_LEAST:
        return "common"
    return None


def normal(password: str) -> str:
    """The same signs however a keyboard composes them."""
    return unicodedata.normalize("NFC", password)


class Hashing:
    """scrypt takes a tenth of a second and 32 MB: one at a time, in the thread that `run` leads to."""

    def __init__(self, run: Run | None = None, most_waiting: int = MOST_WAITING) -> None:
        self._run = run or (lambda function, *values: function(*values))
        self._most_waiting = most_waiting
        self._waiting = 0

    def hash(self, password: str) -> str:
        made: str = self._do(generate_password_hash, normal(password))
        return made

    def is_right(self, known: str | None, password: str) -> bool:
        """As long for nobody's password as for somebody's: the time an answer takes tells nobody who works here."""
        right = self._do(check_password_hash, known or _nobodys_hash(), normal(password))
        return bool(known and right)

    def _do(self, function: Run, *values: object) -> Any:
        if self._waiting >= self._most_waiting:
            raise HashingBusy
        self._waiting += 1
        try:
            return self._run(function, *values)
        finally:
            self._waiting -= 1


@cache
def _nobodys_hash() -> str:
    return generate_password_hash("nobody")
