"""The smallest hall: one counter, shut, and nobody. Living it has everything compiled that a real one needs."""

from __future__ import annotations

import numpy as np

from queue_server.foresight.simulation.scenario import (
    MOST_SERVICES_AFTER,
    NONE,
    Arrivals,
    CallRules,
    Counters,
    Floats,
    Ints,
    Kinds,
    Order,
    Scenario,
    Services,
    Times,
    Waiting,
    known_pace,
)


def smallest_hall() -> Scenario:
    """Its arrays are of the same types as every other hall's, which is what the compiler asks after."""
    return Scenario(
        Kinds(
            service=_ints(0),
            zone=_ints(0),
            rate=_floats(1),
            credit=_floats(0),
            priority=np.zeros(1, bool),
            front=np.zeros(1, bool),
            may=np.ones((1, 1), bool),
            preference=np.zeros((1, 1)),
            no_show=_floats(0),
            goes_on=_floats(0),
            goes_on_as=_ints(NONE),
        ),
        Services(np.ones((1, 1)), _ints(1), _floats(1)),
        Waiting(_ints(), _floats(), _floats(), _ints(), _floats(), np.zeros((0, MOST_SERVICES_AFTER), np.int64)),
        Counters(
            zone=_ints(0),
            opens=np.full((1, 1), np.inf),
            closes=np.full((1, 1), np.inf),
            speed=_floats(1),
            serving=_ints(NONE),
            served_for=_floats(NONE),
            serving_from=_floats(0),
            serving_then=np.full((1, MOST_SERVICES_AFTER), NONE),
            calls_since_priority=_ints(NONE),
            idle_since=_floats(0),
        ),
        Arrivals(30.0, 0.0, np.zeros((1, 1)), _ints(0), _floats(), _floats(), _ints(), _floats()),
        CallRules(np.zeros((0, 1), bool), np.zeros((0, 1), bool), _floats(), _floats(), np.zeros(0, bool)),
        Order(30.0, 0, 0.0, _floats(0), True),
        Times(_floats(1), _floats(0), 1.0, np.inf),
        _ints(),
        known_pace(1),
    )


def _floats(*values: float) -> Floats:
    return np.array(values, np.float64)


def _ints(*values: int) -> Ints:
    return np.array(values, np.int64)
