"""pyttsx3 (espeak-ng) in a process of its own: `python -m displays.voice.engine_process --socket PATH --parent PID`.

One request at a time over a Unix socket, each a line of JSON:
{"text", "language", "rate", "file"} → {"ok": true, "seconds"} or {"ok": false, "error", "message"}.
The engine stands apart because it is native code with a thread of its own: it may hang or die, and the hall must not.
"""

import argparse
import contextlib
import json
import os
import socket
import threading
from pathlib import Path
from typing import Any

import pyttsx3
from pyttsx3.drivers import _espeak

from displays.voice.engine_life import raw_path, remove_files
from displays.voice.waves import Samples, even_level, read_wav, seconds_of, trim_silence, write_wav

# espeak-ng's voice files. `cmn` of release 1.51 reads Hanzi as English; its pinyin voice reads Hanzi as Chinese.
# Language codes will not do: asked for "en-gb" espeak-ng 1.51 keeps the voice before and only returns a code.
VOICES = {"zh": "sit/cmn-Latn-pinyin", "en": "gmw/en"}

FINISHED_WITHIN_SECONDS = 10.0
TRIES = 5
SAME_LENGTH_WITHIN = 0.02
"""Two renderings of one text differ by 0.5 % at most; one at a wrong rate or cut short differs by far more."""
LOOK_FOR_PARENT_SECONDS = 2.0
CLIENT_PATIENCE_SECONDS = 2.0


class CannotSpeak(Exception):
    """The engine did not make a sound that can be trusted."""


class Speaker:
    """The one pyttsx3 engine of this process."""

    def __init__(self, raw: Path) -> None:
        """`raw` is where pyttsx3 may write: always the same name, so that an engine that is killed leaves no heap."""
        self.raw = raw
        self.engine = pyttsx3.init("espeak")
        self.finished = threading.Event()
        self.error: Exception | None = None
        self.engine.connect("finished-utterance", lambda name, completed: self.finished.set())
        self.engine.connect("error", self._note_error)

    def _note_error(self, name: str | None, exception: Exception) -> None:
        # pyttsx3 swallows errors of its driver; an unknown voice would otherwise be silent
        self.error = exception

    def speak(self, text: str, language: str, rate: int, file: Path) -> float:
        """Write the spoken text, trimmed and of even loudness; answer its length in seconds.

        Some utterances come out at the rate before, or cut short: render until two in a row agree in length.
        """
        last = -1.0
        for _ in range(TRIES):
            samples = trim_silence(self._render(text, language, rate))
            seconds = seconds_of(samples)
            if seconds > 0 and abs(seconds - last) <= SAME_LENGTH_WITHIN * seconds:
                write_wav(file, even_level(samples))
                return seconds
            last = seconds
        raise CannotSpeak(f"No two of {TRIES} renderings agreed (last: {last:.2f} s)")

    def _render(self, text: str, language: str, rate: int) -> Samples:
        voice = VOICES[language]
        # espeak-ng works in a thread of its own. Unless it is idle before and after, voice and rate
        # arrive in the middle of an utterance and the next one ignores them.
        _espeak.Synchronize()
        self.error = None
        self.engine.setProperty("voice", voice)
        self.engine.setProperty("rate", rate)
        _espeak.Synchronize()
        self.raw.unlink(missing_ok=True)
        self.finished.clear()
        self.engine.save_to_file(text, str(self.raw))
        self.engine.runAndWait()
        # runAndWait may return before the sound exists
        if not self.finished.wait(FINISHED_WITHIN_SECONDS):
            raise CannotSpeak(f"Nothing was said within {FINISHED_WITHIN_SECONDS:.0f} s")
        if self.error is not None:
            raise CannotSpeak(f"espeak-ng refused: {self.error}")
        if self.engine.getProperty("voice") != voice.lower():
            raise CannotSpeak(f"Voice {voice} is not installed")
        try:
            return read_wav(self.raw)
        except (OSError, ValueError) as error:
            raise CannotSpeak(f"No sound was written: {error}") from error


def answer(speaker: Speaker, line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
        text, language = str(request["text"]), str(request["language"])
        rate, file = int(request["rate"]), Path(request["file"])
    except (ValueError, KeyError, TypeError) as error:
        return {"ok": False, "error": "bad_request", "message": f"Not a request: {error!r}"}
    if language not in VOICES or not text.strip():
        return {"ok": False, "error": "bad_request", "message": f"Nothing to say in language {language!r}"}
    try:
        return {"ok": True, "seconds": speaker.speak(text, language, rate, file)}
    except CannotSpeak as error:
        return {"ok": False, "error": "cannot_speak", "message": str(error)}
    except OSError as error:
        return {"ok": False, "error": "cannot_write", "message": str(error)}


def serve(speaker: Speaker, listener: socket.socket, parent: int) -> None:
    """Until the process that started us is gone: an engine without a hall must not stay behind. It says its own id,
    since it may be gone before we could ask.
    """
    listener.settimeout(LOOK_FOR_PARENT_SECONDS)
    while os.getppid() == parent:
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        connection.settimeout(CLIENT_PATIENCE_SECONDS)
        # a client that goes away in mid-sentence is its own business
        with connection, contextlib.suppress(OSError), connection.makefile("rb") as lines:
            for line in lines:
                connection.sendall(json.dumps(answer(speaker, line)).encode() + b"\n")


def listen(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    listener.listen(16)
    return listener


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--socket", type=Path, required=True, help="where to listen (a Unix socket)")
    parser.add_argument("--parent", type=int, required=True, help="the process that starts this one, and ends it")
    arguments = parser.parse_args()
    speaker = Speaker(raw=raw_path(arguments.socket))
    try:
        with listen(arguments.socket) as listener:
            serve(speaker, listener, arguments.parent)
    finally:
        remove_files(arguments.socket)


if __name__ == "__main__":
    main()
