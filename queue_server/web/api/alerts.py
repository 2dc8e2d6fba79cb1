"""What wants a supervisor's glance or hand: seen to by somebody, and closed with what was done."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.alert_audience import MENDERS
from queue_server.domain.alerts import Alert
from queue_server.domain.hall_day import HallDay, StandingAlert
from queue_server.web.alert_listeners import alerts_of
from queue_server.web.alert_signs import signs_of
from queue_server.web.alert_views import alert_views, standing_view, with_words
from queue_server.web.api.common import COMMAND, Done, Wish, done, handle, make_api, wish_id
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import Who, needs_role, who
from queue_server.web.views import Json

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
    """Everything that stands now, whoever is told of it, and what was over today with who saw to it."""
    context = here()
    signs = signs_of(context)

    def view(day: HallDay, at: datetime) -> Json:
        over = [alert for alert in day.alerts.values() if not alert.is_open]
        return {
            "seq": day.seq,
            "alerts": alert_views(day, at, signs, context.person_name, everything),
            "over": [standing_view(one, context.person_name) for one in sorted(over, key=_latest, reverse=True)],
            "deeds": list(DEEDS),
            "people": [{"id": one.id, "name": one.name, "role": one.role} for one in context.hall_file.people],
        }

    return context.hall.read(view)


@api.get("/alerts/mine")
@needs_role("officer", "guide", "supervisor")
def read_my_alerts() -> Json:
    """What stands now and the hall's rules tell me of, in words. The feed says `alerts` when it may be otherwise."""
    context = here()
    signs, is_mine = signs_of(context), alerts_of(context, who())

    def view(day: HallDay, at: datetime) -> Json:
        mine = alert_views(day, at, signs, context.person_name, is_mine)
        return {"seq": day.seq, "alerts": with_words(mine, context.hall_file), "deeds": list(DEEDS)}

    return context.hall.read(view)


@api.post("/alerts/<alert>/take", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("officer", "guide", "supervisor")
def take_alert(path: AlertPath, body: Taking) -> Json:
    """I see to it; or, by a supervisor, somebody else is asked to."""
    someone = who()
    make_sure_it_is_theirs(path.alert, someone)
    person = body.person or someone.id
    if person != someone.id and MENDERS.isdisjoint(someone.roles):
        raise ApiError(403, "not_allowed", role=someone.role)
    if person not in {one.id for one in here().hall_file.people}:
        raise ApiError(422, "fields_wrong", fields=[{"field": "person", "problem": "nobody of this hall"}])
    wish = wish_id(someone, "take-alert")
    return handle(c.TakeAlert(id=wish, actor=someone.actor, alert=path.alert, person=person), done)


@api.post("/alerts/<alert>/close", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("officer", "guide", "supervisor")
def close_alert(path: AlertPath, body: Closing) -> Json:
    """Seen to. It comes again only when it was over and is so once more, or when it becomes urgent."""
    someone = who()
    make_sure_it_is_theirs(path.alert, someone)
    if not body.done.strip():
        raise ApiError(422, "fields_wrong", fields=[{"field": "done", "problem": "what was done"}])
    wish = wish_id(someone, "close-alert")
    return handle(c.CloseAlert(id=wish, actor=someone.actor, alert=path.alert, done=body.done.strip()), done)


def everything(_alert: Alert | StandingAlert) -> bool:
    return True


def make_sure_it_is_theirs(alert: str, someone: Who) -> None:
    """Supervisors see to all alerts, others to those of which they are told. What a screen shows and the log is only
    about to say is written first."""
    context = here()
    context.alert_keeper.look(signs_of(context))
    if not MENDERS.isdisjoint(someone.roles):
        return
    is_mine = alerts_of(context, someone)
    standing = context.hall.read(lambda day, at: day.alerts.get(alert))
    if standing is not None and not is_mine(standing):
        raise ApiError(403, "not_allowed", role=someone.role)


def _latest(alert: StandingAlert) -> datetime:
    return alert.closed_at or alert.taken_at or alert.raised_at
