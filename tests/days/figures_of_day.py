"""What is remembered of a recorded day: its figures at three moments and at the end, and who waited when."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any

from queue_server.domain.measures import waiting_series
from queue_server.domain.rules import HallRules
from queue_server.reports.day_file import DayFile, figures, replayed

MOMENTS = (time(10, 30), time(12, 0), time(15, 30))
DECIMALS = 6  # a sum added up in another order may differ after that


def figures_of_day(day_file: DayFile, rules: HallRules) -> dict[str, Any]:
    """Plain JSON values, rounded."""
    found: dict[str, Any] = {}
    for moment in MOMENTS:
        until = datetime.combine(day_file.day, moment, rules.timezone)
        part = DayFile(day_file.hall, day_file.day, [event for event in day_file.events if event.at <= until])
        found[f"{moment:%H:%M}"] = figures(replayed(part, rules))
    day = replayed(day_file, rules)
    found["end"] = figures(day)
    assert day.last_at is not None
    found["waiting every half-hour"] = waiting_series(day_file.events, day, day.last_at, step_minutes=30).zones
    return json.loads(json.dumps(found), parse_float=lambda text: round(float(text), DECIMALS))  # type: ignore[no-any-return]
