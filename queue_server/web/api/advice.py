"""What the hall advises its supervisor to do, what is answered, and what came of it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.foresight.acts import Act
from queue_server.reports.advice_book import OPEN, Advice
from queue_server.web.api.common import Wish, make_api, wish_id
from queue_server.web.api.staffing import deed_for
from queue_server.web.api.staffing_shapes import AdviceShape, AdvicesShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import needs_role, who
from queue_server.web.views import Json, iso

api = make_api("advice", "What would help, and what came of it")


class AdvicePath(BaseModel):
    advice: str = Field(max_length=32)


class Declining(Wish):
    reason: str = Field(min_length=1, max_length=200, description="nobody_free, they_rest, not_needed, or own words")


@api.get("/advice", responses={200: AdvicesShape})
@needs_role("supervisor")
def read_advice() -> Json:
    """What is advised now, and what became of today's earlier advice: promised against happened."""
    adviser = here().adviser
    advices = adviser.of_today()
    now = next((one for one in advices if one.state == OPEN), None)
    return {
        "state": adviser.state,
        "open": advice_view(now) if now else None,
        "earlier": [advice_view(one) for one in reversed(advices) if one is not now],
    }


@api.post("/advice/<advice>/accept", responses={200: AdviceShape})
@needs_role("supervisor")
def accept_advice(path: AdvicePath) -> Json:
    """It will be done. Where a command exists (opening a reserve counter) it is done at once."""
    advice = _the_open(path.advice)
    someone = who()
    if (deed := deed_for([act_of(advice)])) is not None:
        wish = wish_id(someone, "open-reserve")
        here().hall.handle(c.OpenReserve(id=wish, actor=someone.actor, counter=deed["counter"]))
    return advice_view(here().adviser.decide(advice, True, someone.actor))


@api.post("/advice/<advice>/decline", responses={200: AdviceShape})
@needs_role("supervisor")
def decline_advice(path: AdvicePath, body: Declining) -> Json:
    """It will not be done, and why; the same is not advised again for a while."""
    return advice_view(here().adviser.decide(_the_open(path.advice), False, who().actor, body.reason))


def _the_open(id: str) -> Advice:
    advice = here().adviser.find(id)
    if advice is None:
        raise ApiError(404, "unknown_advice", advice=id)
    if advice.state != OPEN:
        raise ApiError(409, "advice_decided", state=advice.state)
    return advice


def act_of(advice: Advice) -> Act:
    known = {name: value for name, value in advice.act.items() if name != "category"}
    return Act(**{**known, "services": tuple(known["services"]) if known["services"] else None})


def advice_view(advice: Advice) -> Json:
    return {
        "id": advice.id,
        "at": iso(advice.at),
        "trouble": advice.trouble,
        "zone": advice.zone or None,
        "category": advice.category or None,
        "act": advice.act,
        "promised": advice.promised,
        "state": advice.state,
        "reason": advice.reason,
        "decided_at": iso(advice.decided_at),
        "made": advice.made,
        "happened": None if advice.happened is None else _rounded(advice.happened),
        "deed": deed_for([act_of(advice)]) if advice.state == OPEN else None,
    }


def _rounded(happened: Json) -> Json:
    return {name: None if value is None else round(value) for name, value in happened.items()}
