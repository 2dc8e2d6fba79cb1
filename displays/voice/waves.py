"""Sound as samples: read, write, trim, even out. One format everywhere: mono, 16 bit, 22,050 Hz, as espeak-ng makes."""

import math
import os
import tempfile
import wave
from array import array
from operator import mul
from pathlib import Path
from typing import TypeAlias

import numpy as np

SAMPLE_RATE = 22_050
FULL_SCALE = 32_767
EVEN_RMS = 3_300
"""About −20 dBFS: speech at this level leaves room for its peaks, and all phrases sound equally loud."""
HIGHEST_PEAK = 30_000
KNEE = 20_000
"""Above this, what is turned up grows less and less."""
SILENT_BELOW = 200
BLOCK = SAMPLE_RATE // 100
MARGIN_BLOCKS = 3
"""30 ms kept on both sides of the sound, so that a soft first consonant is not cut."""

Samples: TypeAlias = "array[int]"
"""Always array("h")."""


def silence(seconds: float) -> Samples:
    return array("h", bytes(2 * round(seconds * SAMPLE_RATE)))


def seconds_of(samples: Samples) -> float:
    return len(samples) / SAMPLE_RATE


def rms(samples: Samples) -> float:
    return math.sqrt(sum(map(mul, samples, samples)) / len(samples)) if samples else 0.0


def trim_silence(samples: Samples) -> Samples:
    """Cut what is silent at both ends; nothing is left of a sound that is silent throughout."""
    blocks = range(0, len(samples), BLOCK)
    first = next((start for start in blocks if is_loud(samples[start : start + BLOCK])), None)
    if first is None:
        return array("h")
    last = next(start for start in reversed(blocks) if is_loud(samples[start : start + BLOCK]))
    margin = MARGIN_BLOCKS * BLOCK
    return samples[max(0, first - margin) : last + BLOCK + margin]


def is_loud(block: Samples) -> bool:
    return bool(max(block) > SILENT_BELOW or min(block) < -SILENT_BELOW)


def even_level(samples: Samples) -> Samples:
    loudness = rms(samples)
    if loudness == 0:
        return samples
    peak = max(max(samples), -min(samples))
    gain = min(EVEN_RMS / loudness, HIGHEST_PEAK / peak)
    return array("h", [int(sample * gain) for sample in samples])


def turned_up(samples: Samples, gain_db: float) -> Samples:
    """Louder or, below 0 dB, softer. What would leave full scale is bent instead of cut, so that it stays speech."""
    if gain_db == 0 or not samples:
        return samples
    sound = np.frombuffer(samples, dtype=np.int16) * 10 ** (gain_db / 20)
    over = np.abs(sound) - KNEE
    room = HIGHEST_PEAK - KNEE
    bent = np.where(over > 0, np.sign(sound) * (KNEE + room * np.tanh(np.maximum(over, 0) / room)), sound)
    return array("h", bent.astype(np.int16).tobytes())


def read_wav(path: Path) -> Samples:
    """Raises ValueError for a file that is cut short, broken or of another format."""
    try:
        with wave.open(str(path), "rb") as file:
            if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, SAMPLE_RATE):
                raise ValueError(f"{path} is not mono, 16 bit, {SAMPLE_RATE} Hz")
            frames = file.readframes(file.getnframes())
            if len(frames) != 2 * file.getnframes():
                raise ValueError(f"{path} is cut short")
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{path} is not a sound file: {error}") from error
    return array("h", frames)


def write_wav(path: Path, samples: Samples) -> None:
    """Whole or not at all: written under another name, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as raw, wave.open(raw, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            file.writeframes(samples.tobytes())
        os.replace(part, path)
    except BaseException:  # whatever ended it, half a sound may not stay
        Path(part).unlink(missing_ok=True)
        raise
