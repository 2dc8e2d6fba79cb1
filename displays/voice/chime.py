"""The two soft tones before a call, computed here so that no recording of unknown licence is shipped."""

import math
from array import array

from displays.voice.waves import FULL_SCALE, SAMPLE_RATE, Samples, silence

TONES_HZ = (659.26, 523.25)
"""E5, then C5: a falling third, the friendliest of door bells."""
TONE_SECONDS = 0.5
ATTACK_SECONDS = 0.012
RELEASE_SECONDS = 0.08
LOUDEST = 0.28
AFTER_SECONDS = 0.25


def make_chime() -> Samples:
    sound = array("h")
    for frequency in TONES_HZ:
        sound.extend(tone(frequency))
    sound.extend(silence(AFTER_SECONDS))
    return sound


def tone(frequency: float) -> Samples:
    """A struck bar: quick fade in, slow decay, an octave above it very softly, faded out to nothing at its end."""
    count = round(TONE_SECONDS * SAMPLE_RATE)
    samples = array("h")
    for index in range(count):
        at = index / SAMPLE_RATE
        fade_in = min(1.0, at / ATTACK_SECONDS)
        fade_out = min(1.0, (TONE_SECONDS - at) / RELEASE_SECONDS)
        level = LOUDEST * FULL_SCALE * fade_in * fade_out * math.exp(-3.0 * at)
        angle = 2 * math.pi * frequency * at
        samples.append(round(level * (0.85 * math.sin(angle) + 0.15 * math.sin(2 * angle))))
    return samples
