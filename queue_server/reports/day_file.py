"""A recorded day as a file: one JSON line for the day, then one for each event. Every version must replay it alike."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from queue_server.domain.apply import replay
from queue_server.domain.events import Event
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import ZoneMeasures, feedback_measures, hall_measures, zone_measures
from queue_server.domain.rules import HallRules
from queue_server.stores import codec
from queue_server.stores.base import Recorded


@dataclass(frozen=True, slots=True)
class DayFile:
    hall: str
    day: date
    events: list[Event]


def write_day_file(out: TextIO, hall: str, recorded: Iterable[Recorded]) -> None:
    lines = list(recorded)
    if not lines:
        raise ValueError("The log has no events of that day.")
    out.write(json.dumps({"hall": hall, "day": lines[0].day.isoformat()}) + "\n")
    for line in lines:
        stored = codec.encode(line.event)
        out.write(json.dumps(stored._asdict(), ensure_ascii=False) + "\n")


def read_day_file(path: Path) -> DayFile:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    day = json.loads(head)
    events = [codec.decode(codec.Stored(**json.loads(line))) for line in lines]
    return DayFile(day["hall"], date.fromisoformat(day["day"]), events)


def replayed(day_file: DayFile, rules: HallRules) -> HallDay:
    return replay(rules, day_file.day, day_file.events)


def figures(day: HallDay) -> dict[str, object]:
    """What the day came to, at its last moment."""
    at = day.last_at
    if at is None:
        return {"tickets": 0}
    rows: list[ZoneMeasures] = [*zone_measures(day, at), hall_measures(day, at)]
    return {
        "tickets": len(day.tickets),
        "events": day.seq,
        "zones": {row.zone or "all": asdict(row) for row in rows},
        "feedback": asdict(feedback_measures(day)),
    }


def print_figures(day_file: DayFile, rules: HallRules) -> None:
    print(json.dumps(figures(replayed(day_file, rules)), ensure_ascii=False, indent=2))
