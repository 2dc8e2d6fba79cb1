"""The hall's machines: how each is, what is asked of it from afar, and letting in one that shows a code."""

from __future__ import annotations

import base64
import binascii
import logging
import re
import time
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from queue_server.accounts import Device, DeviceKind
from queue_server.accounts.device_wishes import WHATS
from queue_server.accounts.devices import CODE_LASTS
from queue_server.web.api.common import Wish, make_api
from queue_server.web.audited import acts_on
from queue_server.web.context import here
from queue_server.web.device_views import device_views, is_servers_clock, wish_view
from queue_server.web.errors import ApiError
from queue_server.web.health import program_version
from queue_server.web.security import address, limit, needs_device, needs_role, open_to_all, takes_up_to, who
from queue_server.web.views import Json

logger = logging.getLogger(__name__)
api = make_api("devices", "The hall's machines")

KINDS = tuple(kind.value for kind in DeviceKind)
ASKS_A_MINUTE = 60  # of one address: several devices behind it may be waiting
REPORTS_A_MINUTE = 120
EVERY_SECONDS, WATCHED_SECONDS = 15, 2
WATCHED_FOR_SECONDS = 60.0  # after somebody has looked at the devices: what is asked then is soon done
PICTURE_BYTES = 4 * 1024 * 1024
NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")
JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG"


class AsksIn(Wish):
    kind: Literal["kiosk", "display", "printer", "voice", "wall"]
    token_hash: str = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the token that the device made")


class Report(Wish):
    """`parts`: whatever the device has, each with how it is: `screen`, `printer`, `voice`, `panels`, `alone`."""

    program: str = Field(max_length=32)
    version: str = Field(max_length=40)
    run: str = Field(pattern="^[0-9a-f]{1,32}$", description="Another one at each start of the program")
    up_seconds: int = Field(ge=0)
    machine_up_seconds: int = Field(ge=0)
    clock: AwareDatetime = Field(description="What the device's own clock says")
    disk_free_mb: int = Field(ge=0)
    can: list[Annotated[str, Field(max_length=32)]] = Field([], max_length=8)
    parts: dict[str, dict[str, Any]] = Field({}, max_length=8)


class WishPath(BaseModel):
    wish: str = Field(max_length=32)


class Outcome(Wish):
    outcome: Literal["taken", "done", "failed"]
    said: str = Field("", max_length=200)
    picture: str = Field("", max_length=PICTURE_BYTES, description="JPEG or PNG, base64")


class DevicePath(BaseModel):
    kind: str = Field(max_length=16)
    device: str = Field(max_length=32)


class Asked(Wish):
    what: Literal["restart_screen", "restart_program", "picture"]


class LetIn(Wish):
    code: str = Field(max_length=40, description="As the device shows it")
    name: str = Field(max_length=32)
    replace: bool = Field(False, description="A device of this name is let in already and shall be shut out")


