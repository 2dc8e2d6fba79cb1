"""The sound file of one call: chime, the phrase in the hall's languages with pauses, cached on disk."""

import logging
import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from displays.voice.chime import make_chime
from displays.voice.engine_client import Engine
from displays.voice.phrase import LANGUAGES, Call, phrase_for
from displays.voice.screen_words import speakable
from displays.voice.sound_folder import SoundFolder
from displays.voice.trouble import VoiceTrouble
from displays.voice.waves import Samples, read_wav, silence, write_wav

logger = logging.getLogger(__name__)

RATES = {"zh": 165, "en": 160}
"""Words a minute as espeak-ng counts them: unhurried in a hall with echo."""
CARE_RATE_SHARE = 0.85
SLOW_RATE_SHARE = 0.72
GUIDANCE_FILES = 3000
"""Parts of screens kept as sound; all of the kiosk's fixed words in two languages and paces are about a third of it."""
SOUND_VERSION = 1
"""Part of every name in the cache; raise it when chime, voices or loudness change, so that old files are not used."""


@dataclass(frozen=True)
class Announcement:
    """A WAV file ready to be played, and how long it takes."""

    path: Path
    seconds: float


class Sounds:
    """Makes announcements. Safe to ask from many threads or greenlets: the same call is made once."""

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        languages: Sequence[str] = ("zh",),
        repeats: int = 2,
        pause_seconds: float = 1.0,
        *,
        further_repeats: int = 1,
        max_files: int = 300,
    ) -> None:
        """The first language is said `repeats` times, each further one `further_repeats` times."""
        self.engine = engine
        self.pause_seconds = pause_seconds
        self.further_repeats = further_repeats
        folder = folder.absolute()  # Flask would look for a relative one beside its own code
        self._phrases = SoundFolder(folder / "phrases", max_files)
        self._announcements = SoundFolder(folder / "announcements", max_files)
        self._signals = SoundFolder(folder / "signals", max_files)
        self._guidance = SoundFolder(folder / "guidance", GUIDANCE_FILES)
        self._making = threading.Lock()
        self.use(languages, repeats)

    def use(self, languages: Sequence[str], repeats: int, pause_seconds: float | None = None) -> None:
        """Take over the hall's settings; sounds made before stay right, they have other names."""
        unknown = [language for language in languages if language not in LANGUAGES]
        if unknown or not languages or repeats < 1:
            raise ValueError(
                f"The voice cannot speak {list(languages)!r} {repeats} times; known: {', '.join(LANGUAGES)}"
            )
        self.languages = tuple(languages)
        self.repeats = repeats
        self.pause_seconds = self.pause_seconds if pause_seconds is None else pause_seconds

    def announcement(self, call: Call) -> Announcement:
        """VoiceTrouble when the engine or the disk fails."""
        plan = self._plan(call)
        path = self._announcements.path_of(SOUND_VERSION, self.pause_seconds, plan)
        seconds = self._announcements.seconds_if_whole(path)
        if seconds is None:
            with self._making:
                seconds = self._announcements.seconds_if_whole(path)  # somebody made it while we waited
                if seconds is None:
                    seconds = self._make(path, lambda: self._join(plan), self._announcements)
        return Announcement(path, seconds)

    def prepare(self, call: Call) -> bool:
        """Make the sound before it is needed. False, and a log line, when that fails: the call will try again."""
        try:
            self.announcement(call)
        except VoiceTrouble as trouble:
            logger.warning("No sound was prepared: %s", trouble, extra={"action": "voice_not_prepared"})
            return False
        return True

    def warm_up(self) -> None:
        """Start the engine and make the chime before the first call. Never raises: the hall opens anyway."""
        try:
            self.chime()
            self.silence()
            self.engine.start()
        except VoiceTrouble as trouble:
            logger.error("The voice is not ready: %s", trouble, extra={"action": "voice_not_ready"})

    def chime(self) -> Announcement:
        """The chime alone, for trying out the loudspeaker."""
        return self._signal("chime", make_chime)

    def silence(self) -> Announcement:
        """A moment of nothing, by which a browser finds out whether it may play."""
        return self._signal("silence", lambda: silence(0.1))

    def spoken(self, text: str, language: str, *, slow: bool = False) -> Announcement | None:
        """A part of a screen read aloud, without chime; None when nothing of it can be said. VoiceTrouble as above."""
        words = speakable(text, language)
        if not words:
            return None
        rate = round(RATES[language] * (SLOW_RATE_SHARE if slow else 1))
        path = self._guidance.path_of(SOUND_VERSION, words, language, rate)
        seconds = self._guidance.seconds_if_whole(path)
        if seconds is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            seconds = self.engine.speak(words, language, rate, path)
            self._guidance.make_room()
        return Announcement(path, seconds)

    def spoken_before(self, name: str) -> Announcement | None:
        """What `spoken` made under this name, while it is kept."""
        path = self._guidance.folder / f"{name}.wav"
        seconds = self._guidance.seconds_if_whole(path)
        return None if seconds is None else Announcement(path, seconds)

    def _signal(self, name: str, make: Callable[[], Samples]) -> Announcement:
        path = self._signals.path_of(SOUND_VERSION, name)
        seconds = self._signals.seconds_if_whole(path) or self._make(path, make, self._signals)
        return Announcement(path, seconds)

    def _plan(self, call: Call) -> tuple[tuple[str, str, int], ...]:
        """What is said, in order: (text, language, rate)."""
        plan = []
        for position, language in enumerate(self.languages):
            rate = round(RATES[language] * (CARE_RATE_SHARE if call.care else 1))
            times = self.repeats if position == 0 else self.further_repeats
            plan += [(phrase_for(call, language), language, rate)] * times
        return tuple(plan)

    def _join(self, plan: tuple[tuple[str, str, int], ...]) -> Samples:
        sound = array("h", read_wav(self.chime().path))
        for position, part in enumerate(plan):
            if position:
                sound.extend(silence(self.pause_seconds))
            sound.extend(self._phrase(*part))
        return sound

    def _phrase(self, text: str, language: str, rate: int) -> Samples:
        path = self._phrases.path_of(SOUND_VERSION, text, language, rate)
        if self._phrases.seconds_if_whole(path) is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.engine.speak(text, language, rate, path)
            self._phrases.make_room()
        return read_wav(path)

    def _make(self, path: Path, make: Callable[[], Samples], folder: SoundFolder) -> float:
        try:
            samples = make()
            write_wav(path, samples)
        except (OSError, ValueError) as error:
            raise VoiceTrouble(
                f"The sound file could not be made ({error}).",
                "Check that the disk is not full and the voice folder may be written.",
            ) from error
        folder.make_room()
        seconds = folder.seconds_if_whole(path)
        if seconds is None:
            raise VoiceTrouble("The sound file is gone or broken.", "Check the disk of this machine.")
        return seconds
