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
    day: date


def remembered(path: Path, day: date | None, language: str = "zh") -> list[Remembered]:
    """Of that day, and of the last one on which this kiosk gave any: who compares the two sees that one is wrong."""
    store = AloneStore(path)
    try:
        kept = store.answer(KIT)
        kit = json.loads(kept.body) if kept else {}
        days = sorted({one for one in (day, store.last_day()) if one is not None})
        given_then = [given for one in days for given in sorted(store.of_day(one), key=lambda given: given.taken_at)]
        return list(_rows(given_then, kit, language))
    finally:
        store.close()


def _rows(given_then: list[Given], kit: dict[str, object], language: str) -> Iterator[Remembered]:
    """Without the kit, which a kiosk has from the hall's first answer on, codes stand for names."""
    timezone = ZoneInfo(str(kit["timezone"])) if "timezone" in kit else None
    services: dict[str, dict[str, dict[str, dict[str, dict[str, object]]]]] = kit.get("services", {})  # type: ignore[assignment]
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
            given.day,
        )
