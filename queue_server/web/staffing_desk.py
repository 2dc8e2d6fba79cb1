"""Questions about staffing, answered by the process that simulates: what if, what would help, what tomorrow needs.

Only the hall as it stands is read here; all reckoning is done in that process, so that nobody waits for it but the one
who asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np

from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes
from queue_server.domain.rules import HallRules
from queue_server.foresight.acts import Act, scenario_with
from queue_server.foresight.base import Forecaster
from queue_server.foresight.desk_kinds import demand, desk_kinds_of
from queue_server.foresight.habits import Habits
from queue_server.foresight.monte_carlo import MonteCarlo, minutes_to_closing
from queue_server.foresight.plan import PlanFound, PlanJob
from queue_server.foresight.scenario_of_day import SERVES_ON, Asked, scenario_of
from queue_server.foresight.simulation.scenario import HORIZON_MINUTES, Bools, known_pace
from queue_server.foresight.staffing import Target
from queue_server.foresight.what_if import LOOKS_AHEAD_MINUTES, REPETITIONS, Compared, CompareJob
from queue_server.foresight.worker_client import ForecastAway
from queue_server.service.hall import Hall

SECONDS = 8.0  # of simulating, after which no further lives are begun
LEAST_DAYS = 5  # of history, below which a plan would be invention
DAYS_PLANNED, LOOKS_DAYS_AHEAD = 6, 21
WITHIN_SECONDS = 40.0  # then whoever asked is told to ask again; the process may just be starting


class Group(NamedTuple):
    """The whole hall (both empty), a zone, or those who come for one category of services in a zone."""

    zone: str
    category: str


Categories = Mapping[str, Collection[str]]  # category → its services


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of one moment: the hall as it stands, and each variant in the order asked."""

    day: date
    at: datetime
    groups: tuple[Group, ...]
    compared: Compared
    closes_in: float  # minutes; inf: no hours
    measured: int  # services that were learnt from; with few the catalogue's estimates speak


class StaffingDesk:
    def __init__(self, hall: Hall, forecaster: Forecaster, categories: Callable[[], Categories]) -> None:
        self._hall = hall
        self._forecaster = forecaster
        self._categories = categories
        self._plans: dict[tuple[date, date, Target, int], Plan] = {}

    @property
    def simulation(self) -> MonteCarlo:
        """Raises ForecastAway where the hall was set up without one."""
        if not isinstance(self._forecaster, MonteCarlo):
            raise ForecastAway("forecast_without")
        return self._forecaster

    def asked_now(self, day: HallDay, at: datetime) -> Asked:
        return scenario_of(day, at, self.simulation.learn(day))

    def plan(self, on: date, target: Target) -> Plan:
        """Desks for a day to come. Worked out once a day for each target. Raises ForecastAway."""
        simulation, rules = self.simulation, self._hall.usual_rules
        today = self._hall.read(lambda day, _: day.day)
        key = (today, on, target, id(rules))
        if key not in self._plans:
            habits, weekdays = simulation.learn_for(rules, today, on)
            of_weekday = weekdays.get(on.weekday(), 0)
            if habits.days < LEAST_DAYS:
                return Plan(on, target, habits.days, of_weekday, None)
            job = plan_job(HallDay(rules, on), habits, target, simulation.next_number())
            found = simulation.worker.work_out(job, WITHIN_SECONDS)
            if self._plans and next(iter(self._plans))[0] != today:
                self._plans.clear()
            self._plans[key] = Plan(on, target, habits.days, of_weekday, found, job.open)
        return self._plans[key]

    def compare(
        self,
        variants: Sequence[Sequence[Act]],
        repetitions: int = REPETITIONS,
        seconds: float = SECONDS,
        within_seconds: float = WITHIN_SECONDS,
    ) -> Comparison:
        """Each variant against the hall as it stands. Raises ActImpossible or ForecastAway."""
        simulation = self.simulation

        def put(day: HallDay, at: datetime) -> tuple[date, datetime, tuple[Group, ...], CompareJob, int]:
            asked = self.asked_now(day, at)
            scenarios = (asked.scenario, *(scenario_with(asked, acts, day, at) for acts in variants))
            categories = self._categories()
            groups = groups_of(asked, day, categories)
            closes_in = minutes_to_closing(day, at)
            job = CompareJob(
                simulation.next_number(),
                scenarios,
                asked.waited,
                members(groups, asked, categories),
                closes_in,
                horizon_for(closes_in),
                seconds,
                repetitions,
            )
            return day.day, at, groups, job, simulation.learn(day).measured

        today, at, groups, job, measured = self._hall.read(put)
        compared: Compared = simulation.worker.work_out(job, within_seconds)
        return Comparison(today, at, groups, compared, job.closes_in, measured)


@dataclass(frozen=True, slots=True)
class Plan:
    """`found` None: too little is known of the hall yet."""

    day: date
    target: Target
    days: int  # learnt from
    of_weekday: int  # of which this weekday
    found: PlanFound | None
    open: tuple[tuple[float, float], ...] = ()  # minutes of the day


def groups_of(asked: Asked, day: HallDay, categories: Categories) -> tuple[Group, ...]:
    """The hall, then each zone followed by what people may come for there."""
    asked_for = {(zone, kind.service) for zone, kind in asked.kinds}

    def of_zone(zone: str) -> list[Group]:
        found = [name for name, services in categories.items() if any((zone, one) in asked_for for one in services)]
        return [Group(zone, ""), *(Group(zone, name) for name in found)]

    return (Group("", ""), *(group for zone in day.rules.zones for group in of_zone(zone)))


def members(groups: Sequence[Group], asked: Asked, categories: Categories) -> Bools:
    """[groups, kinds]"""
    return np.array(
        [
            [
                group.zone in ("", zone) and (not group.category or kind.service in categories[group.category])
                for zone, kind in asked.kinds
            ]
            for group in groups
        ],
        bool,
    ).reshape(len(groups), len(asked.kinds))


def horizon_for(closes_in: float) -> float:
    """Until the last of today's visitors has been served."""
    return min(HORIZON_MINUTES, max(closes_in, 0.0) + max(SERVES_ON, LOOKS_AHEAD_MINUTES))


def plan_job(day: HallDay, habits: Habits, target: Target, number: int) -> PlanJob:
    """An empty day at midnight, with everybody who usually comes on it and the counters that are usually open."""
    midnight = datetime.combine(day.day, time.min, tzinfo=day.rules.timezone)
    hours = tuple((minutes(opens - midnight), minutes(closes - midnight)) for opens, closes in day.open_hours())
    asked = scenario_of(day, midnight, habits)
    return PlanJob(
        number,
        asked.scenario._replace(pace=known_pace(len(day.rules.services))),  # a usual day, in how fast it goes too
        tuple(demand(habits, zone) for zone in day.rules.zones),
        desk_kinds_of(asked, day.rules, habits),
        hours,
        target,
    )


def days_to_plan(rules: HallRules, today: date) -> list[date]:
    """The next working days, a week of them at most."""
    days = (today + timedelta(days=ahead) for ahead in range(1, LOOKS_DAYS_AHEAD + 1))
    return [day for day in days if rules.hours.spans_of(day, rules.timezone)][:DAYS_PLANNED]
