"""Bars as plain geometry: the same picture on the page, on paper and in the PDF, without script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 960, 220
LEFT, RIGHT, TOP, FOOT = 44, 8, 14, 26
MOST_LABELS = 16
GAP = 0.28  # of a bar's place


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    series: int
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    left: int
    floor: int
    bars: list[Bar]
    lines: list[tuple[float, str]]  # where a line lies, and what it is worth
    labels: list[tuple[float, str]]
    says_values: bool  # few enough bars to write each value above it


def bar_chart(labels: Sequence[str], series: Sequence[Sequence[float | None]]) -> Chart:
    """`series`: one or two rows of values, one for each label. None and nothing have no bar."""
    top = nice_top(max((value or 0 for row in series for value in row), default=0))
    floor, place = HEIGHT - FOOT, (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    width = place * (1 - GAP) / max(1, len(series))
    scale = (floor - TOP) / top
    bars = [
        Bar(
            round(LEFT + place * (at + GAP / 2) + width * number, 1),
            round(floor - value * scale, 1),
            round(width, 1),
            round(value * scale, 1),
            number,
            said(value),
            label,
        )
        for number, row in enumerate(series)
        for at, (label, value) in enumerate(zip(labels, row, strict=True))
        if value
    ]
    every = -(-len(labels) // MOST_LABELS) if labels else 1
    return Chart(
        *(WIDTH, HEIGHT, LEFT, floor, bars),
        lines=[(round(floor - top * share * scale, 1), said(top * share)) for share in (0, 0.5, 1)],
        labels=[(round(LEFT + place * (at + 0.5), 1), label) for at, label in enumerate(labels) if at % every == 0],
        says_values=width >= 24,
    )


def nice_top(most: float) -> float:
    """The next of 2, 4, 6, 10, 20, 40, 60, 100 …: half of it is a plain number, too."""
    power = 1.0
    while True:
        for step in (2, 4, 6, 10):
            if most <= step * power:
                return step * power
        power *= 10


def said(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
