"""Who of those at work is told which alerts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from queue_server.domain.alert_audience import Listener, is_told
from queue_server.domain.alerts import Alert
from queue_server.domain.hall_day import StandingAlert
from queue_server.web.security import Who

if TYPE_CHECKING:
    from queue_server.web.context import Context

IsMine = Callable[[Alert | StandingAlert], bool]


def alerts_of(context: Context, someone: Who) -> IsMine:
    """Asks the accounts, not the door: the answer may be used within it."""
    counters = context.hall_file.rules.counters
    counter = counters.get(someone.counter or "")
    listener = Listener(someone.id, someone.roles, someone.counter, counter.zone if counter else None)
    works_here = {one.id for one in context.hall_file.people}
    return lambda alert: is_told(alert, listener, works_here)


def alerts_of_supervisors(context: Context, someone: Who | None = None) -> IsMine:
    """What the supervisors' page shows, to whoever looks at it; None: on a wall where nobody is signed in."""
    works_here = {one.id for one in context.hall_file.people}
    person, roles = (someone.id, someone.roles) if someone else ("", frozenset())
    listener = Listener(person, roles | {"supervisor"})
    return lambda alert: is_told(alert, listener, works_here)
