"""The hall's devices: which are let in, letting one in with a code that is typed on it, shutting one out."""

from __future__ import annotations

import re

from flask import Blueprint, request
from werkzeug.wrappers import Response

from queue_server.accounts import Device, DeviceKind
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.pages.setup.setup_frame import draw, go_on
from queue_server.web.security import needs_role
from queue_server.web.words import reader_language, word

NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")
WITH_BROWSER = (DeviceKind.KIOSK, DeviceKind.DISPLAY, DeviceKind.WALL)


def add_to(page: Blueprint) -> None:
    page.get("/setup/devices")(show_devices)
    page.post("/setup/devices")(let_in)
    page.post("/setup/devices/shut-out")(shut_out)


@needs_role("administrator")
def show_devices() -> tuple[str, int]:
    return draw_devices()


def draw_devices(code: str = "", token: str = "", device: Device | None = None, problem: str = "") -> tuple[str, int]:
    return draw(
        "setup_devices.html",
        "devices",
        status=422 if problem else 200,
        devices=here().accounts.devices.all(),
        kinds=[kind.value for kind in DeviceKind],
        code=code,
        token=token,
        new=device,
        problem=problem,
        entrance=f"{here().settings.address}/devices/enter",
    )


@needs_role("administrator")
def let_in() -> tuple[str, int]:
    """A code for what has a browser; for a program its token, shown this once."""
    kind, name = request.form.get("kind", ""), request.form.get("name", "").strip()
    if kind not in list(DeviceKind) or not NAME.fullmatch(name):
        return draw_devices(problem=word("setup.fault_device_name", reader_language()))
    device, devices = Device(DeviceKind(kind), name), here().accounts.devices
    if device.kind in WITH_BROWSER:
        code = devices.make_code(device.kind, device.id)
        return draw_devices(code=f"{code[:4]} {code[4:]}", device=device)
    return draw_devices(token=devices.enrol(device.kind, device.id), device=device)


@needs_role("administrator")
def shut_out() -> Response:
    kind, name = request.form.get("kind", ""), request.form.get("name", "")
    if kind not in list(DeviceKind):
        raise ApiError(404, "not_found")
    here().accounts.devices.shut_out(DeviceKind(kind), name)
    return go_on("/setup/devices", "shut_out")
