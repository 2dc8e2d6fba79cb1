"""Keeps the next two hours of each zone for the supervisors' chart: worked out beside the hall while somebody looks."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from queue_server.domain.hall_day import HallDay
from queue_server.foresight.ahead import Ahead, AheadJob, is_worth_showing
from queue_server.foresight.base import Forecaster
from queue_server.foresight.monte_carlo import MonteCarlo, minutes_to_closing
from queue_server.foresight.scenario_of_day import scenario_of
from queue_server.foresight.worker_client import ForecastAway
from queue_server.service.hall import Hall
from queue_server.web.views import Json, iso

logger = logging.getLogger(__name__)

LOOKS_EVERY_SECONDS = 30.0
LOOKS_FIRST_SECONDS = 5.0  # while there is none: who has just opened the page should not wait long
ASKED_LATELY_SECONDS = 90.0
WITHIN_SECONDS = 20.0
STALE_MINUTES = 5.0  # of the hall's time: an older one is drawn no more
LEAST_DAYS = 1  # without a past day nobody knows who is still to come


@dataclass(frozen=True, slots=True)
class _Foreseen:
    day: date
    at: datetime
    zones: list[str]
    ahead: Ahead


class AheadKeeper:
    def __init__(self, hall: Hall, forecaster: Forecaster, steady: Callable[[], float] = time.monotonic) -> None:
        self._hall = hall
        self._forecaster = forecaster
        self._steady = steady
        self._asked_at = float("-inf")
        self._foreseen: _Foreseen | None = None

    def look_for_ever(self, sleep: Callable[[float], object]) -> None:
        while True:
            sleep(LOOKS_EVERY_SECONDS if self._foreseen else LOOKS_FIRST_SECONDS)
            try:
                if self._steady() - self._asked_at <= ASKED_LATELY_SECONDS:
                    self.look()
            except ForecastAway:
                pass  # the band disappears; the forecast itself says so elsewhere
            except Exception:  # the chart does without; the next look may go well
                logger.exception("The next hours could not be worked out", extra={"action": "ahead_failed"})

    def look(self) -> None:
        """Work it out for this moment. Raises ForecastAway."""
        simulation = self._forecaster
        if not isinstance(simulation, MonteCarlo):
            return

        def put(day: HallDay, at: datetime) -> tuple[date, datetime, list[str], AheadJob] | None:
            habits = simulation.learn(day)
            if habits.days < LEAST_DAYS or day.is_over:
                return None
            asked, zones = scenario_of(day, at, habits), list(day.rules.zones)
            places = np.array([zones.index(zone) for zone, _ in asked.kinds], np.int64)
            closes_in = minutes_to_closing(day, at)
            return day.day, at, zones, AheadJob(simulation.next_number(), asked.scenario, places, len(zones), closes_in)

        job = self._hall.read(put)
        if job is None:
            self._foreseen = None
            return
        *when, question = job
        self._foreseen = _Foreseen(*when, simulation.worker.work_out(question, WITHIN_SECONDS))

    def view(self, day: HallDay, at: datetime) -> Json:
        """`zones`: only those worth showing, each with how many will wait at each of `times`, P50 and P90."""
        self._asked_at = self._steady()
        found = self._foreseen
        if found is None or found.day != day.day or not 0 <= (at - found.at) / timedelta(minutes=1) <= STALE_MINUTES:
            return {"times": [], "zones": {}}
        ahead = found.ahead
        return {
            "times": [iso(found.at + timedelta(minutes=float(step))) for step in ahead.minutes],
            "zones": {
                zone: {"p50": p50.astype(int).tolist(), "p90": p90.astype(int).tolist()}
                for zone, p50, p90 in zip(found.zones, ahead.p50, ahead.p90, strict=True)
                if is_worth_showing(p50, p90)
            },
        }
