"""The hall's plan as the phone draws it: zones and counters in their places, the visitor's own ones marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queue_server.web.views import Json

if TYPE_CHECKING:
    from queue_server.hall_file import HallFile

UNITS = 320  # the drawing's width; the file's metres are scaled to it, so that letters keep their size
COUNTER_RADIUS = 9
LETTER_HEIGHT = 14


def plan_view(hall: HallFile, zone: str, counter: str | None) -> Json | None:
    """None when the hall has drawn no plan, or has not placed this zone on it: then words must do."""
    plan = hall.plan
    if plan is None or zone not in plan.zones:
        return None
    scale = UNITS / plan.width
    height = round(plan.height * scale)
    counters = hall.rules.counters
    return {
        "width": UNITS,
        "height": height,
        "box": f"-2 -2 {UNITS + 4} {height + 4 + LETTER_HEIGHT + 4}",
        "counter_radius": COUNTER_RADIUS,
        "confirmed": plan.confirmed_by_centre,
        "zones": [
            {
                **_box(place, scale),
                "here": name == zone,
                "shape": hall.zones[name].shape,
                "tone": hall.zones[name].tone,
            }
            for name, place in plan.zones.items()
        ],
        "counters": [
            {
                "id": name,
                "x": round(x * scale),
                "y": round(y * scale),
                "tone": hall.zones[counters[name].zone].tone,
                "here": name == counter,
            }
            for name, (x, y) in plan.counters.items()
        ],
        "door": _door(plan.door, scale) if plan.door else None,
    }


def _box(place: tuple[float, float, float, float], scale: float) -> Json:
    x, y, width, height = (round(value * scale) for value in place)
    return {
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "middle_x": x + width // 2,
        "middle_y": y + height // 2,
    }


def _door(place: tuple[float, float], scale: float) -> Json:
    x, y = (round(value * scale) for value in place)
    return {"x": x, "y": y, "name_y": y + LETTER_HEIGHT + 2}
