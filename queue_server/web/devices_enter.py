"""How a browser becomes a kiosk or a display: its address with the token is opened once, a cookie stays."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import DEVICE_COOKIE, address, limit, local_path, set_cookie

YEAR_SECONDS = 365 * 24 * 3600
START_PAGES = {"kiosk": "/kiosk", "display": "/displays/hall"}
TRIES_A_MINUTE = 30


def device_entrance() -> Blueprint:
    blueprint = Blueprint("devices", __name__)

    @blueprint.get("/devices/enter/<token>")
    def enter(token: str) -> Response:
        limit("device_enter", address(), TRIES_A_MINUTE)
        device = here().accounts.device(token)
        if device is None:
            raise ApiError(404, "unknown_device")
        kind = device.kind.value
        response = redirect(local_path(request.args.get("next"), START_PAGES.get(kind, "/")))
        set_cookie(response, f"{DEVICE_COOKIE}{kind}", token, YEAR_SECONDS)
        return response

    return blueprint
