"""How a visitor's pages look: language, large print, contrast. Kept by a cookie, or by the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request
from werkzeug.wrappers import Response

from queue_server.web.security import set_cookie
from queue_server.web.words import LANGUAGES, reader_language

COOKIE = "xinting_look"
KEPT_SECONDS = 30 * 24 * 3600
SWITCHES = ("large", "contrast")


@dataclass(frozen=True, slots=True)
class Looks:
    """`asked`: what the address itself says; it is carried on to the next page, in case no cookie is kept."""

    lang: str
    large: bool = False
    contrast: bool = False
    asked: tuple[str, ...] = ()

    @property
    def keep(self) -> str:
        """The query that the next page needs, with its question mark; empty when the address said nothing."""
        query = {name: self._value(name) for name in self.asked}
        return f"?{urlencode(query)}" if query else ""

    def keep_and(self, more: str) -> str:
        return f"{self.keep}&{more}" if self.keep else f"?{more}"

    def changed(self, *, lang: str | None = None, large: bool | None = None, contrast: bool | None = None) -> str:
        """The query that asks for the same page, looking otherwise."""
        given = {"lang": lang, "large": large, "contrast": contrast}
        new = {name: value for name, value in given.items() if value is not None}
        asked = (*self.asked, *(name for name in new if name not in self.asked))
        return replace(self, asked=asked, **new).keep  # type: ignore[arg-type]

    def as_cookie(self) -> str:
        return ".".join([self.lang, *(name for name in SWITCHES if getattr(self, name))])

    def _value(self, name: str) -> str:
        return self.lang if name == "lang" else str(int(getattr(self, name)))


def looks_of_reader(ticket_language: str | None = None) -> Looks:
    """By the address, else by the cookie, else as the number was taken; strangers as their browser prefers."""
    cookie = request.cookies.get(COOKIE, "").split(".")
    kept = cookie[0] if cookie[0] in LANGUAGES else None
    lang = _asked_language() or kept or ticket_language or reader_language()
    switches = {name: _asked(name, name in cookie[1:]) for name in SWITCHES}
    return Looks(lang, asked=_asked_names(), **switches)


def keep_looks(response: Response) -> Response:
    """Remember what the address asked for. A phone that asks for nothing gets no cookie."""
    if names := _asked_names():
        kept = looks_of_reader()
        if "lang" in names or COOKIE in request.cookies:
            set_cookie(response, COOKIE, kept.as_cookie(), KEPT_SECONDS)
        else:  # the language stays that of the ticket
            set_cookie(response, COOKIE, "." + kept.as_cookie().partition(".")[2], KEPT_SECONDS)
    return response


def _asked_language() -> str | None:
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else None


def _asked(name: str, kept: bool) -> bool:
    return {"1": True, "0": False}.get(request.args.get(name, ""), kept)


def _asked_names() -> tuple[str, ...]:
    switches = (name for name in SWITCHES if request.args.get(name) in {"0", "1"})
    return (*(["lang"] if _asked_language() else []), *switches)
