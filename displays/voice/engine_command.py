"""Any command that writes a WAV file as the voice's engine: a better synthesiser than ours, or a vendor's own."""

import logging
import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from displays.voice.any_wave import read_any_wav
from displays.voice.engine_client import EngineClient
from displays.voice.trouble import VoiceTrouble
from displays.voice.waves import even_level, seconds_of, trim_silence, write_wav

logger = logging.getLogger(__name__)

TRIES = 2
ADVICE = "Try the command of XINTING_VOICE_ENGINE by hand on this machine."


class CommandEngine:
    """`command` has {text} and {file}, and may have {language} (zh, en) and {rate} (words a minute). No shell reads it.

    Each phrase is a process of its own: one that hangs is ended after `timeout_seconds` and tried once more.
    """

    def __init__(self, command: str, timeout_seconds: float = 10.0) -> None:
        self.words = shlex.split(command)
        if not any("{text}" in word for word in self.words) or not any("{file}" in word for word in self.words):
            raise VoiceTrouble("The voice's command needs {text} and {file}.", "See docs/settings.md.")
        self.name = command
        self.timeout_seconds = timeout_seconds

    def speak(self, text: str, language: str, rate: int, file: Path) -> float:
        why = ""
        for attempt in range(1, TRIES + 1):
            try:
                return self._speak_once(text, language, rate, file)
            except (subprocess.SubprocessError, ValueError, OSError) as error:
                why = _why(error)
                logger.warning(
                    "The voice's command failed, attempt %s (%s)",
                    attempt,
                    why,
                    extra={"action": "voice_engine_restarted"},
                )
        raise VoiceTrouble(f"The voice's command did not speak ({why}).", ADVICE)

    def _speak_once(self, text: str, language: str, rate: int, file: Path) -> float:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, raw = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".raw")
        os.close(handle)
        # a text is never taken for an option
        filled = {"text": text.lstrip("-– "), "file": raw, "language": language, "rate": str(rate)}
        try:
            subprocess.run(
                [_fill(word, filled) for word in self.words],
                check=True,
                timeout=self.timeout_seconds,
                stdin=subprocess.DEVNULL,
                capture_output=True,
            )
            samples = even_level(trim_silence(read_any_wav(Path(raw))))
        finally:
            Path(raw).unlink(missing_ok=True)
        if not samples:
            raise ValueError("it wrote only silence")
        write_wav(file, samples)
        return seconds_of(samples)

    def start(self) -> None:
        if shutil.which(self.words[0]) is None:
            raise VoiceTrouble(f"The voice's command {self.words[0]} is not there.", ADVICE)

    def close(self) -> None:
        """Nothing runs between two phrases."""


def engine_of(command: str) -> "EngineClient | CommandEngine":
    """The one that the centre has chosen; empty: pyttsx3."""
    return CommandEngine(command) if command else EngineClient()


def _fill(word: str, filled: dict[str, str]) -> str:
    for name, value in filled.items():
        if name != "text":
            word = word.replace(f"{{{name}}}", value)
    return word.replace("{text}", filled["text"])  # last: what it says is not filled in again


def _why(error: Exception) -> str:
    """Without the command line: it holds the text."""
    match error:
        case subprocess.TimeoutExpired():
            return f"no answer within {error.timeout:.0f} s"
        case subprocess.CalledProcessError():
            said = (error.stderr or b"").decode(errors="replace").strip()[-200:]
            return f"code {error.returncode} {said}".strip()
    return str(error)
