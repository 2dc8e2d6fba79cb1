"""WAV files of any maker brought to our one format, and speech brought to one loudness (ITU-R BS.1770)."""

import wave
from array import array
from math import gcd
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from displays.voice.waves import HIGHEST_PEAK, SAMPLE_RATE, Samples

LOUDNESS_LUFS = -20.0
"""What our own engine's phrases have at their even level, so that clips and engine may stand side by side."""
MEASURED_SECONDS = 1.2
LONGEST_SECONDS = 60.0
SILENT_SHARE = 0.04
"""Of the loudest moment: below that it is the room, not the speaker (28 dB)."""
BLOCK = SAMPLE_RATE // 100
MARGIN_BLOCKS = 4
FADE = SAMPLE_RATE // 100


def read_any_wav(source: Path | BinaryIO) -> Samples:
    """Mono or stereo, 8 to 32 bit, any rate. ValueError when it is no such file, or longer than a minute."""
    try:
        with wave.open(str(source) if isinstance(source, Path) else source, "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            if not 8_000 <= rate <= 192_000 or channels > 8 or file.getnframes() > LONGEST_SECONDS * rate:
                raise ValueError(f"a sound of {channels} channels, {rate} Hz, {file.getnframes()} frames")
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"not a WAV file: {error}") from error
    whole = frames[: len(frames) - len(frames) % (channels * width)]
    sound = _as_numbers(whole, width).reshape(-1, channels).mean(axis=1)
    if rate != SAMPLE_RATE and len(sound):
        from scipy.signal import resample_poly  # a second and more to load, for sounds from elsewhere alone

        common = gcd(rate, SAMPLE_RATE)
        sound = resample_poly(sound, SAMPLE_RATE // common, rate // common)
    return _samples(sound)


def _as_numbers(frames: bytes, width: int) -> Any:
    """As 16 bit would have them."""
    match width:
        case 1:
            return (np.frombuffer(frames, dtype=np.uint8).astype(float) - 128) * 256
        case 2:
            return np.frombuffer(frames, dtype="<i2").astype(float)
        case 3:
            bytes_ = np.frombuffer(frames, dtype=np.uint8).reshape(-1, 3)
            return (bytes_[:, 1].astype(np.uint16) | (bytes_[:, 2].astype(np.uint16) << 8)).view(np.int16).astype(float)
        case 4:
            return np.frombuffer(frames, dtype="<i4").astype(float) / 65536
    raise ValueError(f"{8 * width} bit sound")


def trim_room(samples: Samples) -> Samples:
    """Cut the room's noise at both ends. Nothing is left when nobody spoke."""
    sound = np.frombuffer(samples, dtype=np.int16).astype(float)
    count = len(sound) // BLOCK
    if not count:
        return array("h")
    levels = np.sqrt((sound[: count * BLOCK].reshape(count, BLOCK) ** 2).mean(axis=1))
    spoken = np.flatnonzero(levels > max(120.0, SILENT_SHARE * levels.max()))
    if not len(spoken):
        return array("h")
    first, last = max(0, spoken[0] - MARGIN_BLOCKS), min(count, spoken[-1] + 1 + MARGIN_BLOCKS)
    return _samples(_faded(sound[first * BLOCK : last * BLOCK]))


def _faded(sound: Any) -> Any:
    """No click where a clip begins and ends."""
    ramp = np.linspace(0, 1, min(FADE, len(sound) // 2))
    sound = sound.copy()
    sound[: len(ramp)] *= ramp
    sound[len(sound) - len(ramp) :] *= ramp[::-1]
    return sound


def loudness_lufs(samples: Samples) -> float:
    """Integrated loudness. A short clip is measured as if it were said over and over: the standard needs 0.4 s."""
    import pyloudnorm  # takes a third of a second, which a voice without clips need not wait for

    sound = np.frombuffer(samples, dtype=np.int16) / 32768
    if not sound.any():
        return float("-inf")
    times = int(np.ceil(MEASURED_SECONDS * SAMPLE_RATE / len(sound)))
    return float(pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(np.tile(sound, times)))


def even_loudness(samples: Samples) -> Samples:
    loudness = loudness_lufs(samples)
    if not np.isfinite(loudness):
        return samples
    sound = np.frombuffer(samples, dtype=np.int16) * 10 ** ((LOUDNESS_LUFS - loudness) / 20)
    peak = np.abs(sound).max()
    return _samples(sound if peak <= HIGHEST_PEAK else sound * (HIGHEST_PEAK / peak))


def _samples(sound: Any) -> Samples:
    return array("h", np.clip(np.rint(sound), -32768, 32767).astype("<i2").tobytes())
