"""A device's line on the page, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from queue_server.web.printer_state import PrinterState
from queue_server.web.printer_views import advice_for
from queue_server.web.views import Json
from queue_server.web.words import find_word, word

KINDS = ("kiosk", "display", "voice", "printer", "wall")

Local = Callable[[str], datetime]


def kinds_of_rows(
    views: Sequence[Json],
    printers: Mapping[str, PrinterState],
    language: str,
    now: datetime,
    local: Local,
    name_of: Callable[[str], str],
) -> list[tuple[str, list[Json]]]:
    """(heading, lines), what wants a hand first within each."""
    order = ("act", "look", "fine")
    rows: dict[str, list[Json]] = {kind: [] for kind in KINDS}
    for view in sorted(views, key=lambda one: (order.index(one["level"]), one["device"])):
        rows[view["kind"]].append(row(view, printers, language, now, local, name_of))
    return [(word(f"devices.kinds_{kind}", language), some) for kind, some in rows.items() if some]


def row(
    view: Json,
    printers: Mapping[str, PrinterState],
    language: str,
    now: datetime,
    local: Local,
    name_of: Callable[[str], str],
) -> Json:
    return {
        "kind": view["kind"],
        "id": view["device"],
        "name": f"{word('devices.kind_' + view['kind'], language)} {view['device']}",
        "level": view["level"],
        "state": word(f"devices.level_{view['level']}", language),
        "findings": [
            finding_said(one, view["device"], printers.get(view["device"]), language) for one in view["findings"]
        ],
        "facts": list(facts(view, printers.get(view["device"]), language, now, local)),
        "can": [one for one in ("picture", "restart_screen", "restart_program") if one in view["can"]],
        "wishes": [wish_said(one, language, local, name_of) for one in view["wishes"]],
    }


def finding_said(one: Json, device: str, printer: PrinterState | None, language: str) -> Json:
    code, values = one["code"], dict(one)
    if code in {"clock_ahead", "clock_behind"}:
        values["span"] = span_said(one["span"], language)
    if code == "printer":
        state = printer if printer and printer.problem else PrinterState(device, "failing", one["problem"])
        return {"code": code, "level": one["level"], "what": advice_for(state, language), "do": ""}
    return {
        "code": code,
        "level": one["level"],
        "what": word(f"devices.found_{code}", language, **values),
        "do": word(f"devices.found_{code}_do", language, **values),
    }


def facts(view: Json, printer: PrinterState | None, language: str, now: datetime, local: Local) -> Any:
    """(label, text) of what is known."""

    def fact(name: str, text: str) -> tuple[str, str]:
        return word(f"devices.fact_{name}", language), text

    if view["heard_at"]:
        heard = datetime.fromisoformat(view["heard_at"])
        ago = span_said(max(0.0, (now - heard).total_seconds()), language)
        yield fact("heard", word("devices.ago", language, span=ago, at=f"{local(view['heard_at']):%H:%M:%S}"))
    else:
        yield fact("heard", word(f"devices.only_page_{'here' if view['here'] else 'away'}", language))
        return
    program = find_word(f"devices.program_{view['program']}", language) or view["program"]
    yield fact("program", f"{program} {view['version']}")
    if view["here"]:
        yield fact("up", span_said((now - datetime.fromisoformat(view["started_at"])).total_seconds(), language))
        machine = (now - datetime.fromisoformat(view["machine_started_at"])).total_seconds()
        yield fact("machine_up", span_said(machine, language))
    if screen := view["parts"].get("screen"):
        yield fact("screen", f"{word('devices.screen_' + str(screen.get('state')), language)} {screen.get('page', '')}")
    if view["parts"].get("printer") or printer:
        known = printer.state if printer and printer.state != "unknown" else printer_says(view["parts"].get("printer"))
        yield fact("printer", word(f"devices.printer_{known}", language))
    if alone := view["parts"].get("alone"):
        yield fact("alone", word("devices.alone_kept", language, **alone))
    if (voice := view["parts"].get("voice")) and voice.get("said_at"):
        yield fact("said", f"{voice['said']} {local(voice['said_at']):%H:%M:%S}")
    off = view["clock_off_seconds"]
    yield fact("clock", clock_said(off, language))
    if view["disk_free_mb"] is not None:
        yield fact("disk", f"{view['disk_free_mb'] / 1000:.1f} GB")
    yield fact("address", view["address"])


def printer_says(part: Json | None) -> str:
    problem = (part or {}).get("problem", "unknown")
    return {"ready": "ok", "paper_near_end": "low", "unknown": "unknown"}.get(problem, "failing")


def clock_said(off: float, language: str) -> str:
    if abs(off) < 2:  # the report was on its way, too
        return word("devices.clock_right", language)
    way = "clock_ahead" if off > 0 else "clock_behind"
    return word(f"devices.{way}", language, span=span_said(abs(off), language))


def wish_said(one: Json, language: str, local: Local, name_of: Callable[[str], str]) -> Json:
    at = local(one["settled_at"] or one["asked_at"])
    by = name_of(one["asked_by"].partition(":")[2])
    return {
        "wish": one["wish"],
        "state": one["state"],
        "has_picture": one["has_picture"],
        "what": word(f"devices.ask_{one['what']}", language),
        "text": word(
            f"devices.wish_{one['state']}", language, at=f"{at:%H:%M:%S}", by=by, said=one["said"] or "—"
        ),
    }  # fmt: skip


def span_said(seconds: float, language: str) -> str:
    """Two steps of days, hours, minutes, seconds at most, as people say it."""
    seconds = round(seconds / 60) * 60 if seconds >= 3600 else round(seconds)
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [("days", days), ("hours", hours), ("minutes", minutes), ("seconds", rest)]
    first = next((place for place, (_, many) in enumerate(parts) if many), len(parts) - 1)
    shown = [part for part in parts[first : first + 2] if part[1]] or [("seconds", 0)]
    if shown[0][0] == "minutes" and shown[0][1] >= 10:
        shown = shown[:1]
    return " ".join(word(f"devices.n_{unit}", language, n=many) for unit, many in shown)
