"""A bounded folder of sound files by content: the same name always holds the same sound."""

import hashlib
import logging
import os
import wave
from pathlib import Path

logger = logging.getLogger(__name__)


class SoundFolder:
    """Keeps at most `max_files`; those not used for longest go first."""

    def __init__(self, folder: Path, max_files: int) -> None:
        self.folder = folder
        self.max_files = max_files

    def path_of(self, *content: object) -> Path:
        """Where the sound made from `content` is, or will be."""
        name = hashlib.sha256(repr(content).encode()).hexdigest()[:32]
        return self.folder / f"{name}.wav"

    def seconds_if_whole(self, path: Path) -> float | None:
        """Length of a file that can be played; None when it is missing or was cut short by a power failure."""
        try:
            with wave.open(str(path), "rb") as file:
                frames, rate = file.getnframes(), file.getframerate()
                header_and_sound = frames * file.getnchannels() * file.getsampwidth()
            if not frames or path.stat().st_size < header_and_sound:
                return None
            os.utime(path)  # used now
        except (OSError, wave.Error, EOFError):
            return None
        return frames / rate

    def make_room(self) -> None:
        """Forget what was not used for longest. A file being played stays readable until it is closed."""
        files = sorted(self.folder.glob("*.wav"), key=used_at, reverse=True)
        for file in files[self.max_files :]:
            file.unlink(missing_ok=True)
            logger.debug("Sound %s made room for newer ones", file.name)


def used_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
