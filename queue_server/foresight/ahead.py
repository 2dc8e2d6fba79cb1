"""How many will be waiting in each zone over the next two hours, as a band: the middle and the upper end of many lives.

A visit is counted until its first call; whoever goes on to another service or comes back is not, so the band is a
little low where many do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from queue_server.foresight.simulation.scenario import Floats, Ints, Scenario

STEP_MINUTES = 10.0
STEPS = 13  # now, and every ten minutes for two hours
REPETITIONS = 200
LEAST_PEOPLE = 1.0  # an upper end that never reaches anybody tells nothing
WIDEST = 1.0  # of a band, in parts of its own middle …
WIDEST_PEOPLE = 6.0  # … or so many people; a wider one could be anything


class AheadJob(NamedTuple):
    """`zones[k]`: the place of each kind's zone, of `many` zones. `closes_in`: minutes; inf: no hours."""

    number: int
    scenario: Scenario
    zones: Ints
    many: int
    closes_in: float
    repetitions: int = REPETITIONS


class Ahead(NamedTuple):
    """People waiting, [zones, steps]; steps after closing are left out."""

    minutes: Floats
    p50: Floats
    p90: Floats


def look_ahead(job: AheadJob) -> Ahead:
    from queue_server.foresight.simulation.run import live  # with numba, for the simulating process alone

    steps = np.arange(STEPS, dtype=np.float64) * STEP_MINUTES
    steps = steps[steps <= job.closes_in]
    alone = job.scenario._replace(probes=job.scenario.probes[:0])
    lives = live(alone, job.repetitions, job.number, STEPS * STEP_MINUTES)
    came = np.concatenate([np.full(lives.waits.shape, -1.0), lives.came], axis=1)
    called = np.concatenate([lives.waits, lives.called], axis=1)
    kinds = np.concatenate([np.broadcast_to(job.scenario.waiting.kind, lives.waits.shape), lives.kinds], axis=1)
    zone_of = np.append(job.zones, -1)[kinds]  # −1, nobody, is in no zone
    p50, p90 = np.zeros((job.many, len(steps))), np.zeros((job.many, len(steps)))
    for place, moment in enumerate(steps):
        there = (came <= moment) & (called > moment)
        for zone in range(job.many):
            counts = np.sort((there & (zone_of == zone)).sum(axis=1))
            p50[zone, place] = counts[len(counts) // 2]
            p90[zone, place] = counts[int(0.9 * len(counts))]
    return Ahead(steps, p50, p90)


def is_worth_showing(p50: Floats, p90: Floats) -> bool:
    """Of one zone: it says that somebody will wait, and says it narrowly enough to be acted on."""
    if len(p50) < 2 or p90.max() < LEAST_PEOPLE:
        return False
    return float((p90 - p50).mean()) <= max(WIDEST * float(p50.mean()), WIDEST_PEOPLE)
