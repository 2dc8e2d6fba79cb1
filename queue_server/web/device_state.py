"""How a device is, from what it said of itself: what is wrong with it, worst first.

Pure. Limits that no hall need set, since each is plainly too much: the source is our own trial of cheap kiosk machines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite
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
    if screen := part_of(report, "screen"):
        state, up = word_in(screen, "state"), number_in(report, "up_seconds")
        if state in {"hangs", "lost"} or (state == "starting" and up > STARTS_WITHIN_SECONDS):
            yield Finding(f"screen_{state}", "act")
        elif state == "shows" and not seen.listens and up > STARTS_WITHIN_SECONDS:
            yield Finding("screen_deaf", "act")
        if (falls := number_in(screen, "falls")) >= MANY_FALLS:
            yield Finding("screen_falls", "look", {"n": int(falls)})
    printer = word_in(part_of(report, "printer"), "problem") or "ready"
    if printer not in WELL_PRINTERS:
        yield Finding("printer", "act", {"problem": printer})
    elif printer == "paper_near_end":
        yield Finding("printer", "look", {"problem": printer})
    unreachable = part_of(report, "panels").get("unreachable")
    for counter in unreachable if isinstance(unreachable, list) else ():
        yield Finding("panel", "act", {"counter": str(counter)})
    if (how := word_in(part_of(report, "voice"), "state")) in UNHEARD:
        yield Finding(f"voice_{how}", "act")


# A device may write anything into its report: what is not of the kind expected is as if it had not been said.


def part_of(report: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    parts = report.get("parts")
    part = parts.get(name) if isinstance(parts, Mapping) else None
    return part if isinstance(part, Mapping) else {}


def word_in(part: Mapping[str, Any], name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) else ""


def number_in(part: Mapping[str, Any], name: str) -> float:
    value = part.get(name)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value) else 0.0
