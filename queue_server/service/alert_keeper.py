"""Writes into the log what the hall's rules for alerts find, once each, and that it is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from queue_server.domain.alert_watch import AlertWatch
from queue_server.domain.alerts import Alert, Signs
from queue_server.domain.commands import Command, EaseAlert, RaiseAlert
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.service.hall import Hall


class AlertKeeper:
    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._watch = AlertWatch()

    def look(self, signs: Signs) -> None:
        """Raise what is due and let go what is over. Several processes of a hall may look: the log takes each once."""
        for command in self._hall.read(lambda day, at: list(self._due(day, at, signs))):
            with suppress(Refusal):
                self._hall.handle(command)

    def _due(self, day: HallDay, at: datetime, signs: Signs) -> Iterator[Command]:
        raised: list[Alert] = []
        if day.is_over:
            over = [one for one, alert in day.alerts.items() if alert.stands]
        elif day.open_hours():
            raised, over = self._watch.step(day, at, signs)
        else:  # a day on which the hall is shut has no log: it would count among those lived
            over = []
        for alert in raised:
            yield raise_alert(alert, day)
        for one in over:
            yield EaseAlert(id=f"ease:{one}:{day.alerts[one].times}", actor="hall", alert=one)


def raise_alert(alert: Alert, day: HallDay) -> RaiseAlert:
    """Its id is made of what it says, so that two processes raise it once."""
    before = day.alerts.get(alert.id)
    rule = alert.rule
    return RaiseAlert(
        id=f"raise:{alert.id}:{before.times + 1 if before else 1}",
        actor="hall",
        alert=alert.id,
        kind=alert.kind,
        level=alert.level,
        zone=alert.zone,
        ticket=alert.ticket,
        counter=alert.counter,
        place=alert.place,
        value=round(alert.value or 0),
        limit=round(alert.limit or 0),
        sound=bool(rule and rule.sound),
        webhook=bool(rule and rule.webhook),
        tells=alert.tells,
        people=alert.people,
    )