@api.post("/devices/asking")
@open_to_all
def ask_to_be_let_in(body: AsksIn) -> Json:
    """A device without a token asks for the code that it shows; once somebody has typed that, its token works.

    The same device gets the same code for a quarter of an hour."""
    limit("device_asks", address(), ASKS_A_MINUTE)
    asking = here().accounts.devices_asking.ask(DeviceKind(body.kind), body.token_hash, address())
    return {"code": asking.code, "minutes": int(CODE_LASTS.total_seconds() // 60)}


@api.get("/devices/own")
@needs_device(*KINDS)
def read_own() -> Json:
    """Whether this token lets anybody in, and as whom."""
    return {"kind": who().role, "device": who().id}


@api.post("/devices/own/report")
@needs_device(*KINDS)
def report(body: Report) -> Json:
    """A sign of life: how this device is. Answered with what it is asked to do."""
    context, someone = here(), who()
    limit("device_report", someone.actor, REPORTS_A_MINUTE)
    said = body.model_dump(mode="json", exclude={"clock"})
    context.accounts.device_reports.hear(someone.role, someone.id, said, body.clock, address())
    wishes = context.accounts.device_wishes.to_take(someone.role, someone.id, body.run)
    return {
        "every_seconds": WATCHED_SECONDS if time.monotonic() < context.devices_watched_until else EVERY_SECONDS,
        "version": program_version(),
        "wishes": [{"id": wish.id, "what": wish.what} for wish in wishes],
    }


@api.post("/devices/own/wishes/<wish>")
@needs_device(*KINDS)
@takes_up_to(PICTURE_BYTES + 1024)
def settle_wish(path: WishPath, body: Outcome) -> Json:
    """Begun, done, or not possible. A picture is kept until it was looked at once, and five minutes at most."""
    context, someone = here(), who()
    wish = context.accounts.device_wishes.find(path.wish)
    if wish is None or (wish.kind, wish.device) != (someone.role, someone.id):
        raise ApiError(404, "unknown_wish")
    if body.picture:
        context.screen_pictures.keep(wish.id, _picture(body.picture), context.accounts.now())
    known = context.accounts.device_reports.all().get((someone.role, someone.id))
    run = str(known.report["run"]) if known else ""
    context.accounts.device_wishes.hear(wish, body.outcome, body.said, run)
    return {"heard": True}


def _picture(text: str) -> bytes:
    try:
        picture = base64.b64decode(text, validate=True)
    except binascii.Error:
        picture = b""
    if not picture.startswith((JPEG, PNG)):
        raise ApiError(422, "fields_wrong", fields=[{"field": "picture", "problem": "JPEG or PNG, base64"}])
    return picture


# --- for supervisors


def look_at_devices() -> list[Json]:
    """For the API and the page. Devices tell more often while somebody looks."""
    here().devices_watched_until = time.monotonic() + WATCHED_FOR_SECONDS
    return device_views(here())


@api.get("/devices")
@needs_role("supervisor")
def read_devices() -> Json:
    """Every device let in: how it is, what is wrong with it, what was asked of it."""
    views = look_at_devices()
    return {"devices": views, "version": program_version(), "clock_of_server": is_servers_clock(views)}


@api.post("/devices/let-in")
@needs_role("supervisor")
def let_in(body: LetIn) -> Json:
    """Type the code that a device shows: from now on it is the device of this name."""
    device, _ = let_in_by_code(body.code, body.name, replace=body.replace)
    return {"kind": device.kind.value, "device": device.id}


def let_in_by_code(code: str, name: str, *, replace: bool) -> tuple[Device, str]:
    """The device, and from where in the network it asked. For the API and the page."""
    limit("device_let_in", who().actor, ASKS_A_MINUTE)
    if not NAME.fullmatch(name):
        raise ApiError(422, "fields_wrong", fields=[{"field": "name", "problem": "1–32 of A–Z a–z 0–9 - _"}])
    acts_on(name)
    accounts = here().accounts
    asking = accounts.devices_asking.find(code)
    if asking is None:
        raise ApiError(404, "unknown_code")
    device = Device(asking.kind, name)
    if device in accounts.devices.all() and not replace:
        raise ApiError(409, "device_known", device=name)
    accounts.devices.enrol_hash(device.kind, device.id, asking.token_hash)
    accounts.devices_asking.is_let_in(asking)
    acts_on(f"{device.kind.value} {device.id} ({asking.address})")
    logger.info(
        "%s %s was let in by %s from %s", device.kind.value, device.id, who().id, asking.address,
        extra={"action": "device_let_in"},
    )  # fmt: skip
    return device, asking.address


@api.post("/devices/<kind>/<device>/wishes")
@needs_role("supervisor")
def ask_of_device(path: DevicePath, body: Asked) -> Json:
    """Start its screen or its program anew, or show what its screen shows. It takes that with its next sign of life."""
    return ask_device(path.kind, path.device, body.what)


def ask_device(kind: str, device: str, what: str) -> Json:
    accounts = here().accounts
    known = (kind, device) in {(one.kind.value, one.id) for one in accounts.devices.all()}
    if not known or what not in WHATS:
        raise ApiError(404, "unknown_device_name", device=device)
    acts_on(f"{kind} {device} {what}")
    logger.info("%s %s: %s asks for %s", kind, device, who().id, what, extra={"action": "device_asked"})
    return wish_view(accounts.device_wishes.ask(kind, device, what, who().actor), set())
