"""Kiosks, officers and guides over HTTP, all at once; each writes down what it asked, was told and saw.

Whoever gets no answer asks again, under the same key, until there is one: that promise is tested here. Nobody sleeps:
who has nothing to do waits until somebody was told something, who was told to wait does so, and who finds no server
waits until one serves.
"""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import requests

from queue_server.demo.password import DEMO_PASSWORD
from queue_server.domain import commands as c
from queue_server.domain.rules import Way
from tests.several.server_processes import ServerProcess
from tests.soak.heard import Asked, Heard, Refused, Seen, Told

ANSWERS_WITHIN_SECONDS = 20
GIVES_UP_AFTER_SECONDS = 120
NEWS_WITHIN_SECONDS = 0.5  # an officer looks again by themselves, too
FAULTS = {401, 404, 422}  # no hall rule answers so to these clients: something was forgotten, or they are wrong
ZONES = ("smart", "special", "care")


@dataclass
class Floor:
    """What all clients share: the servers, which of them serve now, what was heard, and the end of the work."""

    processes: list[ServerProcess]
    heard: Heard = field(default_factory=Heard)
    over: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)
    serving: set[str] = field(default_factory=set)  # urls

    def tell(self) -> None:
        with self.changed:
            self.changed.notify_all()

    def wait_for_news(self) -> None:
        with self.changed:
            if not self.over.is_set():
                self.changed.wait(NEWS_WITHIN_SECONDS)

    def wait_for_a_server(self, chance: random.Random) -> str:
        """The address of one that serves, or should."""
        with self.changed:
            self.changed.wait_for(lambda: self.serving, GIVES_UP_AFTER_SECONDS)
            return chance.choice(sorted(self.serving) or [process.url for process in self.processes])


class Client:
    def __init__(self, name: str, actor: str, floor: Floor) -> None:
        self.name = name
        self.actor = actor
        self.floor = floor
        self.retries = 0
        self.http = requests.Session()
        self.random = random.Random(name)
        self._url = floor.processes[self.random.randrange(len(floor.processes))].url
        self._wishes = 0

    def run(self) -> None:
        self.begin()
        while not self.floor.over.is_set():
            self.act()
        self.http.close()

    def begin(self) -> None: ...

    def act(self) -> None:
        raise NotImplementedError

    def wish(
        self, path: str, kind: type[c.Command], body: dict[str, object] | None = None, **fields: object
    ) -> dict[str, Any] | None:
        """The answer; None for a no. `fields` of the command that the hall should understand."""
        self._wishes += 1
        key = f"{self.name}-{self._wishes}"
        heard = self.floor.heard
        heard.asked[key] = Asked(key, self.actor, kind, fields)
        sent = time.monotonic()
        answer = self.ask("POST", path, body or {}, {"Idempotency-Key": key})
        now = time.monotonic()
        said: dict[str, Any] = answer.json()
        if answer.status_code == 429:  # an earlier try may have been granted: neither a yes nor a no
            self.floor.over.wait(said["details"]["seconds"])
            return None
        if answer.status_code >= 400:
            heard.refused.append(Refused(key, said["code"], sent, now))
            return None
        ticket = said.get("ticket")
        number = ticket["ticket"] if isinstance(ticket, dict) else ticket
        heard.told.append(Told(key, said["seq"], number, sent, now))
        self.floor.tell()
        return said

    def ask(self, method: str, path: str, body: object, headers: dict[str, str]) -> requests.Response:
        deadline = time.monotonic() + GIVES_UP_AFTER_SECONDS
        while time.monotonic() < deadline:
            url = f"{self._url}/api/v1{path}"
            try:
                answer = self.http.request(method, url, json=body, headers=headers, timeout=ANSWERS_WITHIN_SECONDS)
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code < 500:
                assert answer.status_code not in FAULTS, f"{self.name} {path}: {answer.text}"
                return answer
            self.retries += 1
            self.floor.over.wait(0.1)  # a database that is just coming up is not to be kept busy
            self._url = self.floor.wait_for_a_server(self.random)
        raise TimeoutError(f"{self.name} had no answer to {path} for {GIVES_UP_AFTER_SECONDS} s")


