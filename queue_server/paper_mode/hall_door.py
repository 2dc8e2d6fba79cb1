"""The way to a running hall for a person at a command line: signed in, over HTTP, as any page."""

from __future__ import annotations

from typing import Any

import requests

WITHIN_SECONDS = 10.0


class NotEntered(Exception):
    """The hall said no; the text says why and what to do."""

    def __init__(self, said: str, code: str = "") -> None:
        super().__init__(said)
        self.code = code


class NotThere(Exception):
    """The server does not answer; the same may be asked again later."""


class HallDoor:
    def __init__(self, url: str, language: str = "zh") -> None:
        self._api = f"{url.rstrip('/')}/api/v1"
        self._session = requests.Session()
        self._session.headers["X-Xinting-Language"] = language

    def sign_in(self, person: str, password: str, code: str = "") -> None:
        """`code`: of the person's phone, or a recovery code. NotEntered with the code `code_needed`: there has to be
        one."""
        said = self.post("/session", {"person": person, "password": password} | ({"code": code} if code else {}))
        self._session.headers["X-CSRF-Token"] = said["csrf"]

    def get(self, path: str) -> dict[str, Any]:
        return self._ask("GET", path)

    def post(self, path: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        """`key`: of the wish; the same one twice is one."""
        return self._ask("POST", path, json=body, headers={"Idempotency-Key": key} if key else {})

    def _ask(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        try:
            answer = self._session.request(method, self._api + path, timeout=WITHIN_SECONDS, **more)
            said: dict[str, Any] = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise NotThere(str(error)) from error
        if answer.status_code >= 500:
            raise NotThere(str(said.get("message", answer.status_code)))
        if not answer.ok:
            raise NotEntered(str(said.get("message", answer.status_code)), str(said.get("code", "")))
        return said
