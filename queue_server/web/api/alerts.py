"""What wants a supervisor's glance or hand: seen to by somebody, and closed with what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.alert_rules import AlertRule
from queue_server.domain.alerts import EASED_BELOW, Alert, Signs, alerts
from queue_server.domain.hall_day import HallDay, StandingAlert
from queue_server.web.alert_signs import signs_of
from queue_server.web.api.common import COMMAND, Done, Wish, done, handle, make_api, wish_id
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import needs_role, who
from queue_server.web.views import Json, iso

api = make_api("alerts", "What wants a glance or a hand")

# What was done, in one touch. Words in words/*/supervisor.json; “other” comes with a sentence.
DEEDS = (
    "counter_opened",
    "people_moved",
    "spoke_with_visitor",
    "spoke_with_officer",
    "machine_mended",
    "nothing_needed",
)


class AlertPath(BaseModel):
    alert: str = Field(max_length=80)


class Taking(Wish):
    person: str = Field("", max_length=32, description="Whose it is now; empty: mine")


class Closing(Wish):
    done: str = Field(max_length=120, description=f"One of {', '.join(DEEDS)}, or a sentence without anybody's name")


@api.get("/alerts")
@needs_role("supervisor")
def read_alerts() -> Json:
    """What stands now, and what was over today with who saw to it."""
    context = here()
    signs = signs_of(context)

    def view(day: HallDay, at: datetime) -> Json:
        over = [alert for alert in day.alerts.values() if not alert.is_open]
        return {
            "seq": day.seq,
            "alerts": alert_views(day, at, signs, context.person_name),
            "over": [standing_view(one, context.person_name) for one in sorted(over, key=_latest, reverse=True)],
            "deeds": list(DEEDS),
            "people": [{"id": one.id, "name": one.name, "role": one.role} for one in context.hall_file.people],
        }

    return context.hall.read(view)


@api.post("/alerts/<alert>/take", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def take_alert(path: AlertPath, body: Taking) -> Json:
    """I see to it, or somebody else is asked to."""
    someone = who()
    person = body.person or someone.id
    if person not in {one.id for one in here().hall_file.people}:
        raise ApiError(422, "fields_wrong", fields=[{"field": "person", "problem": "nobody of this hall"}])
    make_sure_it_is_told()
    wish = wish_id(someone, "take-alert")
    return handle(c.TakeAlert(id=wish, actor=someone.actor, alert=path.alert, person=person), done)


@api.post("/alerts/<alert>/close", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def close_alert(path: AlertPath, body: Closing) -> Json:
    """Seen to. It comes again only when it was over and is so once more, or when it becomes urgent."""
    someone = who()
    if not body.done.strip():
        raise ApiError(422, "fields_wrong", fields=[{"field": "done", "problem": "what was done"}])
    make_sure_it_is_told()
    wish = wish_id(someone, "close-alert")
    return handle(c.CloseAlert(id=wish, actor=someone.actor, alert=path.alert, done=body.done.strip()), done)


def make_sure_it_is_told() -> None:
    """A screen may show what the log is about to say."""
    context = here()
    context.alert_keeper.look(signs_of(context))


def alert_views(day: HallDay, at: datetime, signs: Signs, name_of: Callable[[str], str]) -> list[Json]:
    """What stands, with its figures of now; and what is so this moment, should the log not say so yet."""
    now = {alert.id: alert for alert in alerts(day, at, signs, EASED_BELOW)}
    shown = [_view(alert, now.get(alert.id), day, name_of) for alert in day.alerts.values() if alert.is_open]
    known = {alert.id for alert in day.alerts.values() if alert.stands}
    new = [
        found_view(alert, day)
        for alert in alerts(day, at, signs)
        if alert.id not in known and not (alert.rule and alert.rule.for_minutes)
    ]
    return sorted([*shown, *new], key=lambda one: (one["level"] != "act", one["since"]))


def _view(alert: StandingAlert, now: Alert | None, day: HallDay, name_of: Callable[[str], str]) -> Json:
    """Who waits longest may be another by now; the level only ever rises."""
    view = standing_view(alert, name_of)
    if now is not None:
        view |= {"value": rounded(now.value), "ticket": now.ticket, "since": iso(now.since)}
    rules = day.rules.alert_rules
    rule = next((one for one in rules if one.concerns(alert.kind, alert.zone) and one.level == alert.level), None)
    return {**view, "propose": propose_view(rule)}


def standing_view(alert: StandingAlert, name_of: Callable[[str], str]) -> Json:
    return {
        "id": alert.id,
        "kind": alert.kind,
        "level": alert.level,
        "zone": alert.zone,
        "ticket": alert.ticket,
        "counter": alert.counter,
        "place": alert.place,
        "value": alert.value,
        "limit": alert.limit,
        "since": iso(alert.raised_at),
        "raised_at": iso(alert.raised_at),
        "times": alert.times,
        "sound": alert.sound,
        "taken_by": name_of(alert.taken_by) if alert.taken_by else "",
        "taken_at": iso(alert.taken_at),
        "done": alert.done,
        "closed_by": name_of(alert.closed_by.partition(":")[2]) if alert.closed_by else "",
        "closed_at": iso(alert.closed_at),
    }


def found_view(alert: Alert, day: HallDay) -> Json:
    before = day.alerts.get(alert.id)
    return {
        "id": alert.id,
        "kind": alert.kind,
        "level": alert.level,
        "zone": alert.zone,
        "ticket": alert.ticket,
        "counter": alert.counter,
        "place": alert.place,
        "value": rounded(alert.value),
        "limit": rounded(alert.limit),
        "since": iso(alert.since),
        "raised_at": None,
        "times": before.times + 1 if before else 1,
        "sound": bool(alert.rule and alert.rule.sound),
        **{"taken_by": "", "taken_at": None, "done": "", "closed_by": "", "closed_at": None},
        "propose": propose_view(alert.rule),
    }


def propose_view(rule: AlertRule | None) -> Json | None:
    return {"zh": rule.propose[0], "en": rule.propose[1]} if rule and rule.propose else None


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _latest(alert: StandingAlert) -> datetime:
    return alert.closed_at or alert.taken_at or alert.raised_at
