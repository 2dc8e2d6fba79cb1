"""What of today says how fast services go: those that are over, and for how long others have been under way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes
from queue_server.domain.ticket import Stage, Ticket
from queue_server.foresight.habits import LONGEST_SERVICE, PRIOR_SERVICES, Habits
from queue_server.foresight.simulation.scenario import Pace, known_pace


def pace_of_day(day: HallDay, at: datetime, habits: Habits) -> Pace:
    if habits.day_error is None:
        return known_pace(len(day.rules.services))
    places = {service: place for place, service in enumerate(day.rules.services)}
    over, begun = list(_over(day)), list(_begun(day, at))
    seen = [one for one in over + begun if one[0] in places]
    return Pace(
        is_known=False,
        measured=np.array([len(habits.service_times[service]) - PRIOR_SERVICES for service in places], np.int64),
        day_error=habits.day_error,
        services=np.array([places[service] for service, _, _ in seen], np.int64),
        minutes=np.array([took / habits.speed.get(counter, 1.0) for _, counter, took in seen], np.float64),
        over=np.arange(len(seen)) < sum(service in places for service, _, _ in over),
    )


def _over(day: HallDay) -> Iterator[tuple[str, str, float]]:
    """(service, counter, minutes); as in `service_times`, none that was broken off or forgotten."""
    for done in (done for ticket in day.tickets.values() for done in ticket.services_done):
        took = minutes(done.took)
        if done.outcome == "done" and not done.inferred and took <= LONGEST_SERVICE:
            yield done.service, done.counter, took


def _begun(day: HallDay, at: datetime) -> Iterator[tuple[str, str, float]]:
    """(service, counter, minutes so far); none that was forgotten."""
    for counter in day.rules.counters:
        ticket = day.at_counter(counter)
        if ticket is not None and 0 < (so_far := served_for(ticket, at)) <= LONGEST_SERVICE:
            yield ticket.service, counter, so_far


def served_for(ticket: Ticket | None, at: datetime) -> float:
    """−1 for one who has been called and not begun."""
    if ticket is None or ticket.stage is Stage.CALLED or ticket.started_at is None:
        return -1.0
    return max(0.0, minutes((ticket.held_at or at) - ticket.started_at - ticket.held_for))
