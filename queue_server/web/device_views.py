"""Every device let in, as a supervisor sees it: how it is, what is wrong, what was asked of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from queue_server.accounts import Device
from queue_server.accounts.device_reports import THERE_FOR
from queue_server.accounts.device_wishes import DeviceWish
from queue_server.domain.alert_rules import limit_of
from queue_server.domain.rules import HallRules
from queue_server.web.device_state import Finding, Seen, findings, level_of
from queue_server.web.health import program_version
from queue_server.web.views import Json

if TYPE_CHECKING:
    from queue_server.web.context import Context

SERVER_CLOCK = 3  # so many devices off alike: the server's own clock is likely the wrong one


def device_views(context: Context) -> list[Json]:
    """By kind and name."""
    accounts = context.accounts
    now, reports = accounts.now(), accounts.device_reports.all()
    pictures = context.screen_pictures.waiting(now)
    limit, hall_now = clock_limit(context.hall.rules), context.hall.clock.now()
    here = context.feed.devices_here()
    last = accounts.devices_seen.look(here, hall_now)
    found = []
    for device in accounts.devices.all():
        key = (device.kind.value, device.id)
        seen = Seen(reports.get(key), key in here or _just_seen(last.get(key), hall_now), last.get(key))
        wrong = findings(seen, now, program_version(), limit)
        wishes = accounts.device_wishes.of(*key)
        found.append(device_view(device, seen, wrong, wishes, pictures, now))
    return found


def _just_seen(last: datetime | None, hall_now: datetime) -> bool:
    """By another process of this hall."""
    return last is not None and hall_now - last <= THERE_FOR


def clock_limit(rules: HallRules) -> float:
    """Minutes, as the hall's alert rules say."""
    limits = [limit_of(rule, rules.limits) for rule in rules.alert_rules if rule.on == "clock_off"]
    return min([limit for limit in limits if limit is not None], default=1.0)


def device_view(
    device: Device, seen: Seen, wrong: list[Finding], wishes: list[DeviceWish], pictures: set[str], now: datetime
) -> Json:
    heard = seen.heard
    report = heard.report if heard else {}
    is_there = heard is not None and now - heard.at <= THERE_FOR
    return {
        "kind": device.kind.value,
        "device": device.id,
        "level": level_of(wrong),
        "findings": [{"code": one.code, "level": one.level, **one.values} for one in wrong],
        "here": is_there or seen.listens,
        "program": report.get("program"),
        "version": report.get("version"),
        "started_at": (heard.at - timedelta(seconds=report.get("up_seconds", 0))).isoformat() if heard else None,
        "machine_started_at": (heard.at - timedelta(seconds=report.get("machine_up_seconds", 0))).isoformat()
        if heard
        else None,
        "heard_at": heard.at.isoformat() if heard else None,
        "clock_off_seconds": round(heard.clock_off, 1) if heard else None,
        "address": heard.address if heard else None,
        "disk_free_mb": report.get("disk_free_mb"),
        "parts": report.get("parts", {}),
        "can": report.get("can", []) if is_there else [],
        "wishes": [wish_view(one, pictures) for one in wishes],
    }


def wish_view(wish: DeviceWish, pictures: set[str]) -> Json:
    return {
        "wish": wish.id,
        "what": wish.what,
        "state": wish.state,
        "asked_by": wish.asked_by,
        "asked_at": wish.asked_at.astimezone(UTC).isoformat(),
        "settled_at": wish.settled_at.astimezone(UTC).isoformat() if wish.settled_at else None,
        "said": wish.said,
        "has_picture": wish.id in pictures,
    }


def is_servers_clock(views: list[Json]) -> bool:
    """Several devices are off to the same side by about the same."""
    off = sorted(
        view["clock_off_seconds"] for view in views if any(one["code"].startswith("clock_") for one in view["findings"])
    )
    return len(off) >= SERVER_CLOCK and off[-1] - off[0] <= max(30.0, abs(off[0]) * 0.1)
