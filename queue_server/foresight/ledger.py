"""What was promised against what then was: the error of every range shown, told in public. Minutes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes
from queue_server.domain.ticket import Ticket
from queue_server.foresight.recalibration import Recalibration, fit_recalibration

SENT_HOME = "day_closed"  # reason of those whom the end of the day ended
LEAST_KEPT = 10  # with fewer an error would say nothing
DRIFTED_OF = 30  # ranges looked at for a drift
LEAST_COVERAGE, MOST_COVERAGE = 0.80, 0.98  # P90 should hold nine times in ten


@dataclass(frozen=True, slots=True)
class Shown:
    """A range that somebody was shown. `p50`, `p90`: what the forecast said before it was straightened, if it did."""

    day: date
    ticket: str
    zone: str
    service: str
    where: str  # ticket | phone
    at: datetime
    low: int
    high: int
    rough: bool
    promise: str  # certain | standby | unlikely: of the closing time
    p50: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    shown: Shown
    waited: float | None  # from the showing to the call; None while it has not come
    served: bool | None  # whether the visit was served that day; None while that is open, or left by itself


def breaks_its_word(broken: int, certain: int, risk_percent: int) -> bool:
    """Whether more promises of “certain today” were broken than the stated risk explains: two deviations above it."""
    risk = risk_percent / 100
    return broken > certain * risk + 2 * math.sqrt(certain * risk * (1 - risk))


@dataclass(frozen=True, slots=True)
class LedgerMeasures:
    """Of one zone, or of all (`zone` empty). `error`: mean distance of the wait from `low`, the forecast's middle."""

    zone: str
    shown: int
    kept: int  # of which the wait is known
    error: float | None
    bias: float | None  # above nothing: promised longer than it was
    coverage: float | None  # share of waits not longer than `high`
    certain: int  # promised to be served today …
    certain_broken: int  # … and sent home


def outcome(shown: Shown, day: HallDay) -> Kept:
    ticket = day.tickets.get(shown.ticket)
    if ticket is None:
        return Kept(shown, None, None)
    return Kept(shown, _waited(shown, ticket), served_that_day(ticket))


def served_that_day(ticket: Ticket) -> bool | None:
    """Sent home at closing is not served; of whoever left or did not come it is not known."""
    if ticket.served_call_at is not None:
        return True
    return False if ticket.reason == SENT_HOME else None


def _waited(shown: Shown, ticket: Ticket) -> float | None:
    called = ticket.first_called_at
    if called is None or called < shown.at or not is_foreseeable(ticket):
        return None
    return minutes(called - shown.at)


def is_foreseeable(ticket: Ticket) -> bool:
    """Only the wait that was foreseen is judged: whoever was sent elsewhere, stepped aside or left did not end it."""
    return not (ticket.transfers or ticket.came_back or ticket.minutes_asked)


def ledger_measures(kept: Sequence[Kept], zones: Iterable[str]) -> list[LedgerMeasures]:
    """One row for all, then one a zone."""
    return [
        measures_of("", kept),
        *(measures_of(zone, [one for one in kept if one.shown.zone == zone]) for zone in zones),
    ]


def measures_of(zone: str, kept: Sequence[Kept]) -> LedgerMeasures:
    """Ranges shown on the ticket count; those shown later on the phone are nearer to the call, and easier."""
    first = [one for one in kept if one.shown.where == "ticket"]
    known = [(one.shown, one.waited) for one in first if one.waited is not None]
    enough = len(known) >= LEAST_KEPT
    off = np.array([shown.low - waited for shown, waited in known])
    certain = [one for one in first if one.shown.promise == "certain"]
    return LedgerMeasures(
        zone,
        shown=len(first),
        kept=len(known),
        error=float(np.abs(off).mean()) if enough else None,
        bias=float(off.mean()) if enough else None,
        coverage=float(np.mean([waited <= shown.high for shown, waited in known])) if enough else None,
        certain=len(certain),
        certain_broken=sum(one.served is False for one in certain),
    )


def has_drifted(kept: Sequence[Kept]) -> bool:
    """Whether the latest ranges hold far too seldom, or so often that they must be too wide."""
    known = [one for one in kept if one.waited is not None and one.shown.where == "ticket"][-DRIFTED_OF:]
    if len(known) < DRIFTED_OF:
        return False
    held = float(np.mean([one.waited <= one.shown.high for one in known if one.waited is not None]))
    return not LEAST_COVERAGE <= held <= MOST_COVERAGE or held == 1.0


def recalibrated(kept: Iterable[Kept]) -> Recalibration:
    """From recent days' forecasts as they were before straightening."""
    rows = [
        (one.shown.p50, one.shown.p90, one.waited)
        for one in kept
        if one.waited is not None and one.shown.p50 is not None and one.shown.p90 is not None
    ]
    table = np.array(rows, np.float64).reshape(-1, 3)
    return fit_recalibration(table[:, 0], table[:, 1], table[:, 2])
