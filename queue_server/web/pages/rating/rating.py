"""The rating screen: stands by the exit, away from the officers' eyes. A visitor scans the paper or types the number.

For who has no phone. Server-drawn like the phone's pages, without script. The screen is a device let in by the hall; a
number alone opens only a visit that ended a short while ago and has no mark yet, so nobody rates for a stranger later.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from queue_server.domain import commands as c
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.web.context import Context, here
from queue_server.web.pages.progress.feedback_levels import LEVELS, LOW_LEVELS, REASONS
from queue_server.web.pages.progress.progress import frame
from queue_server.web.pages.progress.progress_looks import Looks
from queue_server.web.pages.progress.progress_wishes import feedback_command
from queue_server.web.progress_link import TicketOfLink
from queue_server.web.ratable import may_be_rated, service_asked_about
from queue_server.web.security import csrf_token, limit, needs_device, who
from queue_server.web.views import said
from queue_server.web.words import LANGUAGES

HERE = Path(__file__).parent
BACK_AFTER_SECONDS = 30  # an answer, or nobody, and the screen is free for the next one
ASKING_BACK_AFTER_SECONDS = 90
LONGEST_CODE = 300
DEVICES = ("display",)  # a kiosk asks on its own screens, by the API


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("rating", __name__, template_folder=str(HERE))
    page.get("/rate")(ask_for_number)
    page.post("/rate")(find_number)
    page.get("/rate/<number>")(ask_for_level)
    page.post("/rate/<number>")(give_level)
    page.post("/rate/<number>/supervisor")(ask_for_supervisor)
    return page


@needs_device(*DEVICES)
def ask_for_number() -> str:
    return render_template("rating.html", **values(step="number", unclear=request.args.get("unclear") == "yes"))


@needs_device(*DEVICES)
def find_number() -> AnyResponse:
    """Typed or scanned; what opens nothing is asked again in the same words, whatever the reason."""
    limit("rating", who().id, here().limits.ratings_per_device)
    number = here().hall.read(lambda day, at: number_of(request.form.get("code", ""), day, at))
    language = asked_language()
    return redirect(f"/rate/{number}?lang={language}" if number else f"/rate?unclear=yes&lang={language}", 303)


def number_of(code: str, day: HallDay, at: datetime) -> str | None:
    """The ticket meant by what was typed or scanned, if it may be rated here and now."""
    text = unicodedata.normalize("NFKC", code[:LONGEST_CODE]).strip()
    if "/p/" in text:
        found = here().progress_links.read(text.rpartition("/p/")[2], day.day)
        text = found.ticket if found and found.day == day.day else ""
    ticket = day.tickets.get(text.upper().replace(" ", "").replace("-", ""))
    return ticket.number if ticket is not None and may_be_rated(ticket, at) else None


@needs_device(*DEVICES)
def ask_for_level(number: str) -> AnyResponse | str:
    may = here().hall.read(lambda day, at: number in day.tickets and may_be_rated(day.tickets[number], at))
    if not may:
        return redirect(f"/rate?unclear=yes&lang={asked_language()}", 303)
    return render_template("rating.html", **values(step="level", number=number, service=name_asked_about(number)))


def name_asked_about(number: str) -> str:
    service = here().hall.read(lambda day, at: service_asked_about(day.tickets[number]))
    return said(here().hall_file.catalogue.service(service).plain_name, asked_language()) if service else ""


@needs_device(*DEVICES)
def give_level(number: str) -> AnyResponse | str:
    limit("rating", who().id, here().limits.ratings_per_device)

    def may_still(day: HallDay, at: datetime) -> TicketOfLink | None:
        ticket = day.tickets.get(number)
        return TicketOfLink(day.day, number) if ticket and may_be_rated(ticket, at) else None

    found = here().hall.read(may_still)
    if found is None:
        return redirect(f"/rate?unclear=yes&lang={asked_language()}", 303)
    command = feedback_command(found, "visitor", "")
    try:
        here().hall.handle(command)
    except Refusal:  # no level was chosen
        return redirect(f"/rate/{number}?lang={asked_language()}", 303)
    if command.level not in LOW_LEVELS and here().hall.read(may_still):  # another service of the same visit
        return redirect(f"/rate/{number}?lang={asked_language()}", 303)
    step = "talk" if command.level in LOW_LEVELS else "thanks"
    return render_template("rating.html", **values(step=step, number=number, level=command.level))


@needs_device(*DEVICES)
def ask_for_supervisor(number: str) -> AnyResponse | str:
    limit("rating", who().id, here().limits.ratings_per_device)
    command = c.AskForSupervisor(id=f"rating:{who().id}/supervisor/{number}", actor="visitor", ticket=number)
    try:
        here().hall.handle(command)
    except Refusal:
        return redirect(f"/rate?lang={asked_language()}", 303)
    return render_template("rating.html", **values(step="talk_asked", number=number))


def asked_language() -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LANGUAGES else "zh"


def values(**more: Any) -> dict[str, Any]:
    looks = Looks(asked_language(), large=True)
    step = more["step"]
    return {
        **frame(looks),
        "csrf": csrf_token(),
        "levels": LEVELS,
        "low_levels": LOW_LEVELS,
        "reasons": REASONS,
        "home": "/rate",
        "back_after": {
            "number": None,
            "level": ASKING_BACK_AFTER_SECONDS,
            "talk": ASKING_BACK_AFTER_SECONDS,
        }.get(step, BACK_AFTER_SECONDS),
        **more,
    }
