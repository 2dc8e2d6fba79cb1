"""Who comes to the demo hall, when, and how long things take. Pure; every figure is made up and says so.

Shape: half-hour arrival weights with peaks in mid-morning and mid-afternoon, about 230 visits in eight hours, what nine
counters can bear; service times lognormal around the catalogue's own estimate, coefficient of variation .7.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

VISITS_A_DAY = 230
# weights of the half-hours from opening on; two peaks, a dip at noon
HALF_HOURS = (6, 9, 13, 15, 15, 12, 7, 5, 7, 11, 14, 14, 11, 8, 5, 2)
SERVICE_VARIATION = 0.7
SHARE_CARE = 0.12
SHARE_MISSING_THE_CALL = 0.06
SHARE_BOUNCING = 0.08  # coaching did not help: on to a staffed counter
SHARE_PARKED = 0.04
SHARE_TRYING_ONLINE = 0.4
SHARE_WITH_FEEDBACK = 0.35
FEEDBACK_WEIGHTS = {5: 62, 4: 24, 3: 9, 2: 4, 1: 1}
SHARE_COMING_LATE = 0.6  # of those who missed the call
ENGLISH = 0.02

LEFT_FREE = "5"  # the counter at which a newcomer sits

# how long things take; seconds
CLEAR_THE_DESK_SECONDS = 15
PARKED_SECONDS = 240
LATE_SECONDS = 300
FEEDBACK_AFTER_SECONDS = 90
RECALL_AFTER_MORE_SECONDS = 20  # than the hall asks for

# how often each service is asked for; what is not named comes once in a while
POPULAR = {
    "TQ06": 30,
    "TQ04": 22,
    "TQ11": 14,
    "TQ03": 14,
    "TQ01": 12,
    "GJ13": 12,
    "CX01": 12,
    "DK05": 8,
    "DK08": 8,
    "DK01": 7,
    "TQ12": 7,
    "GJ11": 6,
    "DK06": 6,
    "CX04": 5,
    "DK02": 4,
    "QT01": 4,
}
SELDOM = 1


@dataclass(frozen=True, slots=True)
class Visitor:
    """One simulated person's plans. Durations in hall seconds."""

    service: str
    care: bool
    coaching: bool
    language: str
    patience: float
    walk: float
    misses_the_call: bool
    feedback: int | None


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    id: str
    coaching: bool
    minutes: float


def arrivals_per_second(since_opening: float, day_factor: float) -> float:
    """The rate of arrivals `since_opening` seconds into the day; 0 outside it."""
    index = int(since_opening // 1800)
    if since_opening < 0 or index >= len(HALF_HOURS):
        return 0.0
    return day_factor * VISITS_A_DAY * HALF_HOURS[index] / sum(HALF_HOURS) / 1800


def busiest_rate(day_factor: float) -> float:
    return day_factor * VISITS_A_DAY * max(HALF_HOURS) / sum(HALF_HOURS) / 1800


def next_arrival(since_opening: float, day_factor: float, random: Random) -> float | None:
    """Seconds since opening of the next arrival (thinning); None when nobody comes any more today."""
    end = len(HALF_HOURS) * 1800
    top = busiest_rate(day_factor)
    moment = max(0.0, since_opening)
    while moment < end:
        moment += random.expovariate(top)
        if random.random() * top <= arrivals_per_second(moment, day_factor):
            return moment
    return None


def a_day_factor(random: Random) -> float:
    """Some days are busier than others: lognormal, sd .2."""
    return random.lognormvariate(0, 0.2)


def a_visitor(services: list[ServiceFacts], random: Random) -> Visitor:
    (service,) = random.choices(services, [POPULAR.get(one.id, SELDOM) for one in services])
    care = random.random() < SHARE_CARE
    feedback = None
    if random.random() < SHARE_WITH_FEEDBACK:
        (feedback,) = random.choices(list(FEEDBACK_WEIGHTS), list(FEEDBACK_WEIGHTS.values()))
    return Visitor(
        service=service.id,
        care=care,
        coaching=service.coaching and not care and random.random() < SHARE_TRYING_ONLINE,
        language="en" if random.random() < ENGLISH else "zh",
        patience=random.lognormvariate(math.log(75 * 60), 0.5),
        walk=random.lognormvariate(math.log(32), 0.4),
        misses_the_call=random.random() < SHARE_MISSING_THE_CALL,
        feedback=feedback,
    )


def service_seconds(minutes: float, random: Random) -> float:
    """A lognormal service time with the given mean."""
    spread = math.sqrt(math.log(1 + SERVICE_VARIATION**2))
    return 60 * random.lognormvariate(math.log(minutes) - spread**2 / 2, spread)
