"""A folder of clips spoken by a person: `manifest.json` beside WAV files that are named by their content.

{"version": 1, "speaker": "…", "consent_at": "…", "in_use": true, "clips": {"zh": {"请": "9f….wav"}}}
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from displays.voice.any_wave import even_loudness, read_any_wav, trim_room
from displays.voice.waves import Samples, read_wav, seconds_of, write_wav

logger = logging.getLogger(__name__)

VERSION = 1
CLIP_BYTES = 2_000_000
"""10 s of the best a browser records; a clip is a second or two."""
CLIP_SECONDS = (0.1, 8.0)
MOST_CLIPS = 400
FILE_NAME = re.compile(r"[0-9a-f]{32}\.wav")


class ClipWrong(ValueError):
    """`code`: not_a_sound, too_long, too_short, silent, too_many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Manifest:
    speaker: str = ""
    consent_at: str = ""
    in_use: bool = False
    clips: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """Another one for each change: part of the names of sounds made from it."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


class VoicePack:
    """Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._turn = threading.Lock()

    def manifest(self) -> Manifest:
        """An empty one when there is none, or when it cannot be read."""
        try:
            plain = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
            return manifest_of(plain)
        except FileNotFoundError:
            return Manifest()
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            logger.error("The voice pack cannot be read (%r)", error, extra={"action": "voice_pack_unreadable"})
            return Manifest()

    def record(self, language: str, text: str, sound: bytes) -> float:
        """Keep what was recorded, trimmed and of even loudness; its length in seconds. ClipWrong."""
        samples = clip_from(sound)
        name = hashlib.sha256(samples.tobytes()).hexdigest()[:32] + ".wav"
        with self._turn:
            manifest = self.manifest()
            clips = {**manifest.clips.get(language, {}), text: name}
            if sum(map(len, manifest.clips.values())) >= MOST_CLIPS and text not in manifest.clips.get(language, {}):
                raise ClipWrong("too_many")
            write_wav(self.folder / name, samples)
            self._write(replace(manifest, clips={**manifest.clips, language: clips}))
        return seconds_of(samples)

    def drop_all(self) -> None:
        """The speaker takes the consent back: nothing of the voice stays."""
        self.take(Manifest())

    def say_who(self, speaker: str, consent_at: str, *, in_use: bool) -> None:
        with self._turn:
            self._write(replace(self.manifest(), speaker=speaker, consent_at=consent_at, in_use=in_use))

    def take(self, manifest: Manifest) -> None:
        """Another one holds from now on, its files being here already."""
        with self._turn:
            self._write(manifest)

    def path_of(self, name: str) -> Path | None:
        """A file of the pack; None when there is none of this name."""
        path = self.folder / name
        return path if FILE_NAME.fullmatch(name) and path.is_file() else None

    def clip(self, name: str) -> Samples | None:
        """Ready to be joined; None when it is gone or broken."""
        path = self.path_of(name)
        try:
            return read_wav(path) if path else None
        except (OSError, ValueError) as error:
            logger.error("A clip cannot be read (%s)", error, extra={"action": "voice_pack_unreadable"})
            return None

    def _write(self, manifest: Manifest) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / ".manifest.part"
        with part.open("w", encoding="utf-8") as file:
            json.dump({"version": VERSION, **asdict(manifest)}, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / "manifest.json")
        kept = {name for clips in manifest.clips.values() for name in clips.values()}
        for file_ in self.folder.glob("*.wav"):
            if file_.name not in kept:
                file_.unlink(missing_ok=True)


def manifest_of(plain: Any) -> Manifest:
    """ValueError when it is of another version or names files that could not be ours."""
    if plain["version"] != VERSION:
        raise ValueError(f"version {plain['version']}")
    clips = {str(language): dict(clips) for language, clips in plain["clips"].items()}
    if not all(FILE_NAME.fullmatch(name) for spoken in clips.values() for name in spoken.values()):
        raise ValueError("a file of a strange name")
    return Manifest(str(plain["speaker"]), str(plain["consent_at"]), bool(plain["in_use"]), clips)


def clip_from(sound: bytes) -> Samples:
    try:
        samples = read_any_wav(BytesIO(sound))
    except (ValueError, OSError) as error:
        raise ClipWrong("not_a_sound") from error
    trimmed = trim_room(samples)
    if not trimmed:
        raise ClipWrong("silent")
    shortest, longest = CLIP_SECONDS
    if seconds_of(trimmed) < shortest:
        raise ClipWrong("too_short")
    if seconds_of(trimmed) > longest:
        raise ClipWrong("too_long")
    return even_loudness(trimmed)
