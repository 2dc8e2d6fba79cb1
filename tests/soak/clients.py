"""Kiosks, officers and guides over HTTP, all at once; each writes down what it was told.

Whoever gets no answer asks again, under the same key, until there is one: that promise is tested here.
"""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import requests

from queue_server.demo.password import DEMO_PASSWORD
from tests.soak.checker import Heard, Told

ANSWERS_WITHIN_SECONDS = 20
GIVES_UP_AFTER_SECONDS = 120
FAULTS = {401, 404, 422}  # no hall rule answers so to these clients: something was forgotten, or they are wrong
ZONES = ("smart", "special", "care")


class Client:
    """`urls`: the addresses of the hall's processes; another one is tried when one does not answer."""

    def __init__(self, name: str, urls: list[str], heard: Heard, over: threading.Event) -> None:
        self.name = name
        self.over = over
        self.retries = 0
        self.http = requests.Session()
        self.random = random.Random(name)
        self._urls = urls
        self._at = self.random.randrange(len(urls))
        self._heard = heard
        self._wishes = 0

    def run(self) -> None:
        self.begin()
        while not self.over.is_set():
            self.act()
            self.over.wait(self.random.uniform(0.05, 0.5))
        self.http.close()

    def begin(self) -> None: ...

    def act(self) -> None:
        raise NotImplementedError

    def wish(self, path: str, **body: object) -> dict[str, Any] | None:
        """The answer; None for a no."""
        self._wishes += 1
        key = f"{self.name}-{self._wishes}"
        answer = self.ask("POST", path, body, {"Idempotency-Key": key})
        if answer.status_code == 429:  # an earlier try may have been granted: neither a yes nor a no
            self.over.wait(1)
            return None
        said: dict[str, Any] = answer.json()
        if answer.status_code >= 400:
            self._heard.refused.append(key)
            return None
        ticket = said.get("ticket")
        self._heard.told.append(Told(key, said["seq"], ticket["ticket"] if isinstance(ticket, dict) else ticket))
        return said

    def ask(self, method: str, path: str, body: object, headers: dict[str, str]) -> requests.Response:
        deadline = time.monotonic() + GIVES_UP_AFTER_SECONDS
        while time.monotonic() < deadline:
            url = f"{self._urls[self._at]}/api/v1{path}"
            try:
                answer = self.http.request(method, url, json=body, headers=headers, timeout=ANSWERS_WITHIN_SECONDS)
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code < 500:
                assert answer.status_code not in FAULTS, f"{self.name} {path}: {answer.text}"
                return answer
            self.retries += 1
            self._at = (self._at + 1) % len(self._urls)
            time.sleep(0.3)  # so as not to keep a hall busy that is just coming up
        raise TimeoutError(f"{self.name} had no answer to {path} for {GIVES_UP_AFTER_SECONDS} s")


class Kiosk(Client):
    def __init__(self, name: str, urls: list[str], heard: Heard, over: threading.Event, token: str) -> None:
        super().__init__(name, urls, heard, over)
        self.http.headers["Authorization"] = f"Bearer {token}"

    def act(self) -> None:
        way = self.random.choice(["counter", "coaching"])
        self.wish("/tickets", service=self.random.choice(["TQ01", "TQ04"]), way=way)


class Member(Client):
    """Somebody of the staff, who signs in once: a session outlives the processes."""

    counter: str | None = None

    def begin(self) -> None:
        body = {"person": self.name, "password": DEMO_PASSWORD} | ({"counter": self.counter} if self.counter else {})
        signed_in = self.ask("POST", "/session", body, {})
        assert signed_in.status_code == 201, signed_in.text
        self.http.headers["X-CSRF-Token"] = signed_in.json()["csrf"]


class Officer(Member):
    """Looks at the counter's page and does the next thing; knows nothing else, so a killed server confuses nobody."""

    def __init__(self, name: str, urls: list[str], heard: Heard, over: threading.Event, counter: str) -> None:
        super().__init__(name, urls, heard, over)
        self.counter = counter

    def begin(self) -> None:
        super().begin()
        self.wish(f"/counters/{self.counter}/open")

    def act(self) -> None:
        page = self.ask("GET", f"/desks/{self.counter}", None, {}).json()
        ticket = page["ticket"]
        if ticket is None:
            self.wish(f"/counters/{self.counter}/call-next")
            return
        path = f"/tickets/{ticket['ticket']}"
        if ticket["stage"] == "called":
            self.wish(path + self.random.choice(["/start", "/start", "/start", "/missed"]))
        elif self.random.random() < 0.3:
            self.wish(f"{path}/transfer", zone=self.random.choice(ZONES))
        elif self.random.random() < 0.2:
            self.wish(f"{path}/park")
        else:
            self.wish(f"{path}/end", call_next=self.random.choice([True, False]))


class Guide(Member):
    """Moves people who were given a number, wherever they are by now."""

    def act(self) -> None:
        if known := [one.ticket for one in self._heard.told[-200:] if one.ticket]:
            self.wish(f"/tickets/{self.random.choice(known)}/transfer", zone=self.random.choice(ZONES))


class Crowd:
    """All clients at work, from `with` to the end of it; then each has its last answer."""

    def __init__(self, clients: list[Client], over: threading.Event) -> None:
        self.clients = clients
        self._over = over

    def __enter__(self) -> Crowd:
        self._threads = ThreadPoolExecutor(len(self.clients))
        self._work: list[Future[None]] = [self._threads.submit(client.run) for client in self.clients]
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._threads.shutdown()
        for one in self._work:
            one.result()

    @property
    def retries(self) -> int:
        return sum(client.retries for client in self.clients)
