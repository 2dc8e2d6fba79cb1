"""Alerts as pages show them, to those who are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from queue_server.domain.alert_rules import AlertRule
from queue_server.domain.alerts import EASED_BELOW, Alert, Signs, alerts
from queue_server.domain.hall_day import HallDay, StandingAlert
from queue_server.hall_file import HallFile
from queue_server.web.alert_listeners import IsMine
from queue_server.web.views import Json, iso
from queue_server.web.wall_view import SAID_OF, alert_words

NameOf = Callable[[str], str]


def alert_views(day: HallDay, at: datetime, signs: Signs, name_of: NameOf, is_mine: IsMine) -> list[Json]:
    """What stands, with its figures of now; and what is so this moment, should the log not say so yet. Of what
    `is_mine` says that somebody is told."""
    now = {alert.id: alert for alert in alerts(day, at, signs, EASED_BELOW)}
    standing = [alert for alert in day.alerts.values() if alert.is_open and is_mine(alert)]
    known = {alert.id for alert in day.alerts.values() if alert.stands}
    new = [
        alert
        for alert in alerts(day, at, signs)
        if alert.id not in known and not (alert.rule and alert.rule.for_minutes) and is_mine(alert)
    ]
    views = [
        *(_view(alert, now.get(alert.id), day, name_of) for alert in standing),
        *(found_view(alert, day, name_of) for alert in new),
    ]
    return sorted(views, key=lambda one: (one["level"] != "act", one["since"]))


def _view(alert: StandingAlert, now: Alert | None, day: HallDay, name_of: NameOf) -> Json:
    """Who waits longest may be another by now; the level only ever rises."""
    view = standing_view(alert, name_of)
    if now is not None:
        view |= {"value": rounded(now.value), "ticket": now.ticket, "since": iso(now.since)}
    rules = day.rules.alert_rules
    rule = next((one for one in rules if one.concerns(alert.kind, alert.zone) and one.level == alert.level), None)
    return {**view, "propose": propose_view(rule)}


def _about(alert: Alert | StandingAlert, name_of: NameOf) -> Json:
    """What is said of either."""
    return {
        **{name: getattr(alert, name) for name in ("id", "kind", "level", "zone", "ticket", "counter", "place")},
        "tells": list(alert.tells),
        "people": [name_of(person) for person in alert.people],
    }


def standing_view(alert: StandingAlert, name_of: NameOf) -> Json:
    return {
        **_about(alert, name_of),
        "value": alert.value,
        "limit": alert.limit,
        "since": iso(alert.raised_at),
        "raised_at": iso(alert.raised_at),
        "times": alert.times,
        "sound": alert.sound,
        "taken_by": name_of(alert.taken_by) if alert.taken_by else "",
        "taken_by_id": alert.taken_by,
        "taken_at": iso(alert.taken_at),
        "done": alert.done,
        "closed_by": name_of(alert.closed_by.partition(":")[2]) if alert.closed_by else "",
        "closed_at": iso(alert.closed_at),
    }


def found_view(alert: Alert, day: HallDay, name_of: NameOf) -> Json:
    before = day.alerts.get(alert.id)
    return {
        **_about(alert, name_of),
        "value": rounded(alert.value),
        "limit": rounded(alert.limit),
        "since": iso(alert.since),
        "raised_at": None,
        "times": before.times + 1 if before else 1,
        "sound": bool(alert.rule and alert.rule.sound),
        **{"taken_by": "", "taken_by_id": "", "taken_at": None, "done": "", "closed_by": "", "closed_at": None},
        "propose": propose_view(alert.rule),
    }


def propose_view(rule: AlertRule | None) -> Json | None:
    return {"zh": rule.propose[0], "en": rule.propose[1]} if rule and rule.propose else None


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def with_words(views: list[Json], hall_file: HallFile) -> list[Json]:
    """For pages that have no words of their own for each kind: in both languages, without a ticket's number."""
    return [{**view, "text": alert_words(hall_file, **{name: view[name] for name in SAID_OF})} for view in views]
