"""The sound file of one call: chime, the phrase in the hall's languages with pauses, cached on disk."""

import logging
import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from displays.voice.chime import make_chime
from displays.voice.engine_client import Engine
from displays.voice.hall_voice import HallVoice
from displays.voice.pack_engine import PackEngine
from displays.voice.phrase import LANGUAGES, Call, phrase_for
from displays.voice.screen_words import speakable
from displays.voice.sound_folder import SoundFolder
from displays.voice.trouble import VoiceTrouble
from displays.voice.utterance import Broadcast, What
from displays.voice.voice_pack import VoicePack
from displays.voice.waves import Samples, read_wav, silence, turned_up, write_wav

logger = logging.getLogger(__name__)

RATES = {"zh": 165, "en": 160}
"""Words a minute as espeak-ng counts them: unhurried in a hall with echo."""
CARE_RATE_SHARE = 0.85
SLOW_RATE_SHARE = 0.72
GUIDANCE_FILES = 3000
"""Parts of screens kept as sound; all of the kiosk's fixed words in two languages and paces are about a third of it."""
SOUND_VERSION = 1
"""Part of every name in the cache; raise it when chime, voices or loudness change, so that old files are not used."""
EMERGENCY_REPEATS = 2
EMERGENCY_CHIMES = 2
"""A hall learns in a day that one chime is a call; two are something else."""

Plan: TypeAlias = tuple[tuple[str, str, int], ...]
"""What is said, in order: (text, language, rate)."""


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
        pack: VoicePack | None = None,
    ) -> None:
        """The first language is said `repeats` times, each further one `further_repeats` times. `pack`: clips of a
        person, for calls; broadcasts and screens have any words and are left to the engine."""
        self.engine = engine
        self.pack = pack
        self.pause_seconds = pause_seconds
        self.further_repeats = further_repeats
        folder = folder.absolute()  # Flask would look for a relative one beside its own code
        self._phrases = SoundFolder(folder / "phrases", max_files)
        self._announcements = SoundFolder(folder / "announcements", max_files)
        self._signals = SoundFolder(folder / "signals", max_files)
        self._guidance = SoundFolder(folder / "guidance", GUIDANCE_FILES)
        self._making = threading.Lock()
        self.use(languages, repeats)

    def use(
        self, languages: Sequence[str], repeats: int, pause_seconds: float | None = None, *, with_chime: bool = True
    ) -> None:
        """Take over the hall's settings; sounds made before stay right, they have other names."""
        unknown = [language for language in languages if language not in LANGUAGES]
        if unknown or not languages or repeats < 1:
            raise ValueError(
                f"The voice cannot speak {list(languages)!r} {repeats} times; known: {', '.join(LANGUAGES)}"
            )
        self.languages = tuple(languages)
        self.repeats = repeats
        self.with_chime = with_chime
        self.pause_seconds = self.pause_seconds if pause_seconds is None else pause_seconds

    def follow(self, wanted: HallVoice) -> None:
        self.use(wanted.languages, wanted.repeats, wanted.pause_seconds, with_chime=wanted.chime)

    def announcement(self, what: What, gain_db: float = 0.0) -> Announcement:
        """VoiceTrouble when the engine or the disk fails. `gain_db`: louder or softer than the even level."""
        return self._announcement(self.engine if isinstance(what, Broadcast) else self.caller, what, gain_db)

    def rehearsal(self, call: Call) -> Announcement:
        """As it would sound if the pack were in use."""
        return self._announcement(
            PackEngine(self.pack, self.engine, rehearsing=True) if self.pack else self.engine, call
        )

    def _announcement(self, engine: Engine, what: What, gain_db: float = 0.0) -> Announcement:
        plan, chimes = self._plan(what), self._chimes_before(what)
        path = self._announcements.path_of(SOUND_VERSION, engine.name, self.pause_seconds, plan, chimes, gain_db)
        seconds = self._announcements.seconds_if_whole(path)
        if seconds is None:
            with self._making:
                seconds = self._announcements.seconds_if_whole(path)  # somebody made it while we waited
                if seconds is None:
                    make = lambda: turned_up(self._join(engine, plan, chimes), gain_db)  # noqa: E731
                    seconds = self._make(path, make, self._announcements)
        return Announcement(path, seconds)

    def prepare(self, call: Call) -> bool:
        """Make the sound before it is needed. False, and a log line, when that fails: the call will try again."""
        try:
            self.announcement(call)
        except VoiceTrouble as trouble:
            logger.warning("No sound was prepared: %s", trouble, extra={"action": "voice_not_prepared"})
            return False
        return True

    @property
    def caller(self) -> Engine:
        """Who says the calls."""
        return PackEngine(self.pack, self.engine) if self.pack else self.engine

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
        path = self._guidance.path_of(SOUND_VERSION, self.engine.name, words, language, rate)
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

    def _plan(self, what: What) -> Plan:
        if isinstance(what, Broadcast):
            return broadcast_plan(what)
        plan = []
        for position, language in enumerate(self.languages):
            rate = round(RATES[language] * (CARE_RATE_SHARE if what.care else 1))
            times = self.repeats if position == 0 else self.further_repeats
            plan += [(phrase_for(what, language), language, rate)] * times
        return tuple(plan)

    def _chimes_before(self, what: What) -> int:
        if isinstance(what, Broadcast) and what.emergency:
            return EMERGENCY_CHIMES
        return int(self.with_chime)

    def _join(self, engine: Engine, plan: Plan, chimes: int) -> Samples:
        sound = array("h")
        for _ in range(chimes):
            sound.extend(read_wav(self.chime().path))
        for position, part in enumerate(plan):
            if position:
                sound.extend(silence(self.pause_seconds))
            sound.extend(self._phrase(engine, *part))
        return sound

    def _phrase(self, engine: Engine, text: str, language: str, rate: int) -> Samples:
        path = self._phrases.path_of(SOUND_VERSION, engine.name, text, language, rate)
        if self._phrases.seconds_if_whole(path) is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            engine.speak(text, language, rate, path)
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


def broadcast_plan(broadcast: Broadcast) -> Plan:
    """Each language that has words; unhurried as a care call, since nobody knows these sentences by heart."""
    spoken = [
        (speakable(text, language), language, round(RATES[language] * CARE_RATE_SHARE))
        for language, text in broadcast.words
        if language in LANGUAGES
    ]
    once = tuple(part for part in spoken if part[0])
    if not once:
        raise VoiceTrouble("A broadcast has no words that can be spoken.", "Write it in Chinese or English.")
    return once * (EMERGENCY_REPEATS if broadcast.emergency else 1)
