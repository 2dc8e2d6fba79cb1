"""The bell between the server processes of one hall, through Redis: whoever appended rings, the others look at the log.

Only the log says what happened, so a ring that is lost costs nothing but a second: every process also looks by itself.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable

import redis

logger = logging.getLogger(__name__)

TRY_AGAIN_SECONDS = 1.0
LISTEN_SECONDS = 5.0  # then the line is looked after, and listening goes on


class Bell:
    """Its threads are greenlets in the server. `ring` never waits."""

    def __init__(self, redis_url: str, hall: str) -> None:
        """Raises ValueError when the address cannot be read."""
        self._redis = redis.Redis.from_url(redis_url, socket_connect_timeout=2, health_check_interval=10)
        self._channel = f"xinting:{hall}:appended"
        self._name = secrets.token_hex(4)
        self._wanted = threading.Event()
        self._is_away = False

    def start(self, look: Callable[[], None]) -> None:
        """Call `look` whenever another process has rung, and after every time in which a ring may have been lost."""
        threading.Thread(target=self._for_ever, args=(self._ring_when_wanted,), daemon=True).start()
        threading.Thread(target=self._for_ever, args=(lambda: self._hear(look),), daemon=True).start()

    def ring(self) -> None:
        """Soon, and once for all that was appended meanwhile."""
        self._wanted.set()

    def _for_ever(self, work: Callable[[], None]) -> None:
        while True:
            try:
                work()
            except redis.RedisError as error:
                self._say_away(error)
                time.sleep(TRY_AGAIN_SECONDS)

    def _ring_when_wanted(self) -> None:
        self._wanted.wait()
        self._wanted.clear()
        self._redis.publish(self._channel, self._name)

    def _hear(self, look: Callable[[], None]) -> None:
        with self._redis.pubsub() as line:  # type: ignore[no-untyped-call]
            line.subscribe(self._channel)
            while True:
                message = line.get_message(timeout=LISTEN_SECONDS)
                if message is None:
                    continue
                if message["type"] == "subscribe":
                    self._say_back()
                if message["data"] != self._name.encode():
                    look()

    def _say_away(self, error: redis.RedisError) -> None:
        if not self._is_away:
            logger.warning(
                "Redis is away: %s. Other processes are seen a second late", error, extra={"action": "redis_away"}
            )
        self._is_away = True

    def _say_back(self) -> None:
        if self._is_away:
            logger.info("Redis is back", extra={"action": "redis_back"})
        self._is_away = False
