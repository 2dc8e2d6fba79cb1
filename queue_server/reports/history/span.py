"""Which days are looked at: from one to another, or just two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST_DAYS = 366
USUAL_DAYS = 28  # four weeks: each weekday four times


@dataclass(frozen=True, slots=True)
class Span:
    """`two`: only these two days; else all between them, both included."""

    first: date
    last: date
    two: bool = False

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last

    @property
    def weekdays(self) -> list[int]:
        days = [self.first, self.last] if self.two else [self.first + timedelta(n) for n in range(min(7, self.length))]
        return sorted({day.weekday() for day in days})

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    def values(self) -> dict[str, object]:
        """For `OF_THE_SPAN` in a question to the tables."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), "two": int(self.two)}


OF_THE_SPAN = "day BETWEEN :first AND :last AND (NOT :two OR day IN (:first, :last))"


def span_asked(first: str | None, last: str | None, two: bool, known: Sequence[date]) -> Span | None:
    """What somebody typed, put right where it cannot be meant: days the wrong way round, nothing, far too many.

    Nothing typed: the last four weeks of `known` days, which stand in order. None: no day is known and none was typed.
    """
    end = _day(last) or (known[-1] if known else None)
    begin = _day(first)
    if begin is None and end is None:
        return None
    if begin is None:
        assert end is not None
        begin = end - timedelta(days=USUAL_DAYS - 1) if not two else _before(end, known)
    end = end or begin
    begin, end = min(begin, end), max(begin, end)
    if not two:
        begin = max(begin, end - timedelta(days=MOST_DAYS - 1))
    return Span(begin, end, two and begin != end)


def month_of(text: str) -> Span | None:
    """2026-11 → its first to its last day."""
    first = _day(f"{text}-01")
    if first is None:
        return None
    following = (first + timedelta(days=31)).replace(day=1)
    return Span(first, following - timedelta(days=1))


def _before(day: date, known: Sequence[date]) -> date:
    """The same weekday a week before where the hall was open then; else the open day before."""
    week_ago = day - timedelta(days=7)
    earlier = [one for one in known if one < day]
    return week_ago if week_ago in earlier else (earlier[-1] if earlier else day)


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year < 9000 else None
