"""Hour × weekday: when people come, and how long those wait who come then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from queue_server.domain.measures import mean
from queue_server.reports.history.figures import Visit

LEVELS = 6  # how many shades a map has besides none


@dataclass(frozen=True, slots=True)
class HeatMap:
    """`cells[weekday][hour]`, 0 is Monday; None: nobody came. `level` 0 … LEVELS."""

    hours: list[int]
    weekdays: list[int]
    cells: dict[int, dict[int, float | None]]
    most: float

    def level(self, value: float | None) -> int:
        """The smallest value there is has a shade of its own; only nothing has none."""
        if not value:
            return 0
        return max(1, min(LEVELS, round(value / self.most * LEVELS)))


def arrivals_map(visits: Sequence[Visit], days: Iterable[str]) -> HeatMap:
    """Arrivals of an hour on a usual such weekday: their number ÷ how many such days the hall had."""
    how_many = _weekdays(days)
    return _map(visits, lambda found, weekday: len(found) / how_many.get(weekday, 1), how_many)


def waits_map(visits: Sequence[Visit], days: Iterable[str]) -> HeatMap:
    """Mean wait in minutes of those who came in that hour."""
    return _map(
        visits,
        lambda found, _: mean([one.wait for one in found if one.wait is not None]),
        _weekdays(days),
    )


def _map(
    visits: Sequence[Visit], value: Callable[[list[Visit], int], float | None], how_many: dict[int, int]
) -> HeatMap:
    found: dict[tuple[int, int], list[Visit]] = defaultdict(list)
    for one in visits:
        found[_weekday(one.day), one.hour].append(one)
    hours = sorted({hour for _, hour in found})
    between = list(range(hours[0], hours[-1] + 1)) if hours else []
    cells = {
        weekday: {hour: value(found[weekday, hour], weekday) if (weekday, hour) in found else None for hour in between}
        for weekday in sorted(how_many)
    }
    values = [one for row in cells.values() for one in row.values() if one]
    return HeatMap(between, sorted(how_many), cells, max(values, default=0.0))


def _weekdays(days: Iterable[str]) -> dict[int, int]:
    counted: dict[int, int] = defaultdict(int)
    for day in set(days):
        counted[_weekday(day)] += 1
    return dict(counted)


def _weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()
