"""One loudspeaker's calls: in order, one after another, each exactly once, and never one that is too old to matter."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue

from displays.voice.phrase import Call
from displays.voice.players import Player
from displays.voice.sounds import Announcement, Sounds
from displays.voice.trouble import VoiceTrouble

logger = logging.getLogger(__name__)

DAYS_REMEMBERED = 2


@dataclass(frozen=True)
class HeardCall:
    """A call as the feed told it; `at` is when the officer called."""

    day: str
    seq: int
    call: Call
    at: datetime


class Announcer:
    """Two threads: one makes the next sound while the other plays this one."""

    def __init__(
        self, player: Player, sounds: Sounds, clock: Callable[[], datetime], stale_after_seconds: float = 30.0
    ) -> None:
        self.player = player
        self.sounds = sounds
        self.clock = clock
        self.stale_after_seconds = stale_after_seconds
        self._known: dict[str, set[int]] = {}
        self._to_make: SimpleQueue[HeardCall | None] = SimpleQueue()
        self._to_play: SimpleQueue[tuple[HeardCall, Announcement] | None] = SimpleQueue()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def hear(self, day: str, seq: int, call: Call, at: datetime) -> bool:
        """Take a call in. False when it was heard before: feeds repeat themselves after a reconnection."""
        seqs = self._known.setdefault(day, set())
        if seq in seqs:
            return False
        seqs.add(seq)
        for old_day in sorted(self._known)[:-DAYS_REMEMBERED]:
            del self._known[old_day]
        self._to_make.put(HeardCall(day, seq, call, at))
        return True

    def forget(self, day: str) -> None:
        """The log of this day was replaced: its numbers mean other calls from now on."""
        self._known.pop(day, None)

    def start(self) -> None:
        for work in (self._make_sounds, self._play_sounds):
            thread = threading.Thread(target=work, name=f"voice{work.__name__}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Say the call that is being said to its end, and no further one."""
        self._stopping.set()
        self._to_make.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _make_sounds(self) -> None:
        while (heard := self._to_make.get()) is not None:
            if self._stopping.is_set() or self._is_stale(heard):
                continue
            try:
                self._to_play.put((heard, self.sounds.announcement(heard.call)))
            except VoiceTrouble as trouble:
                logger.error(
                    "Ticket %s was not announced: %s", heard.call.ticket, trouble, extra={"action": "voice_call_lost"}
                )
            except Exception:
                # one call that cannot be spoken must not silence all that follow
                logger.exception("Ticket %s was not announced", heard.call.ticket, extra={"action": "voice_call_lost"})
        self._to_play.put(None)

    def _play_sounds(self) -> None:
        while (ready := self._to_play.get()) is not None:
            heard, announcement = ready
            if self._stopping.is_set() or self._is_stale(heard):
                continue
            try:
                self.player.play(announcement)
            except Exception:
                # a broken loudspeaker must not end the voice; it may be mended
                logger.exception("Ticket %s was not heard", heard.call.ticket, extra={"action": "voice_call_lost"})

    def _is_stale(self, heard: HeardCall) -> bool:
        age_seconds = (self.clock() - heard.at).total_seconds()
        if age_seconds <= self.stale_after_seconds:
            return False
        logger.warning(
            "Ticket %s was called %.0f s ago and is not announced any more",
            heard.call.ticket,
            age_seconds,
            extra={"action": "voice_call_stale"},
        )
        return True
