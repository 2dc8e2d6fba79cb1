"""What makes an announcement heard: the machine's loudspeaker, or nothing where there is none."""

import logging
import shutil
import subprocess
from pathlib import Path
from typing import Protocol

from displays.voice.sounds import Announcement

logger = logging.getLogger(__name__)

LATE_SECONDS = 10.0
"""A loudspeaker that takes this much longer than the sound lasts is stuck."""
SOUND_CARDS = Path("/proc/asound/cards")


class Player(Protocol):
    def play(self, announcement: Announcement) -> None:
        """Returns when the announcement has been heard to its end."""


class SpeakerPlayer:
    """ALSA's `aplay`, which every Debian machine with sound has."""

    def __init__(self, command: tuple[str, ...] = ("aplay", "-q")) -> None:
        self.command = command

    def play(self, announcement: Announcement) -> None:
        try:
            subprocess.run(
                [*self.command, str(announcement.path)],
                check=True,
                timeout=announcement.seconds + LATE_SECONDS,
                stdin=subprocess.DEVNULL,
                capture_output=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            logger.error(
                "The loudspeaker did not play (%s). Check its cable and the volume, then: aplay -l",
                error,
                extra={"action": "voice_speaker_failed"},
            )


class SilentPlayer:
    """No loudspeaker here: the calls are heard from the browser of the hall display instead."""

    def __init__(self) -> None:
        self._said_so = False

    def play(self, announcement: Announcement) -> None:
        if not self._said_so:
            logger.warning(
                "This machine has no loudspeaker; calls are heard from the hall display's browser only.",
                extra={"action": "voice_no_speaker"},
            )
            self._said_so = True


def has_loudspeaker(cards: Path = SOUND_CARDS) -> bool:
    """Whether the kernel knows a sound card and there is a program to play with."""
    try:
        listed = cards.read_text()
    except OSError:
        return False
    return "[" in listed and shutil.which("aplay") is not None


def player_of_this_machine() -> Player:
    return SpeakerPlayer() if has_loudspeaker() else SilentPlayer()
