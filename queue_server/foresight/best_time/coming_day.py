"""A day to come as the hall's habits make it likely, lived through many times over the hall's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules, Purpose
from queue_server.foresight.best_time.outlook import HALF_HOUR, HalfHour, Outlook
from queue_server.foresight.habits import ARRIVAL_MINUTES, Floats, Habits, Stream
from queue_server.foresight.learn_habits import PastDay
from queue_server.foresight.roster import SLOT_MINUTES
from queue_server.foresight.scenario_of_day import SERVES_ON, scenario_of
from queue_server.foresight.simulation.scenario import Ints, Scenario

if TYPE_CHECKING:
    from queue_server.foresight.simulation.run import Lives

DAYS_AHEAD = 5  # open days told of, today among them
SEARCHED_DAYS = 31  # a longer closure has no next days to speak of
LEAST_DAYS = 5  # days of history before anything is said
FEW_DAYS = 10  # with fewer what is said is called rough
LEVELS = 10  # days are fuller and emptier than usual: so many kinds of them are lived
REPETITIONS = 20  # of each
DAY_MINUTES = 1440
LONGEST_TOLD = 120  # minutes; whoever waits longer is counted with those whose turn may not come
LEAST_PEOPLE = 60  # lived through in a half hour, before it has a figure of its own


@dataclass(frozen=True, slots=True)
class ComingDay:
    """One day's work for the simulating process."""

    day: date
    scenario: Scenario
    streams: tuple[Stream, ...]  # what the scenario's probes mean
    begins: tuple[int, ...]  # its half hours: minutes since midnight
    level_weight: float
    closes: float  # minutes since midnight

    @property
    def number(self) -> int:
        """Its chances hang on it: the same past says the same of a day, however often it is asked."""
        return self.day.toordinal()


def next_open_days(rules: HallRules, today: date) -> list[date]:
    """Today too, if the hall opens."""
    days = [today + timedelta(days=ahead) for ahead in range(SEARCHED_DAYS)]
    return [day for day in days if rules.hours.spans_of(day, rules.timezone)][:DAYS_AHEAD]


def is_known(past: Sequence[PastDay], day: date) -> bool:
    """Whether the past says enough of such a day: of no Saturday is anything known from Mondays."""
    return len(past) >= LEAST_DAYS and any(one.state.day.weekday() == day.weekday() for one in past)


def coming_day(rules: HallRules, day: date, habits: Habits) -> ComingDay:
    """`habits` are those of that weekday."""
    begins = half_hours_of(rules, day)
    spans = rules.hours.spans_of(day, rules.timezone)
    closes = (spans[-1][1] - _midnight(rules, day)).total_seconds() / 60
    streams = tuple(ordinary_ways(rules))
    own = replace(
        habits,
        per_minute={stream: _only(rates, begins) for stream, rates in habits.per_minute.items()},
        open_share={counter: _until(share, closes + SERVES_ON) for counter, share in habits.open_share.items()},
    )
    asked = scenario_of(HallDay(rules, day), _midnight(rules, day), own, streams)
    return ComingDay(day, asked.scenario, streams, begins, habits.level_weight, closes)


def half_hours_of(rules: HallRules, day: date) -> tuple[int, ...]:
    """In which numbers are given."""
    local = [(opens.time(), closes.time()) for opens, closes in rules.hours.spans_of(day, rules.timezone)]
    spans = [(opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute) for opens, closes in local]
    return tuple(
        begins
        for begins in range(0, 24 * 60, HALF_HOUR)
        if any(opens < begins + HALF_HOUR and begins < closes for opens, closes in spans)
    )


def ordinary_ways(rules: HallRules) -> list[Stream]:
    """What a visitor without priority can take a number for."""
    coaching, counter = rules.zone_for(Purpose.COACHING), rules.zone_for(Purpose.COUNTER)
    ways = [
        (service, zone)
        for zone in (counter, coaching)
        if zone is not None
        for service in rules.services.values()
        if zone is not coaching or service.coaching
    ]
    return [Stream(service.id, zone.id, "ordinary") for service, zone in ways]


def _midnight(rules: HallRules, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=rules.timezone)


