"""`xinting led`: follows the hall's feed and keeps the text panels above the counters."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Sequence
from typing import Any

import requests
import socketio

from displays.feed_client import FeedClient
from displays.led.counters_board import CountersBoard
from displays.led.message import message_of
from displays.led.panel import Panel

logger = logging.getLogger(__name__)

NAMESPACE = "/feed"
ASK_WITHIN_SECONDS = 5.0
CONNECT_AGAIN_SECONDS = 1.0
STALE_AFTER_SECONDS = 12.0  # two ticks of the feed missed
LOOK_EVERY_SECONDS = 0.5

Heard = tuple[str, Any]


class LedProgram:
    """One thread decides what the panels show; the feed's threads only put what they hear into its queue."""

    def __init__(
        self,
        server_url: str,
        token: str,
        panels: Sequence[Panel],
        stale_after_seconds: float = STALE_AFTER_SECONDS,
    ) -> None:
        self._url = server_url.rstrip("/")
        self._token = token
        self._panels = panels
        self._stale_after_seconds = stale_after_seconds
        self._board: CountersBoard | None = None
        self._heard_at = float("-inf")
        self._heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()

    def run(self, stop: threading.Event) -> None:
        for panel in self._panels:
            panel.start()
        feed = self._feed()
        try:
            while not stop.is_set():
                if not feed.connected:
                    self._connect(feed, stop)
                self._take()
                self._show()
        finally:
            feed.disconnect()
            for panel in self._panels:
                panel.stop()

    def _feed(self) -> FeedClient:
        feed = FeedClient(reconnection=False)
        for name in ("hello", "event", "tick", "waits", "reload"):
            feed.on(name, lambda payload=None, name=name: self._heard.put((name, payload)), namespace=NAMESPACE)
        return feed

    def _connect(self, feed: FeedClient, stop: threading.Event) -> None:
        try:
            feed.connect(
                self._url,
                transports=["websocket"],
                namespaces=[NAMESPACE],
                auth={"token": self._token, "audience": "display"},
            )
        except socketio.exceptions.ConnectionError as error:
            logger.warning("The hall's feed is away (%s); trying again", error, extra={"action": "led_feed_away"})
            stop.wait(CONNECT_AGAIN_SECONDS)

    def _take(self) -> None:
        """What was heard since the last look, at most half a second's waiting."""
        try:
            name, payload = self._heard.get(timeout=LOOK_EVERY_SECONDS)
        except queue.Empty:
            return
        self._heard_at = time.monotonic()
        # events in the queue may be older than the board read now: it knows its own seq, and passes them over
        if name in ("hello", "reload") or (name == "event" and not (self._board and self._board.apply(payload))):
            self._read_board()

    def _read_board(self) -> None:
        try:
            answer = requests.get(
                f"{self._url}/api/v1/board",
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=ASK_WITHIN_SECONDS,
            )
            answer.raise_for_status()
            board = CountersBoard()
            board.take(answer.json())
            self._board = board
        except (requests.RequestException, ValueError, KeyError) as error:
            self._board = None
            logger.warning("The board could not be read (%r)", error, extra={"action": "led_feed_away"})

    def _show(self) -> None:
        is_stale = time.monotonic() - self._heard_at > self._stale_after_seconds
        board = None if is_stale else self._board
        for panel in self._panels:
            counter = board.counter(panel.counter) if board else None
            panel.show(message_of(counter, is_danger=board is not None and board.is_danger))
