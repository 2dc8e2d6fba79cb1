"""One rehearsal against one server, and beside it what everybody should hear, by the plainest of models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import requests

from tests.bench.processes import free_port, running
from tests.feed_delivery.listeners import PING, PONG, Heard, Listener
from tests.feed_delivery.words_said import bytes_on_the_line, length_for, on_the_line

PEOPLE = ("an", "bo", "chen")


class Server:
    def __init__(self, way: str, port: int) -> None:
        self.way = way
        self.port = port
        self._http = requests.Session()
        self.rehearsals = count(1)

    def do(self, deeds: list[list[Any]]) -> dict[str, Any]:
        answer = self._http.post(f"http://127.0.0.1:{self.port}/do", json=deeds, timeout=60)
        answer.raise_for_status()
        state: dict[str, Any] = answer.json()
        return state

    def leave(self) -> None:
        self._http.close()

    def state(self) -> dict[str, Any]:
        return self.do([])


@contextmanager
def servers(*ways: str) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        started = []
        for way in ways:
            port = free_port()
            stack.enter_context(running("tests.feed_delivery.rehearsal_server", port, way, port=port))
            started.append(Server(way, port))
            stack.callback(started[-1].leave)
        yield started


@dataclass
class Place:
    """A listener, and what is expected to reach it."""

    listener: Listener
    rooms: set[str]
    expected: list[Heard] = field(default_factory=list)
    asked: int = 0

    def should_hear(self, message: Heard) -> None:
        self.expected.append(message)


class Rehearsal:
    """Told by its acts, which are remembered as what each listener should hear. `finish` is where it is judged."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._mark = f"{next(server.rehearsals)}-"  # rehearsals at one server do not hear each other
        self._places: dict[str, Place] = {}
        self._gone: list[Place] = []
        self._numbers = count(1)
        self._visits = count(1)

    def at(self, name: str) -> Listener | None:
        place = self._places.get(name)
        return place.listener if place else None

    def is_owed_something(self, name: str) -> bool:
        place = self._places.get(name)
        return place is not None and len(place.listener.heard) < len(place.expected)

    def expected(self, name: str) -> list[Heard]:
        return self._places[name].expected

    def come(self, name: str, way: str, rooms: list[str]) -> Listener:
        """Whoever was here by that name is gone."""
        self.vanish(name)
        known_as = f"{self._mark}{name}-{next(self._visits)}"
        listener = Listener(self.server.port, known_as, [self._mark + room for room in rooms], way)
        self._places[name] = Place(listener, set(rooms))
        return listener

    def vanish(self, name: str) -> None:
        if place := self._places.pop(name, None):
            place.listener.vanish()
            self._gone.append(place)

    def do(self, *deeds: tuple[Any, ...]) -> dict[str, Any]:
        """Have the server do these, one after another and at once, and note what should be heard."""
        sent: list[list[Any]] = []
        for name, *how in deeds:
            sent += getattr(self, f"_{name}")(*how)
        return self.server.do(sent)

    def finish(self) -> None:
        """Everybody who is here listens to the end, and has heard what should be heard; those gone, a part of it."""
        last = length_for(100, 0)
        self.do(*[("tell", name, last) for name in self._places])
        for place in self._places.values():
            place.listener.upgrade()  # whoever was about to
            place.listener.listen_until(place.expected[-1])
            assert place.listener.heard == place.expected, self._difference(place)
        for place in self._gone:
            assert place.listener.heard == place.expected[: len(place.listener.heard)], self._difference(place)

    def __enter__(self) -> Rehearsal:
        return self

    def __exit__(self, *_: object) -> None:
        """Everybody goes."""
        for name in list(self._places):
            self.vanish(name)

    def _difference(self, place: Place) -> str:
        def short(messages: list[Heard]) -> list[str]:
            return [f"{message[:24]!r}…{len(message)}" for message in messages]

        return f"{self.server.way}: {short(place.listener.heard)} instead of {short(place.expected)}"

    # --- deeds: what is sent to the server, and what follows from it

    def _tell(self, to: str | list[str], on_line: int) -> list[list[Any]]:
        number = next(self._numbers)
        length = length_for(on_line, number)
        if isinstance(to, str) and to in PEOPLE:
            if place := self._places.get(to):
                place.should_hear(on_the_line(number, length))
                return [["tell", place.listener.name, number, length]]
            return []
        rooms = [to] if isinstance(to, str) else to
        for place in self._in(*rooms):
            place.should_hear(on_the_line(number, length))
        marked = [self._mark + room for room in rooms]
        return [["tell", marked[0] if isinstance(to, str) else marked, number, length]]

    def _tell_many(self, room: str, on_line: int, times: int) -> list[list[Any]]:
        return [deed for _ in range(times) for deed in self._tell(room, on_line)]

    def _tell_bytes(self, name: str, length: int) -> list[list[Any]]:
        """To one: engine.io itself fails when bytes go to polls and websockets together (it keeps what it encoded)."""
        place = self._places.get(name)
        if not place:
            return []
        number = next(self._numbers)
        place.expected += bytes_on_the_line(number, length)
        return [["tell_bytes", place.listener.name, number, length]]

    def _tell_others(self, room: str, length: int, skipped: str) -> list[list[Any]]:
        number = next(self._numbers)
        for place in self._in(room):
            if place is not self._places.get(skipped):
                place.should_hear(on_the_line(number, length))
        known_as = self._places[skipped].listener.name if skipped in self._places else ""
        return [["tell_others", self._mark + room, number, length, known_as]]

    def _ask(self, name: str, length: int) -> list[list[Any]]:
        place = self._places.get(name)
        if not place:
            return []
        number = next(self._numbers)
        place.asked += 1
        place.should_hear(on_the_line(number, length, place.asked))
        return [["ask", place.listener.name, number, length]]

    def _ping(self, name: str) -> list[list[Any]]:
        place = self._places.get(name)
        if not place:
            return []
        place.should_hear(PING)
        return [["ping", place.listener.name]]

    def _join(self, name: str, room: str) -> list[list[Any]]:
        place = self._places.get(name)
        if not place:
            return []
        place.rooms.add(room)
        return [["join", place.listener.name, self._mark + room]]

    def _leave(self, name: str, room: str) -> list[list[Any]]:
        place = self._places.get(name)
        if not place:
            return []
        place.rooms.discard(room)
        return [["leave", place.listener.name, self._mark + room]]

    def _breathe(self) -> list[list[Any]]:
        return [["breathe"]]

    def _in(self, *rooms: str) -> list[Place]:
        return [place for place in self._places.values() if place.rooms & set(rooms)]


def perform(acts: list[tuple[Any, ...]], rehearsal: Rehearsal) -> None:
    """Acts of somebody who is not there, or cannot do that just now, are left out."""
    for act, *how in acts:
        if act == "do":
            rehearsal.do(*how[0])
        elif act == "come":
            rehearsal.come(*how)
        elif act == "vanish":
            rehearsal.vanish(*how)
        elif listener := rehearsal.at(*how):
            if act == "pong":
                listener.say(PONG)
            elif act != "listen":
                getattr(listener, act)()
            elif listener.may_listen and rehearsal.is_owed_something(*how):
                listener.listen()
