"""What somebody wrote on the list, line by line: `T0012,3,10:42,10:55`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

ABSENT = frozenset({"未到", "absent", "no"})
NUMBER = re.compile(r"[A-Za-z]\d{4}")
CLOCK = re.compile(r"(\d{1,2})[:：.](\d{2})")


@dataclass(frozen=True, slots=True)
class Written:
    """One line. `line` counts from 1, as editors do."""

    line: int
    ticket: str
    counter: str
    called_at: datetime
    ended_at: datetime
    came: bool
    officer: str

    def key(self) -> str:
        """The same line entered twice is entered once, by command or page; a corrected one is another."""
        counter = re.sub(r"[^A-Za-z0-9_-]", "_", self.counter)[:16]
        return f"{self.ticket}-{counter}-{self.called_at:%H%M}-{self.ended_at:%H%M}-{int(self.came)}"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """`problem`: its words are in `words/` as `problem_…`."""

    line: int
    text: str
    problem: str  # too_few | no_number | no_time


def read_lines(lines: Iterable[str], day: date, timezone: tzinfo) -> Iterator[Written | Unreadable]:
    """Number, counter, called, ended or `absent`, and who served if one likes; separated by comma, tab or semicolon.
    Empty lines and those that begin with # say nothing, nor does a first line of headings, nor a number behind which
    nothing is written: that visitor was not called."""
    for place, text in enumerate(lines, start=1):
        text = text.strip().lstrip("\ufeff")
        cells = [cell.strip() for cell in re.split(r"[,，;；\t]", text)]
        if not any(cells[1:]) and NUMBER.fullmatch(cells[0]):
            continue
        if not text or text.startswith("#") or (place == 1 and not re.search(r"\d", text)):
            continue
        yield _read(place, text, cells, day, timezone)


def _read(place: int, text: str, cells: list[str], day: date, timezone: tzinfo) -> Written | Unreadable:
    if len(cells) < 4:
        return Unreadable(place, text, "too_few")
    ticket, counter, called, ended, *rest = cells
    if not NUMBER.fullmatch(ticket):
        return Unreadable(place, text, "no_number")
    called_at = _moment(called, day, timezone)
    came = ended.lower() not in ABSENT
    ended_at = _moment(ended, day, timezone) if came else called_at
    if called_at is None or ended_at is None:
        return Unreadable(place, text, "no_time")
    return Written(place, ticket.upper(), counter, called_at, ended_at, came, rest[0] if rest else "")


def _moment(text: str, day: date, timezone: tzinfo) -> datetime | None:
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    return datetime.combine(day, time(hour, minute), timezone) if hour < 24 and minute < 60 else None


def in_the_order_called(written: Iterable[Written]) -> list[Written]:
    """By the times on the list, so that the log tells them in the order in which they were."""
    return sorted(written, key=lambda one: (one.called_at, one.ended_at, one.line))


def came_later(written: Sequence[Written]) -> dict[int, int]:
    """Line → the line that says more of the same visitor: was absent when called, came back, and was served then.
    Only that is entered."""
    served = {one.ticket: one for one in reversed(in_the_order_called(written)) if one.came}
    return {
        one.line: then.line
        for one in written
        if not one.came and (then := served.get(one.ticket)) is not None and then.called_at >= one.called_at
    }
