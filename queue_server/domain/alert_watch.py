"""Makes of what is so at each moment what stands: raised only after a while, over only after a while. Pure but for its
own memory of since when; what stands is in the log, so it outlives a restart and is the same on every screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queue_server.domain.alert_rules import SETTLE_AT_ONCE
from queue_server.domain.alerts import EASED_BELOW, Alert, Signs, alerts
from queue_server.domain.hall_day import HallDay

CALM_FOR = timedelta(minutes=1)


@dataclass(slots=True)
class AlertWatch:
    _above: dict[str, datetime] = field(default_factory=dict)  # not yet told: since when
    _calm: dict[str, datetime] = field(default_factory=dict)  # stands and is below its limit: since when

    def step(self, day: HallDay, at: datetime, signs: Signs) -> tuple[list[Alert], list[str]]:
        """What is to be told now, and which of what stands is over (by id)."""
        found = {alert.id: alert for alert in alerts(day, at, signs)}
        near = {alert.id for alert in alerts(day, at, signs, EASED_BELOW)}
        return list(self._due(found, day, at)), list(self._over(near, day, at))

    def _due(self, found: dict[str, Alert], day: HallDay, at: datetime) -> Iterator[Alert]:
        self._above = {one: since for one, since in self._above.items() if one in found}
        for one, alert in found.items():
            standing = day.alerts.get(one)
            if standing is not None and standing.stands and (alert.level == standing.level or alert.level == "look"):
                continue
            since = self._above.setdefault(one, at)
            patience = timedelta(minutes=alert.rule.for_minutes if alert.rule else 0)
            if at - since >= patience:
                yield alert

    def _over(self, near: set[str], day: HallDay, at: datetime) -> Iterator[str]:
        standing = {one: alert for one, alert in day.alerts.items() if alert.stands}
        self._calm = {one: since for one, since in self._calm.items() if one in standing and one not in near}
        for one, alert in standing.items():
            if one in near:
                continue
            since = self._calm.setdefault(one, at)
            if alert.kind in SETTLE_AT_ONCE or at - since >= CALM_FOR:
                yield one
