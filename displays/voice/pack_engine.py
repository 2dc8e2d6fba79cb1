"""Calls joined from the clips of a voice pack; what nobody recorded is said by the engine."""

import tempfile
from array import array
from pathlib import Path

from displays.voice.any_wave import even_loudness, trim_room
from displays.voice.clip_list import Piece, cut
from displays.voice.engine_client import Engine
from displays.voice.voice_pack import Manifest, VoicePack
from displays.voice.waves import Samples, read_wav, seconds_of, silence, write_wav

GAP_SECONDS = 0.03
SLOW_GAP_SECONDS = 0.16
"""Clips cannot be spoken more slowly; for whoever needs time they stand further apart."""
USUAL_RATE = 150


class PackEngine:
    """Speaks as the engine does, with the person's clips where there are any. `name` changes with the pack."""

    def __init__(self, pack: VoicePack, engine: Engine, *, rehearsing: bool = False) -> None:
        """`rehearsing`: with the clips also while they are not in use."""
        self.pack = pack
        self.rehearsing = rehearsing
        self.engine = engine

    @property
    def name(self) -> str:
        manifest = self.pack.manifest()
        return f"{self.engine.name} {manifest.mark}" if self._uses(manifest) else self.engine.name

    def _uses(self, manifest: Manifest) -> bool:
        return manifest.in_use or self.rehearsing

    def start(self) -> None:
        self.engine.start()

    def speak(self, text: str, language: str, rate: int, file: Path) -> float:
        manifest = self.pack.manifest()
        pieces = cut(text, manifest.clips.get(language, {})) if self._uses(manifest) else []
        if not any(piece.clip for piece in pieces):
            return self.engine.speak(text, language, rate, file)
        gap = SLOW_GAP_SECONDS if rate < USUAL_RATE else GAP_SECONDS
        sound = array("h")
        for piece in pieces:
            sound.extend(self._piece(piece, manifest, language, rate))
            sound.extend(silence(gap + piece.pause_seconds))
        write_wav(file, sound)
        return seconds_of(sound)

    def _piece(self, piece: Piece, manifest: Manifest, language: str, rate: int) -> Samples:
        clip = self.pack.clip(manifest.clips[language][piece.clip]) if piece.clip else None
        return clip if clip is not None else self._spoken(piece.text, language, rate)

    def _spoken(self, text: str, language: str, rate: int) -> Samples:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "part.wav"
            self.engine.speak(text, language, rate, file)
            return even_loudness(trim_room(read_wav(file)))
