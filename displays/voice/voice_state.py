"""How a loudspeaker's program is, for whoever looks after the hall: whether it can be heard, and what it said last."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


class VoiceState:
    """Told by the announcer's two threads, asked by a third. `has_speaker` is asked each time: cables are pulled."""

    def __init__(self, has_speaker: Callable[[], bool] = lambda: True) -> None:
        self._has_speaker = has_speaker
        self._turn = threading.Lock()
        self._said: str | None = None
        self._said_at: datetime | None = None
        self._not_played: str | None = None  # why the last try to play failed; None once one was heard
        self._unheard_since: float | None = None  # as far as anybody asked; by the clock that nobody sets
        self._not_made: str | None = None  # why the last sound could not be made

    def is_said(self, what: str) -> None:
        with self._turn:
            self._said, self._said_at, self._not_played = what, datetime.now(UTC), None

    def is_not_heard(self, why: str) -> None:
        with self._turn:
            self._not_played = why

    def is_made(self) -> None:
        with self._turn:
            self._not_made = None

    def is_not_made(self, why: str) -> None:
        with self._turn:
            self._not_made = why

    def view(self) -> Json:
        """`state`: speaks | mute (no loudspeaker) | stuck (it does not play) | engine (no sound can be made).
        `for_seconds`: so long it has been another one than `speaks`."""
        with self._turn:
            trouble = self._not_played or self._not_made
            now = time.monotonic()
            if not self._has_speaker():
                state = "mute"
            else:
                state = "stuck" if self._not_played else "engine" if self._not_made else "speaks"
            if state == "speaks":
                self._unheard_since = None
            elif self._unheard_since is None:
                self._unheard_since = now
            at = self._said_at.isoformat() if self._said_at else None
            return {
                "state": state,
                "for_seconds": round(now - self._unheard_since) if self._unheard_since is not None else 0,
                "problem": (trouble or "")[:200],
                "said": self._said,
                "said_at": at,
            }
