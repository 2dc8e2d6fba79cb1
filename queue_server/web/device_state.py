"""How a device is, from what it said of itself: what is wrong with it, worst first.

Pure. Limits that no hall need set, since each is plainly too much: the source is our own trial of cheap kiosk machines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from queue_server.accounts.device_reports import THERE_FOR, Heard

LEVELS = ("act", "look", "fine")
DISK_FULL_MB, DISK_LOW_MB = 100, 1000
STARTS_WITHIN_SECONDS = 90
WELL_PRINTERS = {"ready", "paper_near_end", "unknown"}
UNHEARD = {"mute", "stuck", "engine"}  # of a loudspeaker
MANY_FALLS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` has its words in devices.json, as `found_…`."""

    code: str
    level: str  # act | look | fine
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the hall knows of a device besides its own report."""

    heard: Heard | None
    listens: bool  # its page or program hears the feed now
    last_here: datetime | None  # by the world's clock


def findings(seen: Seen, now: datetime, version: str, clock_limit_minutes: float) -> list[Finding]:
    """The worst first; empty when all is well."""
    found = [*_there(seen, now)]
    if seen.heard is not None and now - seen.heard.at <= THERE_FOR:
        found += [*_machine(seen.heard, version, clock_limit_minutes), *_parts(seen)]
    return sorted(found, key=lambda one: LEVELS.index(one.level))


def level_of(found: list[Finding]) -> str:
    return found[0].level if found else "fine"


def _there(seen: Seen, now: datetime) -> Iterator[Finding]:
    if seen.heard is None:
        if not seen.listens:
            yield Finding("never" if seen.last_here is None else "away", "look")
        return
    if now - seen.heard.at > THERE_FOR:
        # its page may hear the hall all the same: then only the program beside it fell
        yield Finding("program_silent", "look") if seen.listens else Finding("silent", "act")


def _machine(heard: Heard, version: str, clock_limit_minutes: float) -> Iterator[Finding]:
    off = timedelta(seconds=heard.clock_off)
    if abs(off) > timedelta(minutes=clock_limit_minutes):
        way = "clock_ahead" if heard.clock_off > 0 else "clock_behind"
        yield Finding(way, "look", {"span": abs(heard.clock_off)})
    free = heard.report.get("disk_free_mb", DISK_LOW_MB)
    if free < DISK_LOW_MB:
        yield Finding("disk", "act" if free < DISK_FULL_MB else "look", {"mb": free})
    if heard.report.get("version") != version:
        yield Finding("version", "look", {"own": heard.report.get("version", "?"), "hall": version})


def _parts(seen: Seen) -> Iterator[Finding]:
    assert seen.heard is not None
    report = seen.heard.report
    parts = report.get("parts", {})
    if screen := parts.get("screen"):
        state, up = screen.get("state"), report.get("up_seconds", 0)
        if state in {"hangs", "lost"} or (state == "starting" and up > STARTS_WITHIN_SECONDS):
            yield Finding(f"screen_{state}", "act")
        elif state == "shows" and not seen.listens and up > STARTS_WITHIN_SECONDS:
            yield Finding("screen_deaf", "act")
        if screen.get("falls", 0) >= MANY_FALLS:
            yield Finding("screen_falls", "look", {"n": screen["falls"]})
    printer = (parts.get("printer") or {}).get("problem", "ready")
    if printer not in WELL_PRINTERS:
        yield Finding("printer", "act", {"problem": printer})
    elif printer == "paper_near_end":
        yield Finding("printer", "look", {"problem": printer})
    for counter in (parts.get("panels") or {}).get("unreachable", []):
        yield Finding("panel", "act", {"counter": counter})
    if (how := (parts.get("voice") or {}).get("state")) in UNHEARD:
        yield Finding(f"voice_{how}", "act")
