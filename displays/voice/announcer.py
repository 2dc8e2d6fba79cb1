"""One loudspeaker: emergencies, broadcasts, calls; one after another, each exactly once, never one that is too old."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from displays.voice.phrase import Call
from displays.voice.players import Player
from displays.voice.sounds import Announcement, Sounds
from displays.voice.spoken_record import MOST_TIMES_BEGUN, SpokenRecord
from displays.voice.trouble import VoiceTrouble
from displays.voice.utterance import Heard, Rank, What, gain_of
from displays.voice.voice_state import VoiceState

logger = logging.getLogger(__name__)

BROADCAST_STALE_AFTER_SECONDS = 300.0
"""Nobody stands up for a broadcast; but one of five minutes ago may be untrue by now."""
PLAY_AGAIN_SECONDS = 1.0
"""After the loudspeaker refused; somebody may just be plugging it in."""


class Announcer:
    """Two threads: one makes the next sound while the other plays this one."""

    def __init__(
        self,
        player: Player,
        sounds: Sounds,
        clock: Callable[[], datetime],
        stale_after_seconds: float = 30.0,
        *,
        record: SpokenRecord | None = None,
        gain_db: Callable[[], float] = lambda: 0.0,
        state: VoiceState | None = None,
    ) -> None:
        """`gain_db` is asked when a sound is made."""
        self.state = state or VoiceState()
        self.player = player
        self.sounds = sounds
        self.clock = clock
        self.stale_after_seconds = stale_after_seconds
        self.record = record or SpokenRecord()
        self.gain_db = gain_db
        self._turn = threading.Condition()
        self._to_make: list[Heard] = []
        self._ready: list[tuple[Heard, Announcement]] = []
        self._saying: Heard | None = None
        self._cut = threading.Event()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def hear(self, day: str, seq: int, what: What, at: datetime) -> bool:
        """Take something in. False when it was heard before: feeds repeat themselves after a reconnection."""
        heard = Heard(day, seq, what, at)
        if not self.record.take(heard):
            return False
        self._line_up(heard)
        return True

    def take_up(self) -> None:
        """Go on with what a voice before this one left unsaid. To be called once hall time is known."""
        for heard, begun in self.record.unsettled():
            if begun >= MOST_TIMES_BEGUN:
                self._lose(heard, "it was cut off twice")
                continue
            if begun:
                logger.warning("%s was cut off in mid-word", heard, extra={"action": "voice_call_again"})
            self._line_up(heard)

    def forget(self, day: str) -> None:
        """The log of this day was replaced: its numbers mean other calls from now on."""
        self.record.forget(day)

    def start(self) -> None:
        for work in (self._make_sounds, self._play_sounds):
            thread = threading.Thread(target=work, name=f"voice{work.__name__}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Say what is being said to its end, and nothing further; the next start says the rest while it is fresh."""
        self._stopping.set()
        with self._turn:
            self._turn.notify_all()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    # --- making

    def _line_up(self, heard: Heard) -> None:
        with self._turn:
            self._to_make.append(heard)
            self._turn.notify_all()

    def _make_sounds(self) -> None:
        while (heard := self._next_to_make()) is not None:
            if self._is_stale(heard):
                continue
            try:
                made = self.sounds.announcement(heard.what, gain_of(heard.what, self.gain_db()))
            except VoiceTrouble as trouble:
                self.state.is_not_made(str(trouble))
                self._lose(heard, str(trouble))
            except Exception:
                # one call that cannot be spoken must not silence all that follow
                logger.exception("%s was not announced", heard, extra={"action": "voice_call_lost"})
                self.record.settle(heard, "lost")
            else:
                self.state.is_made()
                self._hand_over(heard, made)

    def _next_to_make(self) -> Heard | None:
        with self._turn:
            self._turn.wait_for(lambda: self._to_make or self._stopping.is_set())
            if self._stopping.is_set():
                return None
            first = min(self._to_make, key=lambda heard: heard.rank)  # ties: who came first
            self._to_make.remove(first)
            return first

    def _hand_over(self, heard: Heard, made: Announcement) -> None:
        with self._turn:
            self._ready.append((heard, made))
            if heard.rank is Rank.EMERGENCY and self._saying is not None and self._saying.rank > heard.rank:
                self._cut.set()
            self._turn.notify_all()

    # --- saying

    def _play_sounds(self) -> None:
        while (ready := self._next_to_play()) is not None:
            heard, announcement = ready
            if not self._is_stale(heard):
                self._say(heard, announcement)

    def _next_to_play(self) -> tuple[Heard, Announcement] | None:
        with self._turn:
            self._saying = None
            self._turn.wait_for(lambda: self._ready or self._stopping.is_set())
            if self._stopping.is_set():
                return None
            first = min(self._ready, key=lambda ready: ready[0].rank)
            self._ready.remove(first)
            self._saying = first[0]
            self._cut = threading.Event()
            return first

    def _say(self, heard: Heard, announcement: Announcement) -> None:
        begun = self.record.begin(heard)
        try:
            is_whole = self.player.play(announcement, self._cut)
        except VoiceTrouble as trouble:
            logger.error("%s was not heard: %s", heard, trouble, extra={"action": "voice_speaker_failed"})
            self.state.is_not_heard(str(trouble))
            self.record.not_heard(heard)
            self._back_in_front(heard, announcement)
            self._stopping.wait(PLAY_AGAIN_SECONDS)
        except Exception:
            # a fault of ours must not end the voice
            logger.exception("%s was not heard", heard, extra={"action": "voice_call_lost"})
            self.record.settle(heard, "lost")
        else:
            if is_whole:
                self.state.is_said(str(heard))
                self.record.settle(heard, "said")
            elif begun >= MOST_TIMES_BEGUN:
                self._lose(heard, "it was cut off twice")
            else:
                logger.warning("%s was cut off by an emergency", heard, extra={"action": "voice_call_again"})
                self._back_in_front(heard, announcement)

    def _back_in_front(self, heard: Heard, announcement: Announcement) -> None:
        with self._turn:
            self._ready.insert(0, (heard, announcement))

    # --- letting go

    def _lose(self, heard: Heard, why: str) -> None:
        logger.error("%s was not announced: %s", heard, why, extra={"action": "voice_call_lost"})
        self.record.settle(heard, "lost")

    def _is_stale(self, heard: Heard) -> bool:
        limit = self.stale_after_seconds
        if not isinstance(heard.what, Call):
            limit = max(limit, BROADCAST_STALE_AFTER_SECONDS)
        age_seconds = (self.clock() - heard.at).total_seconds()
        if age_seconds <= limit:
            return False
        logger.warning(
            "%s was called %.0f s ago and is not announced any more",
            heard,
            age_seconds,
            extra={"action": "voice_call_stale"},
        )
        self.record.settle(heard, "stale")
        return True
