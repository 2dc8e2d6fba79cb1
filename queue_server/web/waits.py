"""How long people wait, worked out once for all who ask: at most once a second, however many screens there are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from queue_server.domain.calling_order import people_ahead, queues_of
from queue_server.domain.choice import choose
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Ticket
from queue_server.foresight.base import Forecast, Forecaster, TicketForecast
from queue_server.service.hall import Hall
from queue_server.web.told_waits import ToldWaits
from queue_server.web.views import Json, wait_view, zone_view

LEAST_SECONDS = 1.0
NEXT_SHOWN = 6  # on a zone's screen, by number only
SHARE_OF_TIME = 30  # a forecast that took 0.1 s is not made again for three: the hall goes before its forecast


@dataclass(frozen=True, slots=True)
class Picture:
    """The queues and waits of one moment."""

    day: date
    seq: int
    at: datetime
    forecast: Forecast
    zones: list[Json]
    queues: dict[str, list[str]]
    calls: dict[str, Json]  # by open desk: whom it would call now, and by which rule
    error_minutes: int | None = None  # by how much today's ranges have been off so far; None: too early to say
    error_of: str = "today"  # today | month

    def of(self, ticket: str) -> TicketForecast | None:
        return self.forecast.tickets.get(ticket)

    def waits(self) -> dict[str, Json]:
        return {number: ahead_view(forecast) for number, forecast in self.forecast.tickets.items()}

    def for_staff(self) -> Json:
        own = {"queues": self.queues, "waits": self.waits(), "calls": self.calls}
        return {"seq": self.seq, "zones": self.zones, **own}

    def for_everybody(self) -> Json:
        error = {"error_minutes": self.error_minutes, "error_of": self.error_of}
        return {"seq": self.seq, "zones": self.zones, "next": self.next_tickets(), **error}

    def next_tickets(self) -> dict[str, list[str]]:
        """Who comes next in each zone, in calling order."""
        return {zone: queue[:NEXT_SHOWN] for zone, queue in self.queues.items()}


def ahead_view(forecast: TicketForecast) -> Json:
    """`total`: of a visit of several services, the waiting for all of them together."""
    view = {"ahead": forecast.ahead, "wait": wait_view(forecast.wait)}
    return {**view, "total": wait_view(forecast.total)} if forecast.services else view


def calls_now(day: HallDay, at: datetime) -> dict[str, Json]:
    """Whom each open desk would call: skills, preferences, budget and rules for helping out are all in it."""
    desks = [desk.counter for desk in day.desks.values() if not desk.paused]
    choices = {counter: choose(day.rules.counters[counter], day, at) for counter in desks}
    return {c: {"ticket": choice.ticket.number, "rule": choice.rule} for c, choice in choices.items() if choice}


def picture_of(day: HallDay, at: datetime, forecaster: Forecaster, told: ToldWaits | None = None) -> Picture:
    in_order = queues_of(day, at)
    forecast = forecaster.forecast(day, at, in_order)
    zones = [zone_view(zone, day, forecast.zones.get(zone)) for zone in day.rules.zones]
    queues = {zone: [ticket.number for ticket in queue] for zone, queue in in_order.items()}
    picture = Picture(day.day, day.seq, at, forecast, zones, queues, calls_now(day, at))
    if told is None:
        return picture
    judged = told.judged(day)
    return replace(picture, error_minutes=judged.error_minutes, error_of=judged.error_of)


class Waits:
    def __init__(
        self,
        hall: Hall,
        forecaster: Forecaster,
        least_seconds: float = LEAST_SECONDS,
        now: Callable[[], float] = time.monotonic,
        told: ToldWaits | None = None,
    ) -> None:
        self._hall = hall
        self._forecaster = forecaster
        self._told = told
        self._least_seconds = least_seconds
        self._now = now
        self._picture: Picture | None = None
        self._good_until = float("-inf")

    def picture(self) -> Picture:
        """The latest picture; a new one when it is older than a second."""
        if self._picture is not None and self._now() < self._good_until:
            return self._picture
        return self.refresh()

    def picture_with(self, tickets: Iterable[Ticket]) -> Picture:
        """A picture that knows these tickets; one just issued may be younger than the latest picture."""
        picture = self.picture()
        known = picture.forecast.tickets
        missing = any(ticket.is_waiting and ticket.number not in known for ticket in tickets)
        return self.refresh() if missing else picture

    def latest(self) -> Picture:
        """The latest picture however old, for those who must not wait for a new one; `Feed` keeps it fresh."""
        return self._picture or self.refresh()

    def refresh(self) -> Picture:
        began = self._now()
        picture = self._hall.read(lambda day, at: picture_of(day, at, self._forecaster, self._told))
        took = self._now() - began
        self._picture = picture
        self._good_until = began + took + max(self._least_seconds, took * SHARE_OF_TIME)
        return picture

    @property
    def pause_seconds(self) -> float:
        """How long to leave the processor alone before the next refresh."""
        return max(self._least_seconds, self._good_until - self._now())


def ahead_of(ticket: Ticket, day: HallDay) -> int:
    """People ahead of a ticket at this very moment; for one just issued, who must not wait for the next picture."""
    if not ticket.is_waiting:
        return 0
    return people_ahead(ticket, day, day.last_at or ticket.first_arrival_at)
