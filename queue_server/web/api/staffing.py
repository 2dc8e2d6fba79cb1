"""What would help: a supervisor asks “what if”, and hears what it would do before anybody moves."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, TypeVar

from pydantic import BaseModel, Field

from queue_server.domain.hall_day import HallDay
from queue_server.foresight.acts import Act, ActImpossible, break_of, spans_at
from queue_server.foresight.what_if import (
    LOOKS_AHEAD_MINUTES,
    ROUGH_BELOW,
    WORTH_SAYING,
    Difference,
    Outlook,
    Range,
    Variant,
    Waits,
)
from queue_server.foresight.worker_client import ForecastAway
from queue_server.web.api.common import Wish, make_api
from queue_server.web.api.staffing_shapes import OptionsShape, WhatIfShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import needs_role
from queue_server.web.staffing_desk import Comparison
from queue_server.web.views import Json, iso

api = make_api("staffing", "What a change of the counters would do")

Answer = TypeVar("Answer")

MOST_ACTS = 4
LEAST_PEOPLE = 0.5  # a group in which fewer are expected has no row


class Doing(BaseModel):
    """One act; which fields it needs hangs on `kind`."""

    model_config = {"extra": "forbid"}

    kind: Literal["open", "close", "serve", "move_break", "add_people"]
    counter: str = Field("", max_length=8)
    zone: str = Field("", max_length=32, description="serve: where, its own when empty; add_people: where")
    services: list[str] | None = Field(None, min_length=1, max_length=200, description="open, serve; null: all it can")
    minutes: int = Field(0, ge=-240, le=480, description="close: for how long, 0 for today; move_break: how much later")
    people: int = Field(0, ge=0, le=20, description="add_people: how many")

    def act(self) -> Act:
        services = None if self.services is None else tuple(self.services)
        return Act(self.kind, self.counter, self.zone, services, self.minutes, self.people)


class WhatIf(Wish):
    acts: list[Doing] = Field(min_length=1, max_length=MOST_ACTS, description="Done together")


@api.get("/what-if", responses={200: OptionsShape})
@needs_role("supervisor")
def read_options() -> Json:
    """What could be changed now: each counter's state and its break to come, where one is usual."""
    staffing = here().staffing

    def options(day: HallDay, at: datetime) -> Json:
        asked = staffing.asked_now(day, at)
        return {
            "at": iso(at),
            "counters": [
                {
                    "counter": id,
                    "zone": counter.zone,
                    "open": _is_open(id, day),
                    "reserve": counter.reserve,
                    "services": None if counter.services is None else sorted(counter.services),
                    "break": _break_view(break_of(spans_at(asked.scenario, place))),
                }
                for place, (id, counter) in enumerate(day.rules.counters.items())
            ],
        }

    return or_refuse(lambda: here().hall.read(options))


@api.post("/what-if", responses={200: WhatIfShape})
@needs_role("supervisor")
def ask_what_if(body: WhatIf) -> Json:
    """Waits with and without these acts, and how many are called before closing. Changes nothing."""
    acts = [doing.act() for doing in body.acts]
    found = or_refuse(lambda: here().staffing.compare([acts]))
    return what_if_view(found, found.compared.variants[0]) | {"deed": deed_for(acts)}


def or_refuse(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except ActImpossible as no:
        raise ApiError(404 if no.code.startswith("unknown_") else 409, no.code, **no.details) from no
    except ForecastAway as away:
        raise ApiError(503, away.code) from away


def _is_open(counter: str, day: HallDay) -> bool:
    desk = day.desks.get(counter)
    return desk is not None and not desk.paused


def _break_view(found: tuple[int, tuple[float, float]] | None) -> Json | None:
    """Minutes from now."""
    return None if found is None else {"begins_in": round(found[1][0]), "ends_in": round(found[1][1])}


def deed_for(acts: Sequence[Act]) -> Json | None:
    """The command that does it, where one exists: opening a reserve counter. Everything else is told to a person."""
    if len(acts) == 1 and acts[0].kind == "open" and acts[0].services is None:
        counter = here().hall.rules.counters.get(acts[0].counter)
        is_shut = counter is not None and here().hall.read(lambda day, _: counter.id not in day.open_reserves)
        if counter is not None and counter.reserve and is_shut:
            return {"kind": "open_reserve", "counter": counter.id}
    return None


def what_if_view(found: Comparison, variant: Variant) -> Json:
    before, after = found.compared.before, variant.outlook
    rows = zip(found.groups, before.groups, after.groups, variant.longest, variant.average, strict=True)
    return {
        "at": iso(found.at),
        "looks_ahead_minutes": int(LOOKS_AHEAD_MINUTES),
        "closes_in_minutes": None if math.isinf(found.closes_in) else round(found.closes_in),
        "repetitions": found.compared.repetitions,
        "rough": found.compared.repetitions < ROUGH_BELOW,
        "measured_services": found.measured,
        "verdict": verdict(variant),
        "hours_saved": difference_view(variant.hours_saved, 1),
        "groups": [
            {
                "zone": group.zone or None,
                "category": group.category or None,
                "people": round(one.people),
                "before": waits_view(one),
                "after": waits_view(other),
                "longest_change": difference_view(longest),
                "average_change": difference_view(average),
            }
            for group, one, other, longest, average in rows
            if not group.zone or one.people >= LEAST_PEOPLE
        ],
        "called_today": {"before": range_view(before.called_today), "after": range_view(after.called_today)},
        "left_over": left_over_view(before, variant),
    }


def verdict(variant: Variant) -> str:
    """helps | harms | mixed | no_difference: by what nobody could call chance, and somebody would feel."""
    felt = [each for each in (*variant.longest, *variant.average) if each.beyond_chance]
    better = any(each.mean <= -WORTH_SAYING for each in felt)
    worse = any(each.mean >= WORTH_SAYING for each in felt)
    if better and worse:
        return "mixed"
    return "helps" if better else "harms" if worse else "no_difference"


def left_over_view(before: Outlook, variant: Variant) -> Json:
    return {
        "before": range_view(before.left_over),
        "after": range_view(variant.outlook.left_over),
        "change": difference_view(variant.left_over, 1),
    }


def waits_view(waits: Waits) -> Json:
    """Minutes from arrival to call; null: not called any more."""
    return {
        "median": minutes_view(waits.median),
        "p90": minutes_view(waits.p90),
        "longest": minutes_view(waits.longest),
        "longest_low": minutes_view(waits.longest_low),
        "longest_high": minutes_view(waits.longest_high),
    }


def minutes_view(value: float) -> int | None:
    return round(value) if math.isfinite(value) else None


def range_view(found: Range) -> Json:
    return {"mean": round(found.mean), "low": round(found.low), "high": round(found.high)}


def difference_view(found: Difference, digits: int = 0) -> Json:
    def rounded(value: float) -> float:
        return round(value, digits) if digits else round(value)

    return {
        "mean": rounded(found.mean),
        "low": rounded(found.low),
        "high": rounded(found.high),
        "beyond_chance": found.beyond_chance,
    }
