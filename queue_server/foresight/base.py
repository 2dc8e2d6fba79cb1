"""What a wait predictor gives. Small on purpose, so that a better one can take its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from queue_server.domain.calling_order import Queues
from queue_server.domain.hall_day import HallDay


@dataclass(frozen=True, slots=True)
class WaitRange:
    """Minutes from now until the call, roughly P50 to P90. `rough`: leans more on estimates than on measured data."""

    low: int
    high: int
    rough: bool
    p50: float | None = field(default=None, compare=False)  # as foreseen before it was straightened, if it was …
    p90: float | None = field(default=None, compare=False)  # … so that the ledger can judge the forecast itself


@dataclass(frozen=True, slots=True)
class TicketForecast:
    ahead: int  # people before this one who compete for the same counters
    wait: WaitRange | None  # None: not worth showing
    services: tuple[tuple[str, WaitRange | None], ...] = ()  # further services of the visit, as a newcomer would wait
    total: WaitRange | None = None  # waiting of the whole visit, its services left out; None: for one service, unknown


@dataclass(frozen=True, slots=True)
class Forecast:
    """For everybody waiting, and for somebody who would take a number now: in a zone, or for one service there."""

    tickets: Mapping[str, TicketForecast] = field(default_factory=dict)
    zones: Mapping[str, WaitRange | None] = field(default_factory=dict)
    services: Mapping[tuple[str, str], WaitRange | None] = field(default_factory=dict)  # (zone, service)
    # chance that somebody who takes a number now is called before closing; empty: not foreseen
    served_today: Mapping[tuple[str, str], float] = field(default_factory=dict)  # (zone, service)

    def for_newcomer(self, zone: str, service: str) -> WaitRange | None:
        """The wait of somebody who would take a number for this service in this zone now."""
        return self.services.get((zone, service), self.zones.get(zone))

    def for_newcomers_visit(self, first: WaitRange | None, later: Iterable[tuple[str, str]]) -> WaitRange | None:
        """The waiting for all services of a visit, as long as somebody new would wait for each later one now.

        Always rough: the queues will have changed by then. The highs are added up as they are, which is on the safe
        side. None where one of them is unknown.
        """
        waits = [first, *(self.services.get(each) for each in later)]
        known = [wait for wait in waits if wait is not None]
        if len(known) < len(waits):
            return None
        return WaitRange(sum(wait.low for wait in known), sum(wait.high for wait in known), rough=True)


class Forecaster(Protocol):
    def forecast(self, day: HallDay, at: datetime, queues: Queues | None = None) -> Forecast:
        """`queues`: the day's at this moment, from whoever has sorted them already."""
        ...
