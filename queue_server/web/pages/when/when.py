"""When to come: the next open days, half hour by half hour. Public, without script; caches may keep it for minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from queue_server.foresight.best_time.coming_day import FEW_DAYS, LEAST_DAYS, half_hours_of
from queue_server.foresight.best_time.keeper import ComingDays
from queue_server.foresight.best_time.outlook import HalfHour, Outlook, best_time, is_emptier, usual_wait
from queue_server.web.best_time_words import (
    busiest,
    clock,
    column_date,
    column_name,
    outlooks_now,
    short_date,
    ways_of,
    written_day,
    written_time,
    written_wait,
)
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError
from queue_server.web.pages.progress.progress_qr import qr_svg
from queue_server.web.security import address, limit
from queue_server.web.views import Json, said
from queue_server.web.words import reader_language, word

KEPT_SECONDS = 300
KEPT_BEFORE_SECONDS = 20  # while nothing has been worked out yet


def make_blueprint(context: Context) -> Blueprint:
    pages = Blueprint("when", __name__, template_folder=str(Path(__file__).parent))
    pages.get("/when")(show_hall)
    pages.get("/when/<service>")(show_service)
    pages.get("/when/<service>/qr.svg")(show_code)
    return pages


def show_hall() -> AnyResponse:
    """What most people come for, in each zone; and the way to any one service."""
    return _page(None)


def show_service(service: str) -> AnyResponse:
    return _page(_known(service))


def show_code(service: str) -> AnyResponse:
    """The way to a service's page, for a phone to take along."""
    answer = make_response(qr_svg(f"{here().settings.address}/when/{_known(service)}"))
    answer.headers["Content-Type"] = "image/svg+xml"
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


def _known(service: str) -> str:
    if service not in here().hall_file.catalogue:
        raise ApiError(404, "unknown_service", service=service)
    return service


def _page(service: str | None) -> AnyResponse:
    limit("when_page", address(), here().limits.progress_pages_per_address)
    answer = make_response(render_template("when.html", **_values(service)))
    kept = KEPT_SECONDS if here().coming_days() else KEPT_BEFORE_SECONDS
    answer.headers["Cache-Control"] = f"public, max-age={kept}"
    answer.headers["Vary"] = "Accept-Language"
    answer.add_etag()
    return answer.make_conditional(request)


def _values(service: str | None) -> dict[str, Any]:
    context, language = here(), reader_language()
    said_now, catalogue = context.coming_days(), context.hall_file.catalogue
    local = context.hall.rules.local(context.hall.clock.now())
    guide = catalogue.service(service) if service else None
    zones = ways_of(service, guide.coaching.possible, context.hall.rules) if service and guide else _zones(context)
    return {
        "page": "when",
        "lang": language,
        "word": partial(_word, language),
        "text": lambda both: said(both, language),
        "csrf_token": lambda: "",  # nobody is signed in, and no cookie keeps the page out of caches
        "path": request.path,
        "service": said(guide.plain_name, language) if guide else None,
        "ways": [_way(zone, service, said_now, local, language) for zone in zones],
        "few": said_now is not None and said_now.past_days < LEAST_DAYS,
        "rough": said_now is not None and LEAST_DAYS <= said_now.past_days < FEW_DAYS,
        "past_days": said_now.past_days if said_now else 0,
        "least_days": LEAST_DAYS,
        "nothing_yet": said_now is None,
        "held": _held(said_now),
        "closed": _closed(said_now, context, local.date(), language),
        "groups": [
            {"title": said(one.title, language), "services": [
                {"id": each.id, "name": said(each.plain_name, language)}
                for each in one.services if each.is_in_force(local.date())
            ]}
            for one in catalogue.categories
        ],
    }  # fmt: skip


def _word(language: str, key: str, **values: object) -> str:
    return word(key, language, **values)


def _zones(context: Context) -> list[str]:
    return ways_of("", True, context.hall.rules)


def _way(zone: str, service: str | None, said_now: ComingDays | None, local: datetime, language: str) -> Json:
    """One way to be served: the advice, and the table behind it."""
    usual = busiest(said_now.outlooks, zone) if said_now and service is None else None
    named = service or (min(usual.services) if usual else "")
    outlooks = outlooks_now(said_now, named, zone, local)
    return {
        "zone": here().hall_file.zones[zone],
        "advice": _advice(outlooks, local.date(), language),
        "table": _table(said_now, outlooks, local.date(), language) if said_now and outlooks else None,
    }


def _advice(outlooks: Sequence[Outlook], today: date, language: str) -> Json | None:
    time, usual = best_time(outlooks), usual_wait(outlooks)
    if time is None or usual is None:
        return None
    return {
        "emptier": is_emptier(time, outlooks),
        "time": written_time(time, today, language),
        "wait": written_wait(time.mean, language),
        "usual": written_wait(usual, language),
    }


def _table(said_now: ComingDays, outlooks: Sequence[Outlook], today: date, language: str) -> Json:
    rules = here().hall.rules
    found = {(one.day, half.begins): half for one in outlooks for half in one.half_hours}
    time = best_time(outlooks)
    open_then = {day: half_hours_of(rules, day) for day in said_now.days if day >= today}

    def cell(day: date, begins: int) -> Json:
        half = found.get((day, begins))
        is_best = bool(time and day == time.day and time.begins <= begins < time.ends)
        return {"minutes": round(half.mean) if half else None, "level": _level(half), "best": is_best}

    rows = sorted({begins for own in open_then.values() for begins in own})
    return {
        "days": [
            {
                "name": column_name(day, today, language),
                "date": column_date(day, language),
            }
            for day in open_then
        ],
        "rows": [
            {"begins": clock(begins), "cells": [cell(day, begins) for day in open_then]}
            for begins in rows
            if any((day, begins) in found for day in open_then)
        ],
    }


def _level(half: HalfHour | None) -> str:
    """none: nothing is known or the half hour is over; late: the hall may close first."""
    limits = here().hall.rules.limits
    if half is None:
        return "none"
    if not half.is_safe:
        return "late"
    if half.mean < limits.wait_good_minutes:
        return "good"
    return "look" if half.mean < limits.wait_act_minutes else "act"


def _held(said_now: ComingDays | None) -> Json | None:
    """How what was said before has held."""
    if said_now is None or said_now.held.error is None:
        return None
    held = said_now.held
    return {"minutes": max(1, round(held.error)), "half_hours": held.half_hours, "days": said_now.past_days}


def _closed(said_now: ComingDays | None, context: Context, today: date, language: str) -> list[str]:
    """Days on which the hall does not open although it is a weekday of its week, among those spoken of."""
    if said_now is None or not said_now.days:
        return []
    hours, last = context.hall.rules.hours, said_now.days[-1]
    days = [today + timedelta(days=ahead) for ahead in range((last - today).days + 1)]
    return [
        word("when.closed_day", language, day=written_day(day, today, language), date=short_date(day, language),
             reason=hours.closed_days[day])
        for day in days
        if day in hours.closed_days and hours.weekly.get(day.weekday())
    ]  # fmt: skip
