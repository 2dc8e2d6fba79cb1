"""Who is told of an alert: whom its rules name, by role or by person."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from queue_server.domain.alert_rules import FOR_SUPERVISORS, OF_MARKS
from queue_server.domain.alerts import Alert
from queue_server.domain.hall_day import StandingAlert

MENDERS = frozenset({"supervisor", "administrator"})


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody at work. `counter` and `zone`: where they sit, if they do."""

    person: str
    roles: frozenset[str]
    counter: str | None = None
    zone: str | None = None


def is_told(alert: Alert | StandingAlert, someone: Listener, works_here: Container[str]) -> bool:
    """`works_here`: ids of everybody who can be told. An alert that names only people who have left goes to
    supervisors, so that somebody hears of it; one that names nobody is for the centre's own system. Of marks only those
    hear who mend them."""
    if alert.kind in OF_MARKS and MENDERS.isdisjoint(someone.roles):
        return False
    was_given_it = isinstance(alert, StandingAlert) and alert.taken_by == someone.person
    if someone.person in alert.people or was_given_it:
        return True
    roles = alert.tells
    if not roles and alert.people and not any(person in works_here for person in alert.people):
        roles = FOR_SUPERVISORS
    if "officer" in roles and "officer" in someone.roles and _sits_there(alert, someone):
        return True
    return any(role in someone.roles for role in roles if role != "officer")


def _sits_there(alert: Alert | StandingAlert, someone: Listener) -> bool:
    """At its counter; where it is about no counter, in its zone."""
    if someone.counter is None:
        return False
    return someone.counter == alert.counter if alert.counter else alert.zone is not None and someone.zone == alert.zone
