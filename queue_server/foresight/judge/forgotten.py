"""Finishes that somebody forgot to press, put right and counted, so that they teach nothing false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from queue_server.foresight.habits import LONGEST_SERVICE

if TYPE_CHECKING:
    from queue_server.foresight.judge.visits import Row

USUAL_MINUTES = 10  # of a service of which nothing is known


def without_forgotten(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """The rows in the same order, and how many services had not been ended when they were over.

    One that still goes on when its server begins the next was over by then. One that lasts longer than any service does
    took as long as others of its class usually do.
    """
    ends = {id(row): _ended(row, following) for row, following in _with_following(rows)}
    took: dict[str, list[float]] = {}
    for row in rows:
        if row.start is not None and (end := ends[id(row)]) is not None:
            took.setdefault(row.label.name, []).append((end - row.start).total_seconds())

    def usual(row: Row) -> timedelta:
        return timedelta(seconds=round(median(took.get(row.label.name, [USUAL_MINUTES * 60]))))

    def ended(row: Row) -> Row:
        return row if row.start is None else replace(row, end=ends[id(row)] or row.start + usual(row))

    mended = [ended(row) for row in rows]
    return mended, sum(one.end != row.end for one, row in zip(mended, rows, strict=True))


def _with_following(rows: Iterable[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each served row with the one that its server began after it."""
    of_server: dict[str, list[Row]] = {}
    for row in rows:
        if row.start is not None:
            of_server.setdefault(row.server, []).append(row)
    for own in of_server.values():
        own.sort(key=lambda row: row.start or row.end)
        yield from zip(own, [*own[1:], None], strict=True)


def _ended(row: Row, following: Row | None) -> datetime | None:
    """None: nobody knows."""
    assert row.start is not None
    end = row.end if following is None or following.start is None else min(row.end, following.start)
    return end if end - row.start <= timedelta(minutes=LONGEST_SERVICE) else None