def _only(rates: Floats, begins: Sequence[int]) -> Floats:
    """Nobody comes outside the hours: those of that day may be others than the past's."""
    kept = np.zeros_like(rates)
    places = [begin // ARRIVAL_MINUTES for begin in begins]
    kept[places] = rates[places]
    return kept


def _until(share: Floats, minute: float) -> Floats:
    kept = share.copy()
    kept[int(minute // SLOT_MINUTES) :] = 0
    return kept


# --- in the simulating process


def outlooks_of(coming: ComingDay) -> list[Outlook]:
    """One outlook for each group of services that wait alike."""
    spread = _spread(coming)
    zones = [stream.zone for stream in coming.streams]
    of_zone = {zone: spread[:, [own == zone for own in zones]].sum(axis=1) for zone in dict.fromkeys(zones)}
    outlooks = []
    for members in _alike(coming.scenario):
        zone = coming.streams[members[0]].zone
        own, whole = spread[:, members].sum(axis=1), of_zone[zone]
        found = (_half_hour(begins, own[begins // HALF_HOUR], whole[begins // HALF_HOUR]) for begins in coming.begins)
        services = frozenset(coming.streams[member].service for member in members)
        outlooks.append(Outlook(coming.day, zone, services, tuple(one for one in found if one is not None)))
    return outlooks


def _spread(coming: ComingDay) -> Ints:
    """[half hours, streams, LONGEST_TOLD + 1] how many waited so many whole minutes, of all lives.

    In the last place stand those who waited longer still, or were not called before everybody went home.
    """
    from scipy.special import gammaincinv

    from queue_server.foresight.simulation.run import live, own_paces  # with numba, for the simulating process alone

    arrivals, kinds = coming.scenario.arrivals, len(coming.scenario.kinds.zone)
    shares = (np.arange(LEVELS) + 0.5) / LEVELS
    levels = gammaincinv(coming.level_weight, shares) / coming.level_weight  # of a gamma of mean 1
    alone = coming.scenario._replace(probes=coming.scenario.probes[:0])
    paces = own_paces(alone)
    together = np.zeros((DAY_MINUTES // HALF_HOUR, kinds, LONGEST_TOLD + 1), np.int64)
    for number, level in enumerate(levels):
        scenario = alone._replace(arrivals=arrivals._replace(per_minute=arrivals.per_minute * level))
        horizon = coming.closes + SERVES_ON
        _count(live(scenario, REPETITIONS, coming.number, horizon, number * REPETITIONS, paces), together)
    return together[:, coming.scenario.probes]


def _count(lives: Lives, into: Ints) -> None:
    came = lives.kinds >= 0
    waited = np.minimum(lives.called[came] - lives.came[came], LONGEST_TOLD).astype(np.int64)
    np.add.at(into, ((lives.came[came] // HALF_HOUR).astype(np.int64), lives.kinds[came], waited), 1)


def _alike(scenario: Scenario) -> list[list[int]]:
    """Places of the probes whom the same counters may call, with the same liking and the same help."""
    kinds, groups = scenario.kinds, dict[object, list[int]]()
    for place, k in enumerate(scenario.probes):
        liking = tuple(kinds.preference[k]), tuple(scenario.call_rules.kinds[:, k])
        groups.setdefault((int(kinds.zone[k]), tuple(kinds.may[k]), liking), []).append(place)
    return list(groups.values())


def _half_hour(begins: int, own: Ints, whole: Ints) -> HalfHour | None:
    """By those of the group, or where they are too few by everybody in the zone; None: nobody comes."""
    counts = own if own.sum() >= LEAST_PEOPLE else whole
    many = int(counts.sum())
    if many < LEAST_PEOPLE:
        return None
    minutes = np.arange(LONGEST_TOLD)
    called = counts[:-1]
    mean = float((called * np.where(minutes > 0, minutes + 0.5, 0.0)).sum() / max(1, called.sum()))
    p90 = int(np.searchsorted(np.cumsum(counts), 0.9 * many))
    return HalfHour(begins, float(own.sum()) / (LEVELS * REPETITIONS), mean, float(p90), float(counts[-1] / many))
