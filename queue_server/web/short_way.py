"""The short way to a number: what kiosks press all day, without the parts of Flask that it does not need.

Only the plainest request takes it: a number, asked for as JSON by a kiosk that shows its token, or whose cookie and
CSRF token Flask has checked before. All others go to Flask before anything has happened. Who may, how often, what is
read, asked of the hall and answered are the endpoint's own functions; a no is told by Flask, in the one place that
does. Why, and what it saves: docs/decisions/0014.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

import orjson
from flask import Flask
from pydantic import ValidationError
from werkzeug.http import parse_cookie

from queue_server.web.api.common import PREFIX
from queue_server.web.api.tickets import Issue, take_number
from queue_server.web.context import EXTENSION, Context
from queue_server.web.json_answers import as_json
from queue_server.web.security import (
    BODY_LIMIT_BYTES,
    NO_OF_SHORT_WAY,
    Access,
    Who,
    csrf_pair,
    csrf_proved,
    device_of_cookie,
    device_of_token,
)

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATH = f"{PREFIX}/tickets"
ENDPOINT = "tickets.issue_ticket"


class ShortWay:
    """In front of Flask, behind what adds the headers to every answer."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._flask: WSGIApplication = app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == PATH and environ["REQUEST_METHOD"] == "POST":
            context: Context = self._app.extensions[EXTENSION]
            someone = self._kiosk(environ, context)
            body = _read(environ) if someone is not None else None
            if someone is not None and body is not None:
                try:
                    key = environ.get("HTTP_IDEMPOTENCY_KEY")
                    answer = as_json(take_number(body, someone, key, context, self._app))
                except Exception as no:  # a refusal or a fault: Flask, which comes next, tells either as ever
                    environ[NO_OF_SHORT_WAY] = no
                else:
                    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))]
                    start_response("201 CREATED", headers)
                    return [answer]
        return self._flask(environ, start_response)

    def _kiosk(self, environ: WSGIEnvironment, context: Context) -> Who | None:
        """Whoever may take the short way: a device that the endpoint lets in."""
        access: Access = self._app.view_functions[ENDPOINT].access  # type: ignore[attr-defined]
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        someone = None
        if authorization.startswith("Bearer "):
            someone = device_of_token(context.accounts, authorization[7:])
        elif kind := environ.get("HTTP_X_XINTING_DEVICE"):
            cookies = parse_cookie(environ)
            if csrf_pair(environ, cookies) in csrf_proved(self._app):
                someone = device_of_cookie(context.accounts, kind, cookies)
        return someone if someone is not None and access.allows(someone) else None


def _read(environ: WSGIEnvironment) -> Issue | None:
    """The body, where nothing about it is unusual; otherwise Flask finds it as if nobody had read it."""
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != "application/json" or not length.isdecimal():
        return None
    if int(length) > BODY_LIMIT_BYTES:
        return None
    text = environ["wsgi.input"].read(int(length))
    try:
        body = orjson.loads(text)
        return Issue.model_validate(body) if isinstance(body, dict) else _give_back(environ, text)
    except (orjson.JSONDecodeError, ValidationError):
        return _give_back(environ, text)


def _give_back(environ: WSGIEnvironment, text: bytes) -> None:
    environ["wsgi.input"] = io.BytesIO(text)
