"""When counters call people: the usual spans of a day, corrected by what is seen now. Minutes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Span = tuple[float, float]

SLOT_MINUTES = 5
SLOTS = 1440 // SLOT_MINUTES
LOOKS_AGAIN_AFTER = 5.0
STAYS_ON = 10.0  # minutes that one who serves beyond its usual hours is expected to go on


def usual_spans(open_share: Floats) -> list[Span]:
    """[SLOTS] share of days on which a counter was open → the spans of the day in which it more often is than not."""
    is_open = np.concatenate([[False], open_share > 0.5, [False]])
    edges = np.flatnonzero(is_open[1:] != is_open[:-1]) * SLOT_MINUTES
    return [(float(opens), float(closes)) for opens, closes in edges.reshape(-1, 2)]


def from_now(spans: Sequence[Span], at: float) -> list[Span]:
    """The same spans counted from the moment `at` of the day."""
    return [(opens - at, closes - at) for opens, closes in spans]


def as_seen(spans: Sequence[Span], *, at_work: bool, absent: bool) -> list[Span]:
    """Spans counted from now, where a counter is plainly at work or plainly not, whatever is usual.

    One that is absent in its usual hours, for a break or for the day, is looked for again a little later.
    """
    usual_now = any(opens <= 0 < closes for opens, closes in spans)
    if absent and usual_now:
        return [(max(opens, LOOKS_AGAIN_AFTER), closes) for opens, closes in spans if closes > LOOKS_AGAIN_AFTER]
    ended_lately = any(-STAYS_ON <= closes <= 0 for _, closes in spans)
    if at_work and not usual_now and not ended_lately:
        return [(0.0, STAYS_ON), *spans]
    return list(spans)


def span_table(spans: Sequence[Sequence[Span]]) -> tuple[Floats, Floats]:
    """(opens, closes), each [counters, most spans]; unused places never open."""
    most = max([1, *(len(own) for own in spans)])
    opens, closes = np.full((len(spans), most), np.inf), np.full((len(spans), most), -np.inf)
    for counter, own in enumerate(spans):
        for place, (begins, ends) in enumerate(own):
            opens[counter, place], closes[counter, place] = begins, ends
    return opens, closes
