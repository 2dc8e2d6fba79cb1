"""Questions about staffing, answered by the process that simulates: what if, what would help, what tomorrow needs.

Only the hall as it stands is read here; all reckoning is done in that process, so that nobody waits for it but the one
who asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import numpy as np

from queue_server.domain.hall_day import HallDay
from queue_server.foresight.acts import Act, scenario_with
from queue_server.foresight.base import Forecaster
from queue_server.foresight.monte_carlo import MonteCarlo, minutes_to_closing
from queue_server.foresight.scenario_of_day import SERVES_ON, Asked, scenario_of
from queue_server.foresight.simulation.run import HORIZON_MINUTES
from queue_server.foresight.simulation.scenario import Bools
from queue_server.foresight.what_if import LOOKS_AHEAD_MINUTES, REPETITIONS, Compared, CompareJob
from queue_server.foresight.worker_client import ForecastAway
from queue_server.service.hall import Hall

SECONDS = 8.0  # of simulating, after which no further lives are begun
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

    @property
    def simulation(self) -> MonteCarlo:
        """Raises ForecastAway where the hall was set up without one."""
        if not isinstance(self._forecaster, MonteCarlo):
            raise ForecastAway("forecast_without")
        return self._forecaster

    def asked_now(self, day: HallDay, at: datetime) -> Asked:
        return scenario_of(day, at, self.simulation.learn(day))

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
