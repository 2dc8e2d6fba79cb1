"""Flask's signed browser cookie, made ready only for requests that bring or need one: kiosks and programs do not."""

from __future__ import annotations

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class BrowserSessions(SecureCookieSessionInterface):
    """Reads and writes as Flask does. Flask makes a signer for every request, a tenth of the time of a ticket."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not (session or session.accessed or session.modified):
            return  # nothing was read, so nothing depends on it; nothing to write either
        super().save_session(app, session, response)
