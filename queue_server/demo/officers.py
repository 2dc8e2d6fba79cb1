"""Simulated officers: open the desk, call, wait for the visitor, serve, end; now and then park, move on or miss."""

from __future__ import annotations

import logging

from queue_server.demo.hall_client import HallClient, Refused
from queue_server.demo.profile import (
    CLEAR_THE_DESK_SECONDS,
    LATE_SECONDS,
    PARKED_SECONDS,
    RECALL_AFTER_MORE_SECONDS,
    SHARE_BOUNCING,
    SHARE_COMING_LATE,
    SHARE_PARKED,
    service_seconds,
)
from queue_server.demo.world import World

logger = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 20


class Officer:
    """One officer at one counter. Each step plans the next on the agenda."""

    def __init__(self, world: World, person: str, counter: str, purpose: str) -> None:
        self.world = world
        self.person = person
        self.counter = counter
        self.purpose = purpose
        self.hall = HallClient(world.url)
        self.signed_in = False

    def begin(self) -> None:
        """Sign in and open the desk; somebody else may sit there, then look again later."""
        if not self.signed_in:
            self.hall.sign_in(self.person, self.world.password, self.counter)
            self.signed_in = True
        try:
            self.hall.post(f"/counters/{self.counter}/open")
        except Refused as refusal:
            logger.info("Counter %s stays as it is: %s", self.counter, refusal.code)
            self.world.plan(600, self.begin)
            return
        desk = self.hall.get(f"/desks/{self.counter}")
        if ticket := desk["ticket"]:  # left over from before a restart
            self._go_on_with(ticket)
        else:
            self.call_next()

    def _go_on_with(self, ticket: dict) -> None:  # type: ignore[type-arg]
        number = ticket["ticket"]
        if ticket["stage"] == "called":
            self.world.plan(5, lambda: self.start(number))
        else:
            self.world.plan(60, lambda: self.end(number))

    def call_next(self) -> None:
        try:
            called = self.hall.post(f"/counters/{self.counter}/call-next")["ticket"]
        except Refused as refusal:
            if refusal.code in {"day_is_over", "desk_not_open"}:
                return
            if refusal.code == "counter_busy":
                self.world.plan(60, self.begin)
                return
            self.world.plan(LOOK_AGAIN_SECONDS, self.call_next)
            return
        number = called["ticket"]
        visitor = self.world.visitors.get(number)
        if visitor is not None and visitor.misses_the_call:
            self.world.plan(self.world.recall_seconds + RECALL_AFTER_MORE_SECONDS, lambda: self.recall(number))
        else:
            self.world.plan(visitor.walk if visitor else 30, lambda: self.start(number))

    def recall(self, number: str) -> None:
        """Calls again until the hall lets the officer mark the ticket missed."""
        ticket = self._try(f"/tickets/{number}/recall")
        if ticket is None:
            self.call_next()
        elif ticket["calls"] < self.world.calls_before_missed:
            self.world.plan(self.world.recall_seconds + RECALL_AFTER_MORE_SECONDS, lambda: self.recall(number))
        else:
            self.world.plan(self.world.recall_seconds + RECALL_AFTER_MORE_SECONDS, lambda: self.miss(number))

    def miss(self, number: str) -> None:
        self._try(f"/tickets/{number}/missed")
        if self.world.random.random() < SHARE_COMING_LATE:
            self.world.plan(LATE_SECONDS, lambda: self.world.guide.bring_back(number))
        self.call_next()

    def start(self, number: str) -> None:
        ticket = self._try(f"/tickets/{number}/start")
        if ticket is None:
            self.call_next()
            return
        seconds = service_seconds(self.world.minutes_of(ticket["service"]), self.world.random)
        if self.world.random.random() < SHARE_PARKED:
            self.world.plan(seconds / 3, lambda: self.park(number))
        elif self.purpose == "coaching" and self.world.random.random() < SHARE_BOUNCING:
            self.world.plan(seconds / 2, lambda: self.move_to_a_counter(number))
        else:
            self.world.plan(seconds, lambda: self.end(number))

    def end(self, number: str) -> None:
        if self._try(f"/tickets/{number}/end", outcome="done") is not None:
            self.world.visit_ended(number)
        self.world.plan(CLEAR_THE_DESK_SECONDS, self.call_next)

    def park(self, number: str) -> None:
        if self._try(f"/tickets/{number}/park", reason="copy") is not None:
            self.world.plan(PARKED_SECONDS, lambda: self.world.guide.bring_back(number))
        self.world.plan(CLEAR_THE_DESK_SECONDS, self.call_next)

    def move_to_a_counter(self, number: str) -> None:
        self._try(f"/tickets/{number}/transfer", zone=self.world.staffed_zone, reason="needs_counter")
        self.world.plan(CLEAR_THE_DESK_SECONDS, self.call_next)

    def _try(self, path: str, **body: object) -> dict | None:  # type: ignore[type-arg]
        """The ticket after the command; None when the hall refused (a guide was quicker, the visitor left)."""
        try:
            ticket: dict | None = self.hall.post(path, **body)["ticket"]  # type: ignore[type-arg]
        except Refused as refusal:
            logger.info("%s: %s", path, refusal.code)
            return None
        return ticket


class Guide:
    """A simulated guide: brings people back and answers calls for help after a while."""

    def __init__(self, world: World, person: str) -> None:
        self.world = world
        self.person = person
        self.hall = HallClient(world.url)

    def begin(self) -> None:
        self.hall.sign_in(self.person, self.world.password)

    def bring_back(self, number: str) -> None:
        try:
            self.hall.post(f"/tickets/{number}/return")
        except Refused as refusal:
            logger.info("%s was not brought back: %s", number, refusal.code)
