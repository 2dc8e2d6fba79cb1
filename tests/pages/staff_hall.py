"""The demo hall from outside: people who speak to its published API, to set the scene for a browser."""

from __future__ import annotations

import subprocess
from typing import Any

import requests
from playwright.sync_api import Page

from queue_server.demo.password import DEMO_PASSWORD


class Member:
    """Somebody signed in, without a browser."""

    def __init__(self, address: str, person: str) -> None:
        self.address = f"{address}/api/v1"
        self.http = requests.Session()
        answer = self.http.post(
            f"{self.address}/session", json={"person": person, "password": DEMO_PASSWORD}, timeout=10
        )
        self.http.headers["X-CSRF-Token"] = answer.json()["csrf"]

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self.http.post(f"{self.address}{path}", json=body, timeout=10)
        assert answer.ok, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def get(self, path: str) -> dict[str, Any]:
        content: dict[str, Any] = self.http.get(f"{self.address}{path}", timeout=10).json()
        return content


class StaffHall:
    def __init__(self, address: str, server: subprocess.Popen[str]) -> None:
        self.address = address
        self.server = server

    def member(self, person: str) -> Member:
        return Member(self.address, person)

    def visitors_come(self, many: int, service: str = "TQ01", **wishes: Any) -> list[str]:
        """Numbers taken one after the other with the guide's help."""
        guide = self.member("ma")
        return [guide.post("/tickets", service=service, **wishes)["ticket"] for _ in range(many)]


def sign_in(page: Page, person: str) -> None:
    """From the sign-in page to the page of one's role."""
    page.click(f"[data-person={person}]")
    if person not in {"ma", "sun", "admin"}:
        page.click(".sign-in__foot .button--main")
