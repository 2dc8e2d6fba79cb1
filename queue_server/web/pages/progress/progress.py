"""The page behind the QR code of a ticket: where I stand, what to have ready, and how it was. Works without script.

Its forms (progress_wishes.py) are authenticated by the secret in the address and by no cookie, so another site has
nothing to borrow. `/f/<link>` is the family's: it shows how far it is, and can do nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Stage
from queue_server.guidance.notices import unconfirmed_notice
from queue_server.stores.repairs import LONGEST_CONTACT
from queue_server.stores.visitor_words import LONGEST_WORDS
from queue_server.web.context import Context, here
from queue_server.web.errors import answer, refusal_shape
from queue_server.web.order_words import value_said
from queue_server.web.pages.progress.feedback_levels import LEVELS, LOW_LEVELS, REASONS
from queue_server.web.pages.progress.progress_contacts import add_contacts, contacts_view
from queue_server.web.pages.progress.progress_files import WORKER, PhoneFiles, pack
from queue_server.web.pages.progress.progress_looks import Looks, keep_looks, looks_of_reader
from queue_server.web.pages.progress.progress_plan import plan_view
from queue_server.web.pages.progress.progress_qr import qr_svg
from queue_server.web.pages.progress.progress_steps import steps_of
from queue_server.web.pages.progress.progress_tickets import UnknownLink, find, language_of
from queue_server.web.pages.progress.progress_view import (
    MAY_LEAVE,
    forecast_of,
    script_words,
    state_view,
    ticket_values,
    wait_parts,
)
from queue_server.web.pages.progress.progress_why import why_this_order
from queue_server.web.pages.progress.progress_wishes import add_wishes
from queue_server.web.progress_link import TicketOfLink
from queue_server.web.security import address, limit
from queue_server.web.service_views import materials_view, terms_view
from queue_server.web.views import Json, clock_view, said
from queue_server.web.words import word

HERE = Path(__file__).parent
REFRESH_SECONDS = 15  # without script
ASK_AGAIN_SECONDS = 10  # with script but without a feed
STALE_AFTER_SECONDS = 25  # two lost questions and a little patience
REFUSALS_SAID = frozenset(
    {
        "wrong_stage",
        "return_too_late",
        "minutes_used_up",
        "mark_not_low",
        "phone_not_understood",
        "feedback_too_soon",
        "feedback_given_before",
        "feedback_not_understood",
        "day_is_over",
    }
)
FILES = PhoneFiles()


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("progress", __name__, template_folder=str(HERE))
    FILES.add_to(page)
    page.get("/p/<link>")(show_progress)
    page.get("/p/<link>/state")(read_state)
    page.get("/p/<link>/qr.svg")(show_qr)
    page.get("/p/<link>/leave")(ask_whether_to_leave)
    page.get("/p/<link>/share")(show_share)
    page.get("/p/<link>/share.svg")(show_share_code)
    page.get("/p/<link>/push-key")(read_push_key)
    page.get("/f/<link>")(show_to_family)
    page.get("/f/<link>/state")(read_state_for_family)
    add_wishes(page)
    add_contacts(page)
    page.errorhandler(UnknownLink)(say_unknown)
    page.after_request(keep_looks)
    page.after_request(pack)
    return page


def say_unknown(error: UnknownLink) -> Response:
    """A calm page for whoever scans, also with an app that does not say what it reads; JSON for who asks for that."""
    if request.path.endswith("/state") or request.accept_mimetypes.best == "application/json":
        return answer(error.status, error.code)
    return make_response(render_template("progress_unknown.html", **frame(looks_of_reader())), error.status)


def frame(looks: Looks) -> dict[str, Any]:
    """What every page of the phone needs. No CSRF secret, hence no cookie: the link is all a phone carries."""
    return {
        "looks": looks,
        "lang": looks.lang,
        "word": partial(word_in, looks.lang),
        "text": lambda both: said(both, looks.lang),
        "file": FILES.address,
        "worker": WORKER,
    }


def word_in(language: str, key: str, **values: object) -> str:
    return word(key, language, **values)


# --- reading


def show_progress(link: str) -> str:
    limit("progress_page", address(), here().limits.progress_pages_per_address)
    return render_template("progress.html", **page_values(link, find(link)))


def page_values(link: str, found: TicketOfLink) -> dict[str, Any]:
    context = here()
    looks = looks_of_reader(language_of(found))
    values = ticket_page(found, looks, f"/p/{link}", with_services=True)
    own = values["own"]
    guide = context.hall_file.catalogue.service(own["service"])
    return {
        **values,
        "link": link,
        "family": False,
        "wish": secrets.token_hex(6),
        "materials": materials_view(guide, looks.lang) if shows_materials(own) else [],
        "terms": terms_view(guide, looks.lang),
        "notice": unconfirmed_notice(guide, looks.lang),
        "contacts": contacts_view(found),
        "trouble": trouble_said(own, looks.lang),
        "skipped": request.args.get("feedback") == "skipped",
        "handling_name": lambda handling: said(
            context.hall_file.catalogue.service(own["handled"][handling - 1]).plain_name, looks.lang
        ),
        "talk_declined": request.args.get("talk") == "no",
        "mending": mending_view(found, own["feedback"]),
        "levels": LEVELS,
        "low_levels": LOW_LEVELS,
        "reasons": REASONS,
        "longest_words": LONGEST_WORDS,
    }


def mending_view(found: TicketOfLink, mark: int | None) -> Json | None:
    """After a low mark: until when somebody gets in touch, if the visitor says how; None once nothing is due."""
    context = here()
    if mark not in LOW_LEVELS:
        return None
    context.repair_desk.follow()
    repair = context.repair_desk.store.of_ticket(found.day, found.ticket)
    if repair is None or repair.next_clock != "contact":
        return None
    return {
        "when": context.hall.rules.local(repair.due["contact"]).strftime("%m-%d %H:%M"),
        "told": bool(context.repair_desk.store.told(repair.id).contact),
        "longest": LONGEST_CONTACT,
        "kept_days": context.hall.usual_rules.limits.repair_kept_days,
    }


def ticket_page(found: TicketOfLink, looks: Looks, path: str, *, with_services: bool) -> dict[str, Any]:
    """What owner and family see alike; `with_services` false says nothing of what the visit is about."""
    context = here()
    picture = context.waits.picture()
    rules = context.hall.rules

    def name_of(service: str) -> str:
        return said(context.hall_file.catalogue.service(service).plain_name, looks.lang)

    def time_of(moment: datetime) -> str:
        return f"{rules.local(moment):%H:%M}"

    def read(day: HallDay, at: datetime) -> Json:
        ticket = day.tickets[found.ticket]
        forecast = forecast_of(ticket, day, picture)
        context.told_waits.on_phone(ticket, forecast.wait if forecast else None, day.day, at)
        return {
            "own": ticket_values(ticket, day, forecast),
            "steps": steps_of(ticket, name_of, time_of, with_services=with_services),
            "why": why_this_order(ticket, day, at) if with_services else [],
        }

    values = context.hall.read(read)
    own = values["own"]
    counter = own["counter"] if own["stage"] != Stage.WAITING.value else None
    return {
        **frame(looks),
        **values,
        "why": [why_words(key, details, looks.lang) for key, details in values["why"]],
        "path": path,
        "home": f"{path}{looks.keep}",
        "zone": context.hall_file.zones[own["zone"]],
        "plan": plan_view(context.hall_file, own["zone"], counter),
        "wait": wait_parts(own["wait_range"]),
        "total": wait_parts(own["total_range"]),
        "error_minutes": picture.error_minutes,
        "error_of": picture.error_of,
        "limits": rules.limits,
        "hall_time": lambda moment: time_of(moment) if moment else "",
        "now": context.hall.clock.now(),
        "timezone": rules.timezone.key,
        "refresh_seconds": None if own["is_settled"] else REFRESH_SECONDS,
        "ask_again_seconds": ASK_AGAIN_SECONDS,
        "stale_after_seconds": STALE_AFTER_SECONDS,
        "script_words": script_words(looks.lang),
    }


def why_words(key: str, details: Json, language: str) -> str:
    values = {name: value_said(name, value, here().hall.rules) for name, value in details.items()}
    return word(f"progress.{key}", language, **values)


def shows_materials(own: Json) -> bool:
    """Once served they are of no use, unless something was missing and the visitor must come back with it."""
    return not own["is_over"] or own["outcome"] == "papers_missing"


def trouble_said(own: Json, language: str) -> str:
    """What the last press came to, when it was refused. Only known codes are said, whatever the address holds."""
    code = request.args.get("trouble", "")
    if code not in REFUSALS_SAID:
        return ""
    details = {"ticket": own["ticket"], "stage": own["stage"], **asdict(here().hall.rules.limits)}
    details |= {"times": details["more_minutes_times"]}
    message: str = refusal_shape(code, details, language)["message"]
    return message


def read_state(link: str) -> Json:
    limit("progress_page", address(), here().limits.progress_pages_per_address)
    return state_of(find(link))


def state_of(found: TicketOfLink) -> Json:
    context = here()
    picture = context.waits.picture()
    clock = clock_view(context.hall.clock, context.hall.rules)

    def own_state(day: HallDay, at: datetime) -> Json:
        ticket = day.tickets[found.ticket]
        forecast = forecast_of(ticket, day, picture)
        context.told_waits.on_phone(ticket, forecast.wait if forecast else None, day.day, at)
        return state_view(ticket, day, forecast, clock)

    return context.hall.read(own_state)


def show_qr(link: str) -> Response:
    found = find(link)
    return code_picture(here().progress_links.url(found.day, found.ticket))


def code_picture(text: str) -> Response:
    response = Response(qr_svg(text), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def ask_whether_to_leave(link: str) -> AnyResponse | str:
    values = page_values(link, find(link))
    if Stage(values["own"]["stage"]) not in MAY_LEAVE:
        return redirect(values["home"], 303)
    return render_template("progress_leave.html", **values)


# --- the family's link


def show_share(link: str) -> str:
    found = find(link)
    family_url = here().family_links.url(found.day, found.ticket)
    return render_template("progress_share.html", **page_values(link, found), family_url=family_url)


def read_push_key(link: str) -> Json:
    """With this a browser subscribes; asked for only when a visitor wants it."""
    find(link)
    return {"key": here().notifier.push.public_key()}


def show_share_code(link: str) -> Response:
    found = find(link)
    return code_picture(here().family_links.url(found.day, found.ticket))


def show_to_family(link: str) -> str:
    limit("progress_page", address(), here().limits.progress_pages_per_address)
    found = find(link, here().family_links)
    values = ticket_page(found, looks_of_reader(language_of(found)), f"/f/{link}", with_services=False)
    return render_template("progress.html", **values, family=True, trouble="")


def read_state_for_family(link: str) -> Json:
    limit("progress_page", address(), here().limits.progress_pages_per_address)
    return for_family(state_of(find(link, here().family_links)))


def for_family(state: Json) -> Json:
    """How far it is; not what was asked, marked or is still to be done."""
    kept = ("day", "seq", "clock", "ticket", "zone", "stage", "counter", "calls", "ahead", "wait", "near", "picture")
    return {name: state[name] for name in kept}
