"""The queue-work predictor: the counter time of everybody ahead, shared among the open counters, with a spread.

A wait is the moment a counter becomes free for this person. Each open desk is free after what remains of its present
service; then, in calling order, each ticket goes to the desk that may serve it and is free first, for the mean time of
its service. That is queue-work over the hall's own counters; the spread is that of a sum of service times.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from queue_server.domain.calling_order import Queues, queues_of
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes, service_times
from queue_server.domain.rules import Counter, HallRules
from queue_server.domain.ticket import Stage, Ticket
from queue_server.domain.visits import later_services
from queue_server.foresight.base import Forecast, TicketForecast, WaitRange
from queue_server.foresight.competition import Competition, Kind

WALK_MINUTES = 0.6  # call to start; visitors with a slip walk 35 s on average
PRIOR_WEIGHT = 5  # the catalogue's estimate counts as this many measured services
SPREAD = 0.8  # coefficient of variation of one service; measured halls lie between .6 and .8
Z90 = 1.2816  # P90 of the normal distribution
TOO_LONG_MINUTES = 240  # a range beyond this helps nobody


@dataclass(slots=True)
class _Desk:
    counter: Counter
    free_in: float  # minutes until it can call
    variance: float  # of that, minutes²


@dataclass(frozen=True, slots=True)
class Means:
    """Mean service minutes by service: measured, leaning on the catalogue's estimate while there are few."""

    by_service: dict[str, float]
    measured: int  # services measured

    def of(self, service: str) -> float:
        return self.by_service[service]


def measured_means(rules: HallRules, times: Iterable[tuple[str, float]]) -> Means:
    total = {service.id: service.minutes * PRIOR_WEIGHT for service in rules.services.values()}
    weight = dict.fromkeys(total, float(PRIOR_WEIGHT))
    measured = 0
    for service, took in times:
        if service in total:  # a service may have left the catalogue since
            total[service] += took
            weight[service] += 1
            measured += 1
    return Means({service: total[service] / weight[service] for service in total}, measured)


def no_past(_: date) -> list[HallDay]:
    return []


class QueueWork:
    """The first Forecaster. `past_days(today)` gives some working days before; asked once a day."""

    def __init__(self, past_days: Callable[[date], Iterable[HallDay]] = no_past) -> None:
        self._past_days = past_days
        self._past_of: date | None = None
        self._past: list[tuple[str, float]] = []

    def _means(self, day: HallDay) -> Means:
        if self._past_of != day.day:
            self._past = [time for past in self._past_days(day.day) for time in service_times(past)]
            self._past_of = day.day
        return measured_means(day.rules, [*self._past, *service_times(day)])

    def forecast(self, day: HallDay, at: datetime, queues: Queues | None = None) -> Forecast:
        means = self._means(day)
        rough = means.measured < day.rules.limits.wait_rough_below_services
        tickets: dict[str, TicketForecast] = {}
        zones: dict[str, WaitRange | None] = {}
        services: dict[tuple[str, str], WaitRange | None] = {}
        for zone, queue in (queues or queues_of(day, at)).items():
            desks, competition = _Desks(day, zone, at, means), Competition(day, zone)
            for ticket in queue:
                suitable = desks.for_kind((ticket.service, ticket.for_counter, ticket.for_officer), competition)
                tickets[ticket.number] = TicketForecast(competition.place(ticket), _range(suitable, rough))
                _occupy(suitable, means.of(ticket.service))
            zones[zone] = _range([desk for desk in desks.open if _is_general(desk.counter, desks.open)], rough)
            for service in day.rules.services:
                services[zone, service] = _range(desks.for_kind((service, None, None), competition), rough)
        forecast = Forecast(tickets, zones, services)
        for ticket in [one for zone in day.rules.zones for one in day.waiting(zone) if one.services_to_do]:
            tickets[ticket.number] = whole_visit(ticket, forecast, day)
        return forecast


def whole_visit(ticket: Ticket, forecast: Forecast, day: HallDay) -> TicketForecast:
    """With the services after the present one. A group counts as one: how much longer it takes is to be measured."""
    own, later = forecast.tickets[ticket.number], later_services(ticket, day)
    services = tuple((service, forecast.services.get((zone, service))) for zone, service in later)
    return replace(own, services=services, total=forecast.for_newcomers_visit(own.wait, later))


class _Desks:
    """The open desks of one zone, and which of them serve a kind: looked up once."""

    def __init__(self, day: HallDay, zone: str, at: datetime, means: Means) -> None:
        self.open = _desks(day, zone, at, means)
        self._of: dict[Kind, list[_Desk]] = {}

    def for_kind(self, kind: Kind, competition: Competition) -> list[_Desk]:
        if kind not in self._of:
            capable = competition.capable(kind)
            self._of[kind] = [desk for desk in self.open if desk.counter.id in capable]
        return self._of[kind]


def _desks(day: HallDay, zone: str, at: datetime, means: Means) -> list[_Desk]:
    """The open desks and when each is free: a service under way goes on for what its mean leaves, at least a little."""
    desks = []
    for desk in day.open_desks(zone):
        free_in = variance = 0.0
        if current := day.at_counter(desk.counter):
            free_in = _remaining(current, at, means)
            variance = (SPREAD * free_in) ** 2
        desks.append(_Desk(day.rules.counters[desk.counter], free_in, variance))
    return desks


def _remaining(ticket: Ticket, at: datetime, means: Means) -> float:
    mean = means.of(ticket.service)
    if ticket.stage is Stage.CALLED or ticket.started_at is None:
        return WALK_MINUTES + mean
    # a service past its mean still takes a while: services vary, and the long ones are what one meets
    return max(mean - minutes(at - ticket.started_at - ticket.held_for), mean / 4)


def _range(suitable: list[_Desk], rough: bool) -> WaitRange | None:
    """P50 to P90 of the moment the first suitable desk is free; None when no open desk serves it or it is too far."""
    if not suitable:
        return None
    first = min(suitable, key=lambda desk: desk.free_in)
    low = math.floor(first.free_in)
    high = math.ceil(first.free_in + Z90 * math.sqrt(first.variance))
    if high > TOO_LONG_MINUTES:
        return None
    return WaitRange(low, max(high, low + 1), rough)


def _occupy(suitable: list[_Desk], mean: float) -> None:
    if not suitable:
        return
    first = min(suitable, key=lambda desk: desk.free_in)
    first.free_in += WALK_MINUTES + mean
    first.variance += (SPREAD * mean) ** 2


def _is_general(counter: Counter, desks: list[_Desk]) -> bool:
    """Whether a counter stands for its zone: it serves everything, or no open one does."""
    return counter.services is None or all(desk.counter.services is not None for desk in desks)
