"""The five levels of 好差评 and the reasons a visitor may add, by the national codes (GB/T 39735)."""

from __future__ import annotations

from collections.abc import Iterable

LEVELS = (5, 4, 3, 2, 1)  # as the standard lists them, from 非常满意 to 非常不满意
LOW_LEVELS = (2, 1)  # 差评: somebody must look at it

# level -> codes offered; what belongs to web services only (appointment, courier) is left out in a walk-in hall
REASONS: dict[int, tuple[str, ...]] = {
    5: ("517", "510", "511", "512", "516"),
    4: ("413", "411", "408", "406", "412"),
    3: ("310", "307", "309", "311", "314"),
    2: ("213", "208", "209", "210", "214"),
    1: ("109", "108", "113", "114", "115"),
}


def reasons_of(level: int, given: Iterable[str]) -> tuple[str, ...]:
    """The codes that belong to the level, once each; others (of a level chosen before) are left out."""
    chosen = set(given)
    return tuple(code for code in REASONS.get(level, ()) if code in chosen)
