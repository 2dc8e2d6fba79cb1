"""How a browser becomes a kiosk or a display: its address with the token is opened once, a cookie stays."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import (
    DEVICE_COOKIE,
    address,
    csrf_token,
    limit,
    local_path,
    open_to_all,
    set_cookie,
    with_csrf,
)
from queue_server.web.words import reader_language

YEAR_SECONDS = 365 * 24 * 3600
START_PAGES = {"kiosk": "/kiosk", "display": "/displays/hall", "wall": "/supervisor/wall"}
TRIES_A_MINUTE = 30
LONGEST_CODE = 40


def device_entrance() -> Blueprint:
    blueprint = Blueprint("device_entrance", __name__)

    @blueprint.get("/devices/enter")
    @open_to_all
    def ask_for_code() -> str:
        return render_template("device_code.html", language=reader_language(), csrf=csrf_token(), wrong=False)

    @blueprint.post("/devices/enter")
    @open_to_all
    @with_csrf
    def enter_by_code() -> Response | tuple[str, int]:
        limit("device_enter", address(), TRIES_A_MINUTE)
        found = here().accounts.devices.enrol_by_code(request.form.get("code", "")[:LONGEST_CODE])
        if found is None:
            language = reader_language()
            return render_template("device_code.html", language=language, csrf=csrf_token(), wrong=True), 404
        device, token = found
        return let_in(device.kind.value, token)

    @blueprint.get("/devices/enter/<token>")
    def enter(token: str) -> Response:
        limit("device_enter", address(), TRIES_A_MINUTE)
        device = here().accounts.device(token)
        if device is None:
            raise ApiError(404, "unknown_device")
        return let_in(device.kind.value, token)

    return blueprint


def let_in(kind: str, token: str) -> Response:
    next_page = local_path(request.args.get("next"), START_PAGES.get(kind, "/"))
    response = redirect(next_page, 303 if request.method == "POST" else 302)
    set_cookie(response, f"{DEVICE_COOKIE}{kind}", token, YEAR_SECONDS)
    return response
