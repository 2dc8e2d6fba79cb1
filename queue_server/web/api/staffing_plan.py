"""How many desks the days to come need, half hour by half hour, as a table and as a file."""

from __future__ import annotations

import csv
import io
import math
from datetime import date as Date
from typing import Any

import numpy as np
from flask import Response
from pydantic import BaseModel, Field

from queue_server.foresight.desk_kinds import Skill, skills_of
from queue_server.foresight.plan import HALF_HOURS, SOMEBODY, PlanFound
from queue_server.foresight.staffing import Target
from queue_server.web.api.common import make_api
from queue_server.web.api.staffing import or_refuse
from queue_server.web.api.staffing_shapes import PlanShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import needs_role
from queue_server.web.staffing_desk import LEAST_DAYS, Plan, days_to_plan
from queue_server.web.views import Json
from queue_server.web.words import reader_language, word

api = make_api("staffing plan", "Desks for the days to come")

BOM = "\ufeff"  # spreadsheets know by it that the file is UTF-8
COLUMNS = ("zone", "from", "arrivals", "needed", "desks", "usual", "short", "p50", "p90", "usual_p50", "usual_p90")


class PlanQuery(BaseModel):
    day: Date | None = Field(None, description="Of the next working days; the first of them when left out")
    wait: int | None = Field(None, ge=1, le=120, description="Minutes; the hall's good wait when left out")
    late: int = Field(10, ge=1, le=50, description="Percent of people who may wait longer than that")


@api.get("/staffing-plan", responses={200: PlanShape})
@needs_role("supervisor")
def read_plan(query: PlanQuery) -> Json:
    """Desks needed in each zone and half hour of a day to come, with the waits to expect, against the usual roster."""
    return plan_view(_plan(query))


@api.get("/staffing-plan.csv")
@needs_role("supervisor")
def read_plan_csv(query: PlanQuery) -> Response:
    """The same as a file for spreadsheets."""
    plan = _plan(query)
    language = reader_language()
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([word(f"staffing.csv_{name}", language) for name in COLUMNS])
    for zone in plan_view(plan)["zones"]:
        name = here().hall_file.zones[zone["zone"]].name.in_language(language)
        for row in zone["rows"]:
            told = row | {"desks": _in_words(zone["desk_kinds"], row["desks"])}
            rows.writerow([name, *("" if told[key] is None else told[key] for key in COLUMNS[1:])])
    answer = Response(BOM + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="staffing-{plan.day.isoformat()}.csv"'
    return answer


def _plan(query: PlanQuery) -> Plan:
    context = here()
    days = days_to_plan(context.hall.rules, context.today())
    if not days or (query.day is not None and query.day not in days):
        raise ApiError(404, "plan_no_such_day", days=", ".join(day.isoformat() for day in days))
    wait = query.wait or context.hall.rules.limits.wait_good_minutes
    return or_refuse(lambda: context.staffing.plan(query.day or days[0], Target(float(wait), query.late / 100)))


def plan_view(plan: Plan) -> Json:
    context = here()
    found = plan.found
    return {
        "day": plan.day.isoformat(),
        "days": [day.isoformat() for day in days_to_plan(context.hall.rules, context.today())],
        "wait_minutes": round(plan.target.minutes),
        "late_percent": round(plan.target.share * 100),
        "learnt_days": plan.days,
        "learnt_of_weekday": plan.of_weekday,
        "least_days": LEAST_DAYS,
        "enough": found is not None,
        "holds": bool(found and found.holds),
        "left_over": {"planned": _rounded(found.left_over[0]), "usual": _rounded(found.left_over[1])}
        if found
        else None,
        "zones": [_zone_view(zone, found, place, plan) for place, zone in enumerate(context.hall.rules.zones)]
        if found
        else [],
    }


def _zone_view(zone: str, found: PlanFound, place: int, plan: Plan) -> Json:
    counters = here().hall.rules.counters_of(zone)
    skills = [(kind, skill) for kind, skill in enumerate(skills_of(here().hall.rules)) if skill.zone == zone]
    own = [len([one for one in counters if one.services == skill.services]) for _, skill in skills]
    used = [
        (kind, skill, many)
        for (kind, skill), many in zip(skills, own, strict=True)
        if many or found.needed_of[kind].any()
    ]
    return {
        "zone": zone,
        "counters": len(counters),
        "desk_kinds": [
            {
                "title": _title(skill),
                "services": None if skill.services is None else sorted(skill.services),
                "counters": many,
            }
            for _, skill, many in used
        ],
        "rows": rows_of(found, place, [kind for kind, _, _ in used], plan),
    }


def _title(skill: Skill) -> str:
    """In the reader's language: the categories it serves any of."""
    language = reader_language()
    if skill.services is None:
        return word("staffing.plan_everything", language)
    found = [one for one in here().hall_file.catalogue.categories if any(g.id in skill.services for g in one.services)]
    return word("staffing.list_and", language).join(one.title.in_language(language) for one in found)


def _in_words(kinds: list[Json], desks: list[Json]) -> str:
    """As “all services 3; loans 2”; nothing where the zone has one kind of desk only."""
    if len(kinds) < 2:
        return ""
    return "; ".join(f"{kind['title']} {desk['needed']}" for kind, desk in zip(kinds, desks, strict=True))


def rows_of(found: PlanFound, zone: int, kinds: list[int], plan: Plan) -> list[Json]:
    """One row for each half hour of the hall's hours."""
    step = 24 * 60 // HALF_HOURS
    slots = [s for s in range(HALF_HOURS) if any(o < (s + 1) * step and s * step < c for o, c in plan.open)]
    return [
        _row(found, zone, slot, plan.target, step)
        | {"desks": [_desk(found, kind, slot, plan.target) for kind in kinds]}
        for slot in slots
    ]


def _desk(found: PlanFound, kind: int, slot: int, target: Target) -> Json:
    needed, usual = int(found.needed_of[kind, slot]), int(found.usual_of[kind, slot])
    late = float(found.usual_late_of[kind, slot])  # nan, where nobody is expected, is not above anything
    return {"needed": needed, "usual": usual, "short": usual < needed and late > target.share}


def _row(found: PlanFound, zone: int, slot: int, target: Target, step: int) -> Json:
    arrivals = float(found.arrivals[zone, slot])
    needed, usual = int(found.needed[zone, slot]), int(found.usual[zone, slot])
    late = float(found.as_usual.late[zone, slot])
    somebody = arrivals >= SOMEBODY
    return {
        "from": f"{slot * step // 60:02}:{slot * step % 60:02}",
        "arrivals": _rounded(arrivals),
        "needed": needed,
        "usual": usual,
        "short": bool(somebody and late > target.share and usual < needed),
        "p50": _minutes(found.planned.median[zone, slot], somebody),
        "p90": _minutes(found.planned.p90[zone, slot], somebody),
        "usual_p50": _minutes(found.as_usual.median[zone, slot], somebody),
        "usual_p90": _minutes(found.as_usual.p90[zone, slot], somebody),
        "usual_late_percent": None if not somebody or math.isnan(late) else round(late * 100),
    }


def _rounded(value: float) -> float:
    return round(float(value), 1)


def _minutes(value: np.float64 | Any, somebody: bool) -> int | str | None:
    """None where nobody is expected; “never” for whoever is not called that day."""
    if not somebody or np.isnan(value):
        return None
    return round(float(value)) if np.isfinite(value) else "never"
