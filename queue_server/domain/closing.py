"""Whether somebody who takes a number now will be served today: certain, stand-by, or unlikely.

By the chance that the forecast gives, where there is one. Else by the work that waits, by usual service times, against
the counters' time until closing: a sum of many services is close to normal; one service varies by four fifths of its
mean (measured halls: .6 to .8). The hall says which risk of a broken promise it takes (`closing_risk_percent`).
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from functools import cache
from statistics import NormalDist

from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Counter
from queue_server.domain.ticket import Stage
from queue_server.domain.visits import crew_for, work_waiting

VARIATION = 0.8  # of one service: standard deviation ÷ mean

CERTAIN, STANDBY, UNLIKELY = "certain", "standby", "unlikely"


def promise_for(service: str, zone: str, day: HallDay, at: datetime, chance: float | None = None) -> str:
    """certain | standby | unlikely: whether a number taken now for this service will be called before closing.

    `chance`: of that, as the forecast has it. It counts while somebody serves: of counters that are still to open a new
    hall's forecast knows nothing, and the usual hours say more.
    """
    crew = crew_for(service, zone, day)
    left = open_minutes_left(day, at)
    if not crew.counters or left <= 0:
        return STANDBY
    if chance is not None and any(_is_at_work(counter, day) for counter in crew.counters):
        return promise_by(chance, day.rules.limits.closing_risk_percent)
    waiting, squares = work_waiting(crew, zone, day)
    under_way = [_remaining(counter, day, at) for counter in crew.counters if counter.id in day.at_counter_now]
    many = len(crew.counters)
    mean = (waiting + sum(under_way)) / many
    spread = VARIATION * math.sqrt(squares + sum(minutes * minutes for minutes in under_way)) / many
    if mean + deviations(day.rules.limits.closing_risk_percent) * spread <= left:
        return CERTAIN
    return STANDBY if mean <= left else UNLIKELY


def _is_at_work(counter: Counter, day: HallDay) -> bool:
    desk = day.desks.get(counter.id)
    return desk is not None and not desk.paused


def promise_by(chance: float, risk_percent: int) -> str:
    if chance >= 1 - risk_percent / 100:
        return CERTAIN
    return STANDBY if chance >= 0.5 else UNLIKELY  # as with the mean: more likely than not


@cache
def deviations(risk_percent: int) -> float:
    """How many standard deviations above its mean a sum may lie for this risk to be kept."""
    return NormalDist().inv_cdf(1 - min(max(risk_percent / 100, 0.001), 0.5))


def _remaining(counter: Counter, day: HallDay, at: datetime) -> float:
    """Minutes of the service at a counter that are still to come; one past its usual time takes a while yet."""
    ticket = day.at_counter(counter.id)
    if ticket is None:
        return 0.0
    usual = day.rules.services[ticket.service].minutes
    if ticket.stage is Stage.CALLED or ticket.started_at is None:
        return usual
    return max(usual - (at - ticket.started_at).total_seconds() / 60, usual / 4)


def open_minutes_left(day: HallDay, at: datetime) -> float:
    """Minutes the hall is still open on that day, lunch taken out."""
    local = day.rules.local(at)
    hours = day.open_hours()
    if local.date() != day.day:  # a clock that was set wrong
        hours = day.rules.hours.spans_of(local.date(), day.rules.timezone)
    left = timedelta(0)
    for opens, closes in hours:
        if local < closes:
            left += closes - (local if opens < local else opens)
    return left.total_seconds() / 60
