"""How a kiosk's printer is, and what of it the server has been told."""

import threading
import time

WELL = ("ready", "paper_near_end", "unknown")


class Condition:
    """Heard of in one thread, told from another."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self.state = "unknown"
        self._heard_at = float("-inf")
        self._told: str | None = None
        self._told_at = float("-inf")

    def hear(self, state: str) -> bool:
        """Whether it is another state than before."""
        with self._turn:
            is_news = state != self.state
            self.state = state
            self._heard_at = time.monotonic()
        return is_news

    def is_older_than(self, seconds: float) -> bool:
        return time.monotonic() - self._heard_at >= seconds

    def to_tell(self, again_seconds: float) -> str | None:
        """The state, if it is news to the server or was told long ago; None before anything was heard."""
        with self._turn:
            if self._heard_at == float("-inf"):
                return None
            is_old = time.monotonic() - self._told_at >= again_seconds
            return self.state if self.state != self._told or is_old else None

    def is_told(self, state: str) -> None:
        with self._turn:
            self._told, self._told_at = state, time.monotonic()
