"""What a hall's past teaches of its days to come, in the hall's own words. Minutes; a day's slots begin at midnight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from queue_server.domain.rules import HallRules
from queue_server.foresight.pace import DAY_ERROR

Floats = NDArray[np.float64]

ARRIVAL_MINUTES = 30
LONGEST_SERVICE = 240.0  # minutes; what lasts longer was forgotten
PRIOR_SERVICES = 5  # the catalogue's estimate counts as this many measured services
VARIATION = 0.8  # standard deviation ÷ mean of one service; measured halls lie between .6 and .8
WALK_MINUTES = 0.6  # call → start; visitors with a slip walk 35 s on average
NO_SHOW_MINUTES = 1.5  # until a counter gives one up who does not come, as long as nothing is measured


class Stream(NamedTuple):
    """People who come for the same, to the same zone, and earn credit alike (a class's name in HallRules)."""

    service: str
    zone: str
    order_class: str


@dataclass(frozen=True, slots=True)
class Habits:
    """`per_minute[stream]` and `open_share[counter]` are of a usual day of today's weekday."""

    service_times: Mapping[str, Floats]  # sorted, the catalogue's estimate among them
    measured: int = 0  # services measured
    days: int = 0
    speed: Mapping[str, float] = field(default_factory=dict)  # counter → its times ÷ everybody's
    walk: Floats = field(default_factory=lambda: np.array([WALK_MINUTES]))
    pause: Floats = field(default_factory=lambda: np.zeros(1))
    no_show: Mapping[str, float] = field(default_factory=dict)  # zone → chance
    no_show_minutes: float = NO_SHOW_MINUTES
    goes_on: Mapping[tuple[str, str], tuple[float, str, str]] = field(default_factory=dict)  # to (service, zone)
    per_minute: Mapping[Stream, Floats] = field(default_factory=dict)  # [slots of ARRIVAL_MINUTES]
    open_share: Mapping[str, Floats] = field(default_factory=dict)  # counter → [roster slots]
    # by how much whole days differ in how fast services go; None: nothing is to be learnt from today, times are known
    day_error: float | None = None
    level_weight: float = 25.0  # visits that count as much as what is usual, when today's level is judged


def usual_times(mean: float) -> Floats:
    """PRIOR_SERVICES times of a lognormal service of that mean, shortest first."""
    sigma = float(np.sqrt(np.log(1 + VARIATION**2)))
    shares = (np.arange(PRIOR_SERVICES) + 0.5) / PRIOR_SERVICES
    usual = NormalDist()
    drawn = np.exp(sigma * np.array([usual.inv_cdf(share) for share in shares]))
    return np.asarray(drawn * mean / drawn.mean())


def first_day(rules: HallRules) -> Habits:
    """What is assumed where nothing has been measured yet: the catalogue's service times and the hall's hours."""
    times = {service.id: usual_times(service.minutes) for service in rules.services.values()}
    return Habits(times, day_error=DAY_ERROR)
