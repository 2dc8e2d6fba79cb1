"""The next two hours of each zone: how many will be waiting."""

from __future__ import annotations

import numpy as np
import pytest

from queue_server.foresight.ahead import REPETITIONS, STEPS, Ahead, AheadJob, is_worth_showing, look_ahead
from queue_server.foresight.simulation.run import live
from tests.foresight.test_what_if import crowded


def foreseen(waiting: int = 40, counters: int = 8, **more: float) -> tuple[AheadJob, Ahead]:
    day, asked = crowded(waiting, counters)
    zones = list(day.rules.zones)
    places = np.array([zones.index(zone) for zone, _ in asked.kinds], np.int64)
    job = AheadJob(7, asked.scenario, places, len(zones), **{"closes_in": 480.0, **more})
    return job, look_ahead(job)


def test_it_begins_with_those_who_wait_now_and_is_what_a_count_of_each_life_says() -> None:
    job, ahead = foreseen()

    assert ahead.p50[:, 0].sum() == ahead.p90[:, 0].sum() == 40
    lives = live(job.scenario._replace(probes=job.scenario.probes[:0]), REPETITIONS, 7, 120.0)
    (special,) = {zone for zone in range(job.many) if ahead.p50[zone, 0] == ahead.p50[:, 0].max()}
    here = job.zones[job.scenario.waiting.kind] == special
    for step, moment in list(enumerate(ahead.minutes))[::4]:
        counted = sorted(
            sum(wait > moment for wait in lives.waits[r][here])
            + sum(
                came <= moment < called and job.zones[kind] == special
                for came, called, kind in zip(lives.came[r], lives.called[r], lives.kinds[r], strict=True)
            )
            for r in range(REPETITIONS)
        )
        assert (ahead.p50[special, step], ahead.p90[special, step]) == (counted[100], counted[180])


def test_more_counters_leave_fewer_waiting() -> None:
    (_, few), (_, many) = foreseen(counters=4), foreseen(counters=12)

    assert (many.p50.sum(axis=0)[3:] < few.p50.sum(axis=0)[3:]).all()


def test_nothing_is_foreseen_beyond_closing() -> None:
    assert len(foreseen(closes_in=45.0)[1].minutes) == 5  # now and until 40 minutes
    assert len(foreseen()[1].minutes) == STEPS


@pytest.mark.parametrize(
    ("p50", "p90", "worth"),
    [
        ([5, 8, 10], [7, 12, 16], True),
        ([0, 1, 1], [2, 3, 4], True),  # a few people either way are no mistake
        ([0, 0, 0], [0, 0, 0], False),  # nobody
        ([5, 6, 6], [20, 25, 30], False),  # it could be anything
        ([5], [7], False),  # closing
    ],
)
def test_a_band_is_shown_only_where_it_tells_something(p50: list[float], p90: list[float], worth: bool) -> None:
    assert is_worth_showing(np.array(p50, float), np.array(p90, float)) is worth
