"""The hall as its public interface shows it: plain HTTP, one session a person, nothing of the server's inside."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import requests

API = "/api/v1"
ANSWERS_WITHIN_SECONDS = 10


class Refused(Exception):
    """The hall said no; `code` is the refusal's."""

    def __init__(self, status: int, code: str, details: dict[str, Any]) -> None:
        self.status = status
        self.code = code
        self.details = details
        super().__init__(f"{status} {code}")


class HallAway(Exception):
    """The server does not answer."""


class HallClient:
    """One person's or device's way to the hall: a bearer token, or a session after `sign_in`."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._http = requests.Session()
        self._http.headers["X-Xinting-Language"] = "zh"
        if token:
            self._http.headers["Authorization"] = f"Bearer {token}"

    def sign_in(self, person: str, password: str, counter: str | None = None) -> None:
        session = self.post("/session", person=person, password=password, **({"counter": counter} if counter else {}))
        self._http.headers["X-CSRF-Token"] = session["csrf"]

    def get(self, path: str, **query: object) -> Any:
        return self._ask("GET", API + path, params=query)

    def post(self, path: str, **body: object) -> Any:
        return self._ask("POST", API + path, json=body, headers={"Idempotency-Key": secrets.token_hex(12)})

    def post_form(self, path: str, **fields: object) -> None:
        """As a visitor's phone sends the forms of the progress page."""
        self._ask("POST", path, data=fields)

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        try:
            answer = self._http.request(method, self.url + path, timeout=ANSWERS_WITHIN_SECONDS, **more)
        except requests.RequestException as error:
            raise HallAway(str(error)) from error
        if answer.status_code >= 500:
            raise HallAway(f"{answer.status_code} at {path}")
        if answer.status_code >= 400:
            refusal = answer.json() if answer.headers.get("Content-Type", "").startswith("application/json") else {}
            raise Refused(answer.status_code, refusal.get("code", "unknown"), refusal.get("details", {}))
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.json() if is_json and answer.content else None


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
