"""The page behind the QR code of a ticket: where I stand, what to have ready, and how it was. Works without script.

Its forms are authenticated by the secret in the address and by no cookie, so another site has nothing to borrow.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from queue_server.domain import commands as c
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Stage, Ticket
from queue_server.foresight.base import TicketForecast
from queue_server.guidance.notices import unconfirmed_notice
from queue_server.stores.visitor_words import LONGEST_WORDS
from queue_server.web.api.common import wish_id
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError, answer, refusal_shape, wants_page
from queue_server.web.pages.progress.feedback_levels import LEVELS, LOW_LEVELS, REASONS, reasons_of
from queue_server.web.pages.progress.progress_qr import qr_svg
from queue_server.web.pages.progress.progress_view import MAY_LEAVE, state_view, ticket_values, wait_parts
from queue_server.web.progress_link import TicketOfLink
from queue_server.web.security import address, limit, limit_public_post
from queue_server.web.service_views import materials_view
from queue_server.web.views import Json, clock_view, said
from queue_server.web.waits import Picture, ahead_of
from queue_server.web.words import LANGUAGES, reader_language, word

HERE = Path(__file__).parent
REFRESH_SECONDS = 15  # without script
ASK_AGAIN_SECONDS = 10  # with script but without a feed
STALE_AFTER_SECONDS = 25  # two lost questions and a little patience
REFUSALS_SAID = frozenset(
    {
        "wrong_stage",
        "return_too_late",
        "feedback_too_soon",
        "feedback_given_before",
        "feedback_not_understood",
        "day_is_over",
    }
)


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("progress", __name__, template_folder=str(HERE))
    page.get("/p/<link>")(show_progress)
    page.get("/p/<link>/state")(read_state)
    page.get("/p/<link>/qr.svg")(show_qr)
    page.get("/p/<link>/leave")(ask_whether_to_leave)
    page.post("/p/<link>/leave")(leave)
    page.post("/p/<link>/help")(ask_for_help)
    page.post("/p/<link>/here")(say_here)
    page.post("/p/<link>/return")(come_back)
    page.post("/p/<link>/feedback")(give_feedback)
    page.errorhandler(UnknownLink)(say_unknown)
    return page


class UnknownLink(ApiError):
    """Wrong, of another day, or never made: one answer for all, so that nobody learns which."""

    def __init__(self) -> None:
        super().__init__(404, "unknown_link")


def find(link: str) -> TicketOfLink:
    """The ticket of today behind the link."""
    context = here()

    def ticket_of_today(day: HallDay, at: datetime) -> TicketOfLink | None:
        found = context.progress_links.read(link, day.day)
        return found if found and found.day == day.day and found.ticket in day.tickets else None

    found = context.hall.read(ticket_of_today)
    if found is None:
        raise UnknownLink
    return found


def say_unknown(error: UnknownLink) -> Response:
    """A calm page for whoever scans, also with an app that does not say what it reads; JSON for who asks for that."""
    if request.path.endswith("/state") or request.accept_mimetypes.best == "application/json":
        return answer(error.status, error.code)
    return make_response(render_template("progress_unknown.html", **frame(reader_language())), error.status)


def frame(language: str) -> dict[str, Any]:
    """What every page of the phone needs. No CSRF secret, hence no cookie: the link is all a phone carries."""
    return {
        "page": "progress",
        "lang": language,
        "word": partial(word_in, language),
        "text": lambda both: said(both, language),
        "csrf_token": lambda: "",
    }


def word_in(language: str, key: str, **values: object) -> str:
    return word(key, language, **values)


# --- reading


def show_progress(link: str) -> str:
    limit("progress_page", address(), here().limits.progress_pages_per_address)
    return render_template("progress.html", **page_values(link, find(link)))


def page_values(link: str, found: TicketOfLink) -> dict[str, Any]:
    context = here()
    picture = context.waits.picture()

    def own_values(day: HallDay, at: datetime) -> Json:
        ticket = day.tickets[found.ticket]
        return ticket_values(ticket, day, forecast_of(ticket, day, picture))

    own = context.hall.read(own_values)
    language = language_of(found)
    guide = context.hall_file.catalogue.service(own["service"])
    rules = context.hall.rules
    return {
        **frame(language),
        "link": link,
        "home": with_language(f"/p/{link}", language),
        "own": own,
        "zone": context.hall_file.zones[own["zone"]],
        "wait": wait_parts(own["wait_range"]),
        "service_name": said(guide.plain_name, language),
        "materials": materials_view(guide, language) if shows_materials(own) else [],
        "notice": unconfirmed_notice(guide, language),
        "limits": rules.limits,
        "hall_time": lambda moment: rules.local(moment).strftime("%H:%M") if moment else "",
        "now": context.hall.clock.now(),
        "refresh_seconds": None if own["is_over"] else REFRESH_SECONDS,
        "ask_again_seconds": ASK_AGAIN_SECONDS,
        "stale_after_seconds": STALE_AFTER_SECONDS,
        "trouble": trouble_said(own, language),
        "skipped": request.args.get("feedback") == "skipped",
        "levels": LEVELS,
        "low_levels": LOW_LEVELS,
        "reasons": REASONS,
        "longest_words": LONGEST_WORDS,
    }


def forecast_of(ticket: Ticket, day: HallDay, picture: Picture) -> TicketForecast | None:
    """From the picture of this second; for one who waits since less, as the kiosk told a moment ago."""
    if not ticket.is_waiting:
        return None
    known = picture.of(ticket.number)
    return known or TicketForecast(ahead_of(ticket, day), picture.forecast.zones.get(ticket.zone))


def shows_materials(own: Json) -> bool:
    """Once served they are of no use, unless something was missing and the visitor must come back with it."""
    return not own["is_over"] or own["outcome"] == "papers_missing"


def language_of(found: TicketOfLink) -> str:
    """The one asked for, else the one in which the visitor took the number."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    language: str = here().hall.read(lambda day, at: day.tickets[found.ticket].language)
    return language


