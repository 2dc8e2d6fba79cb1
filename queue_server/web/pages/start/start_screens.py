"""The hall's screens, as the start page offers them: where each opens, and as which demo device."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from queue_server.accounts import DeviceKind
from queue_server.domain.rules import Purpose
from queue_server.web.context import Context

# who works with them → pages beside the screens; each page's last part names its words
MORE_PAGES = {
    "everybody": ("/when",),
    "guide": ("/poster",),
    "supervisor": ("/history", "/staffing", "/supervisor/wall", "/supervisor/devices"),
    "administrator": ("/setup", "/audit"),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """`name` is also its picture and the key of its words."""

    name: str
    address: str


def screens(context: Context) -> list[Screen]:
    """In the order of a visit."""
    kiosk = entrance(context, DeviceKind.KIOSK, "K1", "/kiosk")
    return [
        Screen("kiosk", kiosk),
        Screen("hall", display(context, hall_page(context))),
        Screen("desk", "/sign-in?next=/desk"),
        Screen("guide", "/sign-in?next=/guide"),
        Screen("supervisor", "/sign-in?next=/supervisor"),
    ]


def more_pages() -> list[tuple[str, list[tuple[str, str]]]]:
    """(who, [(key of its words, address)]); what needs a sign-in leads there first."""
    return [
        (who, [(page.rpartition("/")[2], page if who == "everybody" else f"/sign-in?next={page}") for page in pages])
        for who, pages in MORE_PAGES.items()
    ]


def hall_page(context: Context) -> str:
    """With its voice, unless this machine's loudspeaker already calls: two voices would speak over each other."""
    return "/displays/hall?voice=on" if context.settings.voice_in_browser else "/displays/hall"


def zone_screens(context: Context) -> list[tuple[str, str]]:
    """(zone, address) of the screens above the waiting areas."""
    return [(zone, display(context, f"/displays/zone/{quote(zone)}")) for zone in context.hall.rules.zones]


def counter_screen(context: Context) -> tuple[str, str]:
    """(counter, address) of the screen above one counter."""
    counter = first_counter(context)
    return counter, display(context, f"/displays/counter/{quote(counter)}")


def first_counter(context: Context) -> str:
    """A counter that is always staffed in the simulation, so that its screen has something to show."""
    rules = context.hall.rules
    zone = rules.zone_for(Purpose.COUNTER)
    counters = rules.counters_of(zone.id) if zone else list(rules.counters.values())
    return counters[0].id


def display(context: Context, page: str) -> str:
    return entrance(context, DeviceKind.DISPLAY, "D1", page)


def entrance(context: Context, kind: DeviceKind, device: str, page: str) -> str:
    """Lets this browser in as a demo device, then goes on to the page."""
    token = context.accounts.enrol_demo_device(kind, device)
    return f"/devices/enter/{token}?next={quote(page, safe='/')}"
