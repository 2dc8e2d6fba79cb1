"""What a change of the counters would do, lived through on the hall as it stands: “open counter 6 now”, “two coaches
more”, “lunch half an hour later”. The same chances with and without the change, so that only the change differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from queue_server.foresight.roster import Span, span_table
from queue_server.foresight.simulation.run import CAME, LATE, WAITED, simulate, tally_of_those_to_come
from queue_server.foresight.simulation.scenario import Floats, Scenario

LOOKS_AHEAD_MINUTES = 120.0
REPETITIONS = 200


@dataclass(frozen=True, slots=True)
class Change:
    """Counters (by place) that call people in these spans instead of their usual ones. Minutes from now."""

    spans: dict[int, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class ZoneOutlook:
    """Of one zone: those who wait now, and those who will come within LOOKS_AHEAD_MINUTES. Minutes."""

    waiting: int
    mean_wait: float  # still to go, of those who wait now
    to_come: float
    mean_wait_to_come: float
    late_share: float  # of those to come, who will wait longer than the target


@dataclass(frozen=True, slots=True)
class Effect:
    before: tuple[ZoneOutlook, ...]  # by zone
    after: tuple[ZoneOutlook, ...]

    @property
    def minutes_saved(self) -> float:
        """Of all people together; below nothing when the change costs more than it gives."""
        return sum(_minutes(one) - _minutes(other) for one, other in zip(self.before, self.after, strict=True))


def changed(scenario: Scenario, change: Change) -> Scenario:
    """The same moment with other spans for some counters."""
    spans = [_spans_of(scenario, counter) for counter in range(len(scenario.counters.zone))]
    for counter, own in change.spans.items():
        spans[counter] = list(own)
    opens, closes = span_table(spans)
    return scenario._replace(counters=scenario.counters._replace(opens=opens, closes=closes))


def _spans_of(scenario: Scenario, counter: int) -> list[Span]:
    pairs = zip(scenario.counters.opens[counter], scenario.counters.closes[counter], strict=True)
    return [(float(opens), float(closes)) for opens, closes in pairs if closes > opens]


def effect(scenario: Scenario, change: Change, late_after: float, seed: int, repetitions: int = REPETITIONS) -> Effect:
    return Effect(
        outlook(scenario, late_after, seed, repetitions),
        outlook(changed(scenario, change), late_after, seed, repetitions),
    )


def outlook(
    scenario: Scenario, late_after: float, seed: int, repetitions: int = REPETITIONS
) -> tuple[ZoneOutlook, ...]:
    """Of each zone. Whoever is not called within the horizon counts as waiting until then."""
    alone = scenario._replace(probes=scenario.probes[:0])
    waits, _ = simulate(alone, repetitions, seed)
    tally = tally_of_those_to_come(alone, repetitions, seed, LOOKS_AHEAD_MINUTES, late_after).sum(axis=0)
    zones = scenario.kinds.zone[scenario.waiting.kind]
    return tuple(_of_zone(waits[:, zones == zone], tally[zone]) for zone in range(len(tally)))


def _of_zone(waits: Floats, tally: Floats) -> ZoneOutlook:
    capped = np.minimum(waits, LOOKS_AHEAD_MINUTES)
    came = float(tally[CAME])
    return ZoneOutlook(
        waiting=waits.shape[1],
        mean_wait=float(capped.mean()) if capped.size else 0.0,
        to_come=came,
        mean_wait_to_come=float(tally[WAITED] / came) if came else 0.0,
        late_share=float(tally[LATE] / came) if came else 0.0,
    )


def _minutes(zone: ZoneOutlook) -> float:
    return zone.waiting * zone.mean_wait + zone.to_come * zone.mean_wait_to_come


def best_of(
    scenario: Scenario, changes: Sequence[Change], late_after: float, seed: int
) -> tuple[Change, Effect] | None:
    """The change that saves people most, if any saves anything."""
    tried = [(change, effect(scenario, change, late_after, seed)) for change in changes]
    best = max(tried, key=lambda one: one[1].minutes_saved, default=None)
    return best if best is not None and best[1].minutes_saved > 0 else None
