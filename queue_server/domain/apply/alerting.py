"""Alerts as they stand."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact
from queue_server.domain.hall_day import HallDay, StandingAlert


@fact
def _(event: e.AlertRaised, day: HallDay) -> None:
    """Whoever saw to the lesser one need not see to this."""
    before = day.alerts.get(event.alert)
    day.alerts[event.alert] = StandingAlert(
        id=event.alert,
        kind=event.kind,
        level=event.level,
        zone=event.zone,
        ticket=event.ticket,
        counter=event.counter,
        place=event.place,
        value=event.value,
        limit=event.limit,
        sound=event.sound,
        webhook=event.webhook,
        tells=tuple(event.tells),
        people=tuple(event.people),
        raised_at=event.at,
        times=before.times + 1 if before else 1,
    )


@fact
def _(event: e.AlertEased, day: HallDay) -> None:
    day.alerts[event.alert].stands = False


@fact
def _(event: e.AlertTaken, day: HallDay) -> None:
    alert = day.alerts[event.alert]
    alert.taken_by, alert.taken_at = event.person, event.at


@fact
def _(event: e.AlertClosed, day: HallDay) -> None:
    alert = day.alerts[event.alert]
    alert.done, alert.closed_by, alert.closed_at = event.done, event.actor, event.at
