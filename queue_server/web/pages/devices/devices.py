"""The hall's machines on one page: how each is, what is wrong and what to do, and what can be asked of it from here."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, send_file
from werkzeug.wrappers import Response

from queue_server.web.api.devices import ask_device, let_in_by_code, look_at_devices
from queue_server.web.audited import looks_at
from queue_server.web.context import Context, here
from queue_server.web.device_views import is_servers_clock
from queue_server.web.errors import ApiError
from queue_server.web.health import program_version
from queue_server.web.pages.devices.device_rows import kinds_of_rows
from queue_server.web.printer_views import printer_states
from queue_server.web.security import csrf_token, needs_role, open_to_all, who
from queue_server.web.staff_frame import staff_frame
from queue_server.web.views import Json
from queue_server.web.words import reader_language, word

NOT_LET_IN = {"unknown_code", "device_known", "fields_wrong"}


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("devices_page", __name__, template_folder=str(Path(__file__).parent))
    page.get("/supervisor/devices")(show)
    page.post("/supervisor/devices/let-in")(let_in)
    page.post("/supervisor/devices/ask")(ask)
    page.get("/supervisor/devices/picture/<wish>")(picture)
    page.get("/devices/code/<code>")(show_code)
    return page


@needs_role("supervisor")
def show() -> str:
    return draw()


def draw(said: str = "", problem: str = "", typed: Json | None = None) -> str:
    context, language = here(), reader_language()
    views = look_at_devices()
    rules = context.hall.rules

    def local(at: str) -> datetime:
        return rules.local(datetime.fromisoformat(at))

    troubles = sum(view["level"] != "fine" for view in views)
    states = {name: state for name, state in printer_states(context).items()}
    return render_template(
        "devices.html",
        page="devices",
        csrf=csrf_token(),
        kinds=kinds_of_rows(views, states, language, context.accounts.now(), local, context.person_name),
        troubles=troubles,
        clock_of_server=is_servers_clock(views),
        version=program_version(),
        said=said,
        problem=problem,
        typed=typed or {},
        is_administrator=who().has("administrator"),
        staff=staff_frame(here="/supervisor/devices", home="/supervisor"),
        address=address,
    )


@needs_role("supervisor")
def let_in() -> str | tuple[str, int]:
    form = request.form
    typed = {"code": form.get("code", "")[:40], "name": form.get("name", "").strip()[:40]}
    try:
        device, from_where = let_in_by_code(typed["code"], typed["name"], replace=form.get("replace") == "yes")
    except ApiError as error:
        if error.code not in NOT_LET_IN:
            raise
        return draw(problem=error.code, typed=typed), error.status
    language = reader_language()
    kind = word(f"devices.kind_{device.kind.value}", language)
    return draw(said=word("devices.is_let_in", language, kind=kind, device=device.id, address=from_where))


@needs_role("supervisor")
def ask() -> Response:
    """The page says what becomes of it, by itself."""
    form = request.form
    ask_device(form.get("kind", ""), form.get("device", ""), form.get("what", ""))
    return redirect(f"{address()}#device-{form['kind']}-{form['device']}", 303)


@needs_role("supervisor")
@looks_at("screen")
def picture(wish: str) -> Response:
    """Once."""
    found = here().screen_pictures.take(wish, here().accounts.now())
    if found is None:
        raise ApiError(404, "picture_gone")
    kind = "image/png" if found.startswith(b"\x89PNG") else "image/jpeg"
    response: Response = send_file(BytesIO(found), mimetype=kind)
    response.headers["Cache-Control"] = "no-store"
    return response


@open_to_all
def show_code(code: str) -> str:
    """On the device's own screen, large. Only a code that the hall gave."""
    asking = here().accounts.devices_asking.find(code)
    if asking is None:
        raise ApiError(404, "unknown_code")
    shown = f"{asking.code[:3]} {asking.code[3:]}"
    return render_template("device_shows_code.html", code=shown, kind=asking.kind.value)


def address(**asked: Any) -> str:
    language = {"lang": "en"} if reader_language() == "en" else {}
    query = urlencode(language | asked)
    return f"/supervisor/devices{'?' if query else ''}{query}"