def with_language(path: str, language: str) -> str:
    asked = request.args.get("lang")
    return f"{path}?lang={language}" if asked in LANGUAGES else path


def trouble_said(own: Json, language: str) -> str:
    """What the last press came to, when it was refused. Only known codes are said, whatever the address holds."""
    code = request.args.get("trouble", "")
    if code not in REFUSALS_SAID:
        return ""
    message: str = refusal_shape(code, {"ticket": own["ticket"], "stage": own["stage"]}, language)["message"]
    return message


def read_state(link: str) -> Json:
    limit("progress_page", address(), here().limits.progress_pages_per_address)
    found = find(link)
    context = here()
    picture = context.waits.picture()
    clock = clock_view(context.hall.clock, context.hall.rules)

    def own_state(day: HallDay, at: datetime) -> Json:
        ticket = day.tickets[found.ticket]
        return state_view(ticket, day, forecast_of(ticket, day, picture), clock)

    return context.hall.read(own_state)


def show_qr(link: str) -> Response:
    found = find(link)
    response = Response(qr_svg(here().progress_links.url(found.day, found.ticket)), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def ask_whether_to_leave(link: str) -> AnyResponse | str:
    values = page_values(link, find(link))
    if Stage(values["own"]["stage"]) not in MAY_LEAVE:
        return redirect(values["home"], 303)
    return render_template("progress_leave.html", **values)


# --- the visitor's own wishes


def leave(link: str) -> AnyResponse:
    found = for_a_wish(link)
    command = c.AbandonTicket(id=wish(found, "leave"), actor="visitor", ticket=found.ticket, reason="left")
    return done(link, found, command)


def ask_for_help(link: str) -> AnyResponse:
    found = for_a_wish(link)
    command = c.AskForHelp(id=wish(found, "help"), actor="visitor", place=found.ticket, ticket=found.ticket)
    return done(link, found, command)


def say_here(link: str) -> AnyResponse:
    """Asked near the front whether the visitor is in the hall still; the answer changes nothing in the order."""
    found = for_a_wish(link)
    return done(link, found, c.ConfirmPresence(id=wish(found, "here"), actor="visitor", ticket=found.ticket))


def come_back(link: str) -> AnyResponse:
    """Back after a missed call, or with what was missing: the same as a guide or the kiosk does."""
    found = for_a_wish(link)
    return done(link, found, c.ReturnTicket(id=wish(found, "return"), actor="visitor", ticket=found.ticket))


def give_feedback(link: str) -> AnyResponse:
    found = for_a_wish(link)
    level = level_given(request.form.get("level", ""))
    words = request.form.get("words", "").strip()[:LONGEST_WORDS]
    command = c.GiveFeedback(
        id=wish(found, "feedback"),
        actor="visitor",
        ticket=found.ticket,
        level=level,
        reasons=reasons_of(level, request.form.getlist("reasons")),
        with_words=bool(words),
    )
    return done(link, found, command, words)


def level_given(text: str) -> int:
    """0, which the hall does not understand, for anything that is no level."""
    return int(text) if text in {str(level) for level in LEVELS} else 0


def for_a_wish(link: str) -> TicketOfLink:
    limit_public_post()
    return find(link)


def wish(found: TicketOfLink, verb: str) -> str:
    return wish_id(f"visitor:{found.day.isoformat()}.{found.ticket}", verb)


def done(link: str, found: TicketOfLink, command: c.Command, words: str = "") -> AnyResponse:
    """Ask the hall, then back to the page, which shows how things stand now."""
    home = with_language(f"/p/{link}", language_of(found))
    context = here()
    try:
        context.hall.handle(command)
    except Refusal as refusal:
        if not wants_page():
            raise
        separator = "&" if "?" in home else "?"
        return redirect(f"{home}{separator}trouble={refusal.code}", 303)
    if words:
        context.visitor_words.add(found.day, found.ticket, words, context.hall.clock.now())
    return redirect(home, 303)
