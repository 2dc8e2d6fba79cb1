"""The door of signing in: who knocks too often waits, a browser known from before is told from a stranger."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from queue_server.accounts import Person
from queue_server.accounts.codes import Checked
from queue_server.accounts.failures import Counted, of_account, of_address, of_known_browser
from queue_server.web.browser_names import browser_name
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import address, limit, set_cookie

KNOWN_COOKIE = "xinting_known_"  # one a person: a desk's machine is shared by a few
KNOWN_SECONDS = 90 * 24 * 3600
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Door:
    person: str
    counted: Sequence[Counted]

    @classmethod
    def of(cls, person: str) -> Door:
        """Knock. Raises ApiError 429 with how long to wait; else the try counts as failed until `opened`."""
        context, accounts = here(), here().accounts
        known = accounts.known_browsers.read(person, request.cookies.get(cookie_of(person), ""))
        limit("sign_in_person", known or person.casefold(), context.limits.sign_in_per_person)
        if not known:
            limit("sign_in_address", address(), context.limits.sign_in_per_address)
        counted = [of_known_browser(known)] if known else [of_account(person), of_address(address())]
        seconds = accounts.failures.try_now(counted)
        if seconds > MINUTE:
            raise ApiError(429, "sign_in_minutes", minutes=int(-(-seconds // MINUTE)), seconds=int(seconds) + 1)
        if seconds:
            raise ApiError(429, "sign_in_seconds", seconds=int(seconds) + 1)
        return cls(person, counted)

    def ask_for_code(self, code: str | None) -> None:
        """The password was right. Raises ApiError 401: a code is needed, or this one is not right."""
        if not code:
            here().accounts.failures.take_back(self.counted)
            raise ApiError(401, "code_needed")
        checked = here().accounts.codes.check(self.person, code)
        if checked is not Checked.RIGHT:
            raise ApiError(401, "code_clock" if checked is Checked.CLOCK else "code_wrong")

    def opened(self) -> None:
        here().accounts.failures.succeeded(self.counted)

    def remember(self, answer: Response) -> None:
        set_cookie(answer, cookie_of(self.person), here().accounts.known_browsers.mark(self.person), KNOWN_SECONDS)


def open_session(person: Person, counter: str | None = None, *, by_provider: bool = False) -> str:
    """The token of a new session of this browser."""
    browser = browser_name(request.headers.get("User-Agent", ""))
    sessions = here().accounts.sessions
    return sessions.open(person, counter or person.counter, address(), browser, by_provider=by_provider)


def cookie_of(person: str) -> str:
    """Names nobody to whoever looks over a shoulder."""
    return KNOWN_COOKIE + hashlib.sha256(person.encode()).hexdigest()[:8]
