"""Tells the centre's own system of alerts whose rule asks for it: signed, tried again, never many at once.

Looks once a second at what stands, so nothing is told that is over, and whichever process of a hall comes first does
it. Each delivery is a task of its own. No ticket's number and nobody's name leaves the hall.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from queue_server.domain.hall_day import HallDay, StandingAlert
from queue_server.notices.delivery import deliver
from queue_server.notices.webhook import Webhook
from queue_server.stores.base import StorageTrouble
from queue_server.web.views import Json, iso
from queue_server.web.wall_view import alert_texts

if TYPE_CHECKING:
    from queue_server.web.context import Context

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
MOST_AT_ONCE = 10  # under way; the others wait, and what is over meanwhile is not told any more


class AlertTeller:
    def __init__(self, context: Context, webhook: Webhook | None) -> None:
        self._context = context
        self._webhook = webhook
        self._under_way = 0

    def tell_for_ever(self, run: Callable[..., object], sleep: Callable[[float], object]) -> None:
        while self._webhook is not None:
            sleep(LOOK_EVERY_SECONDS)
            try:
                self.look(run, sleep)
            except StorageTrouble:
                pass  # the timekeeper says so
            except Exception:  # one alert that cannot be told must not silence those after it
                logger.exception("Telling alerts failed", extra={"action": "alerts_failed"})

    def look(self, run: Callable[..., object], sleep: Callable[[float], object]) -> None:
        """Begin to tell what stands and was not told yet. `run` starts a task; tests hand in a plain call."""
        today, standing = self._context.hall.read(_open_alerts)
        for alert in standing:
            if self._webhook is None or self._under_way >= MOST_AT_ONCE:
                return
            if self._context.visitor_contacts.claim(today, f"alert:{alert.id}", f"{alert.level}:{alert.times}"):
                self._under_way += 1
                run(self._tell, self._webhook, alert.id, self.body(alert, today), sleep)

    def _tell(self, webhook: Webhook, alert: str, body: Json, sleep: Callable[[float], object]) -> None:
        try:
            kind = str(body["kind"])
            deliver(f"alert {kind} by webhook", partial(webhook.send, body), partial(self._stands, alert), sleep)
        finally:
            self._under_way -= 1

    def _stands(self, alert: str) -> bool:
        return self._context.hall.read(lambda day, at: (one := day.alerts.get(alert)) is not None and one.is_open)

    def body(self, alert: StandingAlert, day: date) -> Json:
        """In both languages, since the receiver is a system; its words are those of the supervisor's screen."""
        hall_file = self._context.hall_file
        return {
            "id": f"{hall_file.id}:{day.isoformat()}:{_without_ticket(alert)}:{alert.level}:{alert.times}",
            "kind": alert.kind,
            "level": alert.level,
            "at": iso(alert.raised_at),
            "hall": hall_file.id,
            "day": day.isoformat(),
            "zone": alert.zone,
            "counter": alert.counter,
            "place": None if alert.ticket else alert.place,
            "value": alert.value,
            "limit": alert.limit,
            "text": alert_texts(alert, hall_file),
        }


def _without_ticket(alert: StandingAlert) -> str:
    """The moment tells two of a kind apart as well as a number would."""
    parts = (alert.kind, alert.zone, alert.counter, alert.raised_at.strftime("%H%M%S"))
    return ":".join(part for part in parts if part)


def _open_alerts(day: HallDay, at: datetime) -> tuple[date, list[StandingAlert]]:
    return day.day, [alert for alert in day.alerts.values() if alert.webhook and alert.is_open]
