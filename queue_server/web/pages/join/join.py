"""Joining the queue with one's own phone by the poster's code: the same questions as at the kiosk, without script.

The address carries the hall's poster code, so that only who stands before a poster (or was sent its picture) gets in;
one phone holds as many numbers as the hall allows, and all phones together no more than its limit.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from queue_server.domain import commands as c
from queue_server.domain.events import TicketIssued
from queue_server.domain.refusals import Refusal, TookOneAlready
from queue_server.domain.rules import Way
from queue_server.guidance.catalogue import ServiceGuide
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError, refusal_shape
from queue_server.web.pages.progress.progress_qr import qr_svg
from queue_server.web.pages.progress.progress_view import wait_parts
from queue_server.web.security import address, is_secure, limit, limit_public_post, needs_role
from queue_server.web.service_views import (
    card_view,
    choices_view,
    guide_view,
    left_today,
    other_centre_view,
    rather_view,
)
from queue_server.web.views import Json, said
from queue_server.web.words import reader_language, word

PHONE_COOKIE = "xinting_phone"  # says that it is the same phone, and nothing about whose
DAY_SECONDS = 24 * 3600
CODE_LETTERS = 16
WAYS = {"coaching": Way.COACHING, "counter": Way.COUNTER, "care": Way.COUNTER}


def make_blueprint(context: Context) -> Blueprint:
    pages = Blueprint("join", __name__, template_folder=str(Path(__file__).parent))
    pages.get("/join/<code>")(find_service)
    pages.get("/join/<code>/<service>")(read_service)
    pages.post("/join/<code>/<service>")(take_number)
    pages.get("/poster")(needs_role("guide", "supervisor")(show_poster))
    pages.get("/poster/qr.svg")(needs_role("guide", "supervisor")(poster_qr))
    return pages


def poster_code(context: Context) -> str:
    """Computed, never stored: the hall's own, and no other hall's."""
    key = context.accounts.key_for("poster")
    digest = hmac.digest(key, context.hall.rules.hall.encode(), "sha256")
    return base64.b32encode(digest).decode("ascii")[:CODE_LETTERS].lower()


def check(code: str) -> None:
    limit("join_page", address(), here().limits.progress_pages_per_address)
    if not hmac.compare_digest(code.lower().encode("utf-8", "replace"), poster_code(here()).encode()):
        raise ApiError(404, "poster_unknown")


def frame(code: str, language: str) -> dict[str, Any]:
    context = here()
    return {
        "page": "join",
        "lang": language,
        "code": code,
        "word": partial(_word, language),
        "text": lambda both: said(both, language),
        "csrf_token": lambda: "",  # nobody is signed in, and the address itself is the key
        "notices": [said(notice, language) for notice in context.hall_file.notices],
    }


def _word(language: str, key: str, **values: object) -> str:
    return word(key, language, **values)


# --- the poster's page


def find_service(code: str) -> str:
    """What people come for, by tile and by everyday words; the waits of now."""
    check(code)
    context = here()
    language = reader_language()
    asked = request.args.get("q", "")[:60].strip()
    catalogue, today = context.hall_file.catalogue, context.today()

    def cards(guides: Iterable[ServiceGuide]) -> list[Json]:
        return [card_view(guide, language) for guide in guides if guide.is_in_force(today)]

    return render_template(
        "join.html",
        **frame(code, language),
        asked=asked,
        found=cards(context.search.find(asked)) if asked else None,
        groups=[{"title": said(one.title, language), "cards": cards(one.services)} for one in catalogue.categories],
        tiles=[
            {"title": said(tile.title, language), "cards": cards(tile.services)}
            for tile in context.tiles
            if 0 < len(tile.services) < len(catalogue.services)
        ],
        zones=_zones(context),
    )


def _zones(context: Context) -> list[Json]:
    states = {zone["zone"]: zone for zone in context.waits.picture().zones}
    return [
        {"text": text, "state": states.get(zone, {}), "wait": _minutes(states.get(zone, {}).get("wait"))}
        for zone, text in context.hall_file.zones.items()
    ]


def _minutes(wait: Json | None) -> str | None:
    """ "14–22" of a wait as the API tells it; None where none can be said."""
    if not wait:
        return None
    low, high = round(wait["low"]), max(1, round(wait["high"]))
    return str(high) if low >= high or low < 1 else f"{low}–{high}"


def read_service(code: str, service: str, trouble: str = "", own_link: str = "") -> str:
    """One service in plain words, and the ways to a number: the same choices as at the kiosk, of the same size."""
    check(code)
    context = here()
    if service not in context.hall_file.catalogue:
        raise ApiError(404, "unknown_service", service=service)
    language = reader_language()
    guide = context.hall_file.catalogue.service(service)
    forecast = context.waits.picture().forecast
    waits = {zone: forecast.for_newcomer(zone, guide.id) for zone in context.hall.rules.zones}
    choices, left = context.hall.read(lambda day, at: (choices_view(guide, day, at, waits), left_today(guide, day)))
    for choice in choices:
        choice["text"] = context.hall_file.zones[choice["zone"]]
        choice["parts"] = wait_parts(waits[choice["zone"]])
    care = next((zone for zone, own in context.hall.rules.zones.items() if own.purpose.value == "care"), None)
    closed = context.hall.read(lambda day, at: set(day.closed_zones))
    return render_template(
        "join_service.html",
        **frame(code, language),
        service=guide_view(guide, language, context.today()),
        choices=choices,
        left_today=left,
        rather=rather_view(context.questions.get(guide.id, ()), context.hall_file.catalogue, language, context.today()),
        other_centre=other_centre_view(context.hall_file.other_centre, guide.id, language),
        care=context.hall_file.zones[care] if care and care not in closed else None,
        key=secrets.token_hex(12),
        trouble=trouble,
        own_link=own_link,
    )


# --- the number


def take_number(code: str, service: str) -> AnyResponse:
    """A press sent twice is one wish; the hall's own no comes back in words, above the same choices."""
    check(code)
    limit_public_post()
    context = here()
    choice = request.form.get("choice", "counter")
    phone = request.cookies.get(PHONE_COOKIE) or secrets.token_hex(16)
    holder = hashlib.sha256(phone.encode("utf-8", "replace")).hexdigest()[:16]
    try:
        context.check_in_force(service)
        handled = context.hall.handle(
            c.IssueTicket(
                id=f"phone:{holder}/{request.form.get('key', '')[:40] or secrets.token_hex(12)}",
                actor=f"phone:{holder}",
                service=service,
                way=WAYS.get(choice, Way.COUNTER),
                care=choice == "care",
                language=reader_language(),
                printer=None,
                holder=holder,
            )
        )
    except Refusal as refusal:
        return _refused(code, service, refusal)
    event = handled.recorded[0].event
    assert isinstance(event, TicketIssued)
    answer = redirect(f"/p/{context.progress_links.link(handled.day.day, event.ticket)}", 303)
    answer.set_cookie(PHONE_COOKIE, phone, max_age=DAY_SECONDS, httponly=True, samesite="Lax", secure=is_secure())
    return answer


def _refused(code: str, service: str, refusal: Refusal) -> AnyResponse:
    context = here()
    shape = refusal_shape(refusal.code, refusal.details, reader_language())
    own = ""
    if isinstance(refusal, TookOneAlready):  # this very phone's: the way back to its page
        day = context.hall.read(lambda day, at: day.day)
        own = f"/p/{context.progress_links.link(day, str(refusal.details['ticket']))}"
    return make_response(read_service(code, service, trouble=shape["message"], own_link=own), 409)


# --- the poster


def show_poster() -> str:
    """One sheet for the printer: what it is, the code, and that nobody needs it."""
    context = here()
    return render_template("poster.html", **frame(poster_code(context), "zh"), link=poster_link(context))


def poster_link(context: Context) -> str:
    return f"{context.settings.address}/join/{poster_code(context)}"


def poster_qr() -> AnyResponse:
    answer = make_response(qr_svg(poster_link(here())))
    answer.headers["Content-Type"] = "image/svg+xml"
    return answer
