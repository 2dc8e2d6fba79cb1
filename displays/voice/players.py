"""What makes an announcement heard: the machine's loudspeaker, or nothing where there is none."""

import logging
import shutil
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from displays.voice.sounds import Announcement
from displays.voice.trouble import VoiceTrouble

logger = logging.getLogger(__name__)

LATE_SECONDS = 10.0
"""A loudspeaker that takes this much longer than the sound lasts is stuck."""
LOOK_AGAIN_SECONDS = 0.05
SOUND_CARDS = Path("/proc/asound/cards")
ALSA = ("aplay", "-q")
# A sound must end with the voice that plays it, or the next voice would speak over it (util-linux, on every Debian).
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")
ADVICE = "Check the loudspeaker's cable and the volume, then: aplay -l"


class Player(Protocol):
    def play(self, announcement: Announcement, cut: threading.Event) -> bool:
        """Returns when the announcement has been heard to its end (True) or was cut off by `cut` (False).

        VoiceTrouble when nothing was heard."""


class SpeakerPlayer:
    """A program that plays a WAV file, its path being the last word: ALSA's `aplay`, which Debian machines have."""

    def __init__(self, command: Sequence[str] = ALSA, late_seconds: float = LATE_SECONDS) -> None:
        guard = DIES_WITH_US if shutil.which(DIES_WITH_US[0]) else ()
        self.command = (*guard, *command)
        self.late_seconds = late_seconds

    def play(self, announcement: Announcement, cut: threading.Event) -> bool:
        try:
            playing = subprocess.Popen(
                [*self.command, str(announcement.path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        except OSError as error:
            raise VoiceTrouble(f"The loudspeaker's program does not start ({error}).", ADVICE) from error
        with playing:
            deadline = time.monotonic() + announcement.seconds + self.late_seconds
            while (code := wait_a_moment(playing)) is None:
                if cut.is_set():
                    playing.kill()
                    return False
                if time.monotonic() > deadline:
                    playing.kill()
                    raise VoiceTrouble("The loudspeaker is stuck.", ADVICE)
            if code:
                said = playing.stderr.read().strip()[-200:] if playing.stderr else ""
                raise VoiceTrouble(f"The loudspeaker did not play (code {code}{': ' if said else ''}{said}).", ADVICE)
        return True


def wait_a_moment(process: subprocess.Popen[str]) -> int | None:
    try:
        return process.wait(LOOK_AGAIN_SECONDS)
    except subprocess.TimeoutExpired:
        return None


class SilentPlayer:
    """No loudspeaker here: the calls are heard from the browser of the hall display instead."""

    def __init__(self) -> None:
        self._said_so = False

    def play(self, announcement: Announcement, cut: threading.Event) -> bool:
        if not self._said_so:
            logger.error(
                "This machine has no loudspeaker; calls are heard from the hall display's browser only. "
                "Plug one in, or install aplay (apt install alsa-utils).",
                extra={"action": "voice_no_speaker"},
            )
            self._said_so = True
        return True


class MachinePlayer:
    """Looks each time: a sound card may be plugged in after the start, or fall out during the day."""

    def __init__(self, device: str | None = None) -> None:
        """`device` is ALSA's name of the card, as `aplay -L` lists them; None: the machine's usual one."""
        self._speaker = SpeakerPlayer((*ALSA, "-D", device) if device else ALSA)
        self._silent = SilentPlayer()

    def play(self, announcement: Announcement, cut: threading.Event) -> bool:
        if has_loudspeaker():
            self._silent = SilentPlayer()  # says so anew when the card is gone again
            return self._speaker.play(announcement, cut)
        return self._silent.play(announcement, cut)


def has_loudspeaker(cards: Path = SOUND_CARDS) -> bool:
    """Whether the kernel knows a sound card and there is a program to play with."""
    try:
        listed = cards.read_text()
    except OSError:
        return False
    return "[" in listed and shutil.which("aplay") is not None
