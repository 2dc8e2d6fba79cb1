"""How many counters a day needs, half hour by half hour: first by theory, then lived through over the hall's own rules.

Modified offered load (Jennings, Mandelbaum, Massey, Whitt 1996): the work that would be under way if nobody ever had to
wait, m(t), lags behind the arrivals; the stationary Erlang-C formula on m(t) then gives the counters. Plain half-hour
Erlang-C misses the half hours after a peak.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from queue_server.foresight.erlang import servers_for
from queue_server.foresight.habits import ARRIVAL_MINUTES, Floats, Habits

STEP_MINUTES = 5.0


@dataclass(frozen=True, slots=True)
class Target:
    """At most this share waits longer than so many minutes."""

    minutes: float = 10.0
    share: float = 0.10


def offered_load(per_minute: Floats, service_times: Floats) -> Floats:
    """m(t) at the middle of each half hour: ∫ λ(t − u) P(S > u) du. `per_minute`: arrivals by half hours."""
    longer_than = np.arange(0.0, float(service_times[-1]) + STEP_MINUTES, STEP_MINUTES) + STEP_MINUTES / 2
    still_there = 1 - np.searchsorted(service_times, longer_than, side="right") / len(service_times)
    steps = int(ARRIVAL_MINUTES / STEP_MINUTES)
    rates = np.repeat(per_minute, steps)
    load = np.convolve(rates, still_there)[: len(rates)] * STEP_MINUTES
    return np.asarray(load.reshape(-1, steps)[:, steps // 2])


def counters_by_theory(per_minute: Floats, service_times: Floats, target: Target) -> list[int]:
    """The fewest counters of each half hour that hold the target, as if all of them served everything."""
    mean = float(service_times.mean())
    loads = offered_load(per_minute, service_times)
    return [servers_for(load / mean, mean, target.minutes, target.share) if load > 0 else 0 for load in loads]


def of_zone(habits: Habits, zone: str, services: Collection[str] | None = None) -> tuple[Floats, Floats]:
    """(arrivals a minute by half hours, service times of those who come) of one zone, or of some services there."""
    streams = {
        stream: rate
        for stream, rate in habits.per_minute.items()
        if stream.zone == zone and (services is None or stream.service in services)
    }
    if not streams:
        return np.zeros(24 * 60 // ARRIVAL_MINUTES), np.zeros(1)
    arrivals = np.sum(list(streams.values()), axis=0)
    return arrivals, mixture({stream.service: float(rate.sum()) for stream, rate in streams.items()}, habits)


def mixture(shares: Mapping[str, float], habits: Habits, many: int = 1000) -> Floats:
    """Service times of a zone, as quantiles of each service in proportion to how often it is asked for. Sorted."""
    total = sum(shares.values()) or 1.0
    parts = []
    for service, share in shares.items():
        wanted = max(1, round(many * share / total))
        parts.append(np.quantile(habits.service_times[service], (np.arange(wanted) + 0.5) / wanted))
    return np.sort(np.concatenate(parts))


def worst_half_hour(late: Sequence[float], came: Sequence[float], target: Target) -> int | None:
    """The half hour that misses the target most, by people; None when all hold it."""
    missed = [many * max(0.0, share - target.share) for share, many in zip(late, came, strict=True)]
    worst = int(np.argmax(missed)) if missed else 0
    return worst if missed and missed[worst] > 0 else None
