"""Alerts: raised and over by the hall itself, taken and closed by people."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp
from queue_server.domain.hall_day import HallDay, StandingAlert
from queue_server.domain.refusals import AlertIsOver


@rule
def raise_alert(command: c.RaiseAlert, day: HallDay, at: datetime) -> list[e.Event]:
    """Once, whichever process finds it first; again when it wants a hand now and was worth only a glance."""
    standing = day.alerts.get(command.alert)
    if standing is not None and standing.stands and command.level in (standing.level, "look"):
        return []
    return [
        e.AlertRaised(
            **stamp(command, at),
            alert=command.alert,
            kind=command.kind,
            level=command.level,
            zone=command.zone,
            ticket=command.ticket,
            counter=command.counter,
            place=command.place,
            value=command.value,
            limit=command.limit,
            sound=command.sound,
            webhook=command.webhook,
            tells=command.tells,
            people=command.people,
        )
    ]


@rule
def ease_alert(command: c.EaseAlert, day: HallDay, at: datetime) -> list[e.Event]:
    standing = day.alerts.get(command.alert)
    if standing is None or not standing.stands:
        return []
    return [e.AlertEased(**stamp(command, at), alert=command.alert)]


@rule
def take_alert(command: c.TakeAlert, day: HallDay, at: datetime) -> list[e.Event]:
    if _the_open(day, command.alert).taken_by == command.person:
        return []
    return [e.AlertTaken(**stamp(command, at), alert=command.alert, person=command.person)]


@rule
def close_alert(command: c.CloseAlert, day: HallDay, at: datetime) -> list[e.Event]:
    _the_open(day, command.alert)
    return [e.AlertClosed(**stamp(command, at), alert=command.alert, done=command.done)]


def _the_open(day: HallDay, alert: str) -> StandingAlert:
    standing = day.alerts.get(alert)
    if standing is None or not standing.is_open:
        raise AlertIsOver(alert=alert)
    return standing
