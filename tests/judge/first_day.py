"""How honest the ranges of a hall's very first day are, where the catalogue is right and where services take longer.

Nothing has been measured before: what is told stands on the catalogue, and on what this one day has shown so far.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from queue_server.demo.past.lived_day import lived_days
from queue_server.domain import events as e
from queue_server.domain.apply import apply
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes
from queue_server.domain.rules import HallRules
from queue_server.foresight.habits import Stream, first_day
from queue_server.foresight.learn_habits import PastDay
from queue_server.foresight.scenario_of_day import scenario_of
from queue_server.foresight.simulation.run import simulate
from queue_server.foresight.worker import quantiles
from queue_server.hall_file import read_hall_file
from queue_server.settings import DEPLOY

FIRST = date(2026, 11, 16)
DAYS = 4
EVERY = 4  # visits
REPETITIONS = 200


class FirstDays(NamedTuple):
    """Of the ranges told when a number was taken, minutes."""

    visits: int
    coverage: float  # share that was called within the upper end
    coverage_waiting: float  # of those who waited at all
    mae: float  # of the lower end
    width: float  # mean


def first_days(longer: float) -> FirstDays:
    """Days whose services take so many times what the catalogue says, each foreseen as a hall's first."""
    rules = read_hall_file(DEPLOY / "halls" / "lanzhou.toml").rules
    services = {id: replace(own, minutes=own.minutes * longer) for id, own in rules.services.items()}
    truth = lived_days(replace(rules, services=services), FIRST, DAYS, seed=7)
    found = np.array([one for day in truth for one in _told(day, rules)])
    found = found[np.isfinite(found).all(axis=1)]
    p50, p90, waited = found.T
    low = np.floor(p50)
    high = np.where(p90 <= 0, 1.0, np.maximum(np.ceil(p90), low + 1))
    held = waited <= high
    return FirstDays(
        len(found),
        float(held.mean()),
        float(held[waited > 0].mean()),
        float(np.abs(low - waited).mean()),
        float((high - low).mean()),
    )


def _told(truth: PastDay, rules: HallRules) -> list[tuple[float, float, float]]:
    """(P50, P90, what it then was) of every fourth visit, ordinary ones."""
    day, habits, found = HallDay(rules, truth.state.day), first_day(rules), []
    issued = 0
    for event in truth.events:
        if isinstance(event, e.TicketIssued):
            issued += 1
            ticket = truth.state.tickets[event.ticket]
            if issued % EVERY == 0 and not ticket.care and ticket.first_called_at is not None:
                asked = scenario_of(day, event.at, habits, [Stream(event.service, event.zone, "ordinary")])
                (p50,), (p90,) = quantiles(simulate(asked.scenario, REPETITIONS, issued)[1])
                if math.isfinite(p90):
                    found.append((p50, p90, minutes(ticket.first_called_at - event.at)))
        apply(day, event)
    return found