class Kiosk(Client):
    def __init__(self, name: str, device: str, token: str, floor: Floor) -> None:
        super().__init__(name, f"kiosk:{device}", floor)
        self.http.headers["Authorization"] = f"Bearer {token}"

    def act(self) -> None:
        service, way = self.random.choice(["TQ01", "TQ04"]), self.random.choice(["counter", "coaching"])
        self.wish("/tickets", c.IssueTicket, {"service": service, "way": way}, service=service, way=Way(way))
        self.floor.wait_for_news()


class Member(Client):
    """Somebody of the staff, who signs in once: a session outlives the processes."""

    counter: str | None = None

    def begin(self) -> None:
        body = {"person": self.name, "password": DEMO_PASSWORD} | ({"counter": self.counter} if self.counter else {})
        signed_in = self.ask("POST", "/session", body, {})
        while signed_in.status_code == 429:  # tries whose answers were lost count as tries
            self.floor.over.wait(signed_in.json()["details"]["seconds"])
            signed_in = self.ask("POST", "/session", body, {})
        assert signed_in.status_code == 201, signed_in.text
        self.http.headers["X-CSRF-Token"] = signed_in.json()["csrf"]


class Officer(Member):
    """Looks at the counter's page and does the next thing; knows nothing else, so a killed server confuses nobody."""

    def __init__(self, name: str, counter: str, floor: Floor) -> None:
        super().__init__(name, f"officer:{name}", floor)
        self.counter = counter

    def begin(self) -> None:
        super().begin()
        self.wish(f"/counters/{self.counter}/open", c.OpenDesk, counter=self.counter, officer=self.name)

    def act(self) -> None:
        number, stage = self.look()
        chance = self.random.random()
        path = f"/tickets/{number}"
        if number is None:
            if self.wish(f"/counters/{self.counter}/call-next", c.CallNext, counter=self.counter) is None:
                self.floor.wait_for_news()
        elif stage == "called" and chance < 0.75:
            self.wish(f"{path}/start", c.StartService, ticket=number)
        elif stage == "called":
            self.wish(f"{path}/missed", c.MarkMissed, ticket=number)
        elif chance < 0.3:
            zone = self.random.choice(ZONES)
            self.wish(f"{path}/transfer", c.TransferTicket, {"zone": zone}, ticket=number, zone=zone)
        elif chance < 0.45:
            self.wish(f"{path}/park", c.ParkTicket, ticket=number)
        else:
            call = self.random.choice([True, False])
            self.wish(f"{path}/end", c.EndService, {"call_next": call}, ticket=number, call_next=call)

    def look(self) -> tuple[str | None, str | None]:
        assert self.counter is not None
        sent = time.monotonic()
        page = self.ask("GET", f"/desks/{self.counter}", None, {}).json()
        ticket = page["ticket"] or {"ticket": None, "stage": None}
        seen = Seen(self.counter, page["seq"], ticket["ticket"], ticket["stage"], sent, time.monotonic())
        self.floor.heard.seen.append(seen)
        return seen.ticket, seen.stage


class Guide(Member):
    """Moves people who were given a number, wherever they are by now."""

    def act(self) -> None:
        if known := [one.ticket for one in self.floor.heard.told[-200:] if one.ticket]:
            number, zone = self.random.choice(known), self.random.choice(ZONES)
            path = f"/tickets/{number}/transfer"
            self.wish(path, c.TransferTicket, {"zone": zone}, ticket=number, zone=zone)
        self.floor.wait_for_news()


class Crowd:
    """All clients at work, from `with` to the end of it; then each has its last answer."""

    def __init__(self, clients: list[Client], floor: Floor) -> None:
        self.clients = clients
        self._floor = floor

    def __enter__(self) -> Crowd:
        self._threads = ThreadPoolExecutor(len(self.clients))
        self._work: list[Future[None]] = [self._threads.submit(client.run) for client in self.clients]
        return self

    def __exit__(self, *_: object) -> None:
        self._floor.over.set()
        self._floor.tell()
        self._threads.shutdown()
        for one in self._work:
            one.result()

    @property
    def retries(self) -> int:
        return sum(client.retries for client in self.clients)
