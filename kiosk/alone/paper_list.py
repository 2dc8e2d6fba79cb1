"""What a kiosk knows of those who may be waiting, for a list on paper: its own numbers of today, in the order given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.alone.desk import KIT
from kiosk.alone.store import AloneStore, Given


@dataclass(frozen=True, slots=True)
class Remembered:
    number: str
    zone: str  # its name
    service: str  # its name
    came: str  # the hall's time, as 09:31
    care: bool
    is_told: bool  # the hall heard of it, so it may have been called already


def remembered(path: Path, day: date | None, language: str = "zh") -> tuple[date | None, list[Remembered]]:
    """Of that day; else of the last one on which this kiosk gave any."""
    store = AloneStore(path)
    try:
        kept = store.answer(KIT)
        kit = json.loads(kept.body) if kept else None
        of_day = day or store.last_day()
        if kit is None or of_day is None:
            return of_day, []
        untold = {given.number for given in store.untold()}
        given_then = sorted(store.of_day(of_day), key=lambda given: given.taken_at)
        return of_day, list(_rows(given_then, untold, kit, language))
    finally:
        store.close()


def _rows(given_then: list[Given], untold: set[str], kit: dict[str, object], language: str) -> Iterator[Remembered]:
    timezone = ZoneInfo(str(kit["timezone"]))
    services: dict[str, dict[str, dict[str, dict[str, dict[str, object]]]]] = kit["services"]  # type: ignore[assignment]
    for given in given_then:
        service, zone = services.get(given.wish["service"], {}), given.wish["zone"]
        paper = service.get("papers", {}).get(zone, {}).get(language, {})
        zone_said = paper.get("zone", {})
        yield Remembered(
            given.number,
            str(zone_said.get("name", zone) if isinstance(zone_said, dict) else zone),
            str(paper.get("service", given.wish["service"])),
            f"{given.taken_at.astimezone(timezone):%H:%M}",
            bool(given.wish.get("care")),
            given.number not in untold,
        )
