"""What a result looks like to people, as plain data: the phone, the kiosk and the paper all draw this."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One fact. `doubt`: it rests on something the centre has not confirmed. `marked`: the one that decides."""

    label: str
    value: str
    doubt: bool = False
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things found, a withdrawal or a consequence. `state`: fits | ask | not_yet | mind."""

    title: str
    words: str
    state: str
    state_words: str
    value: str
    doubt: bool
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    items: tuple[Item, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path of SVG; `kind` is drawn by the page's style."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Label:
    x: int
    y: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """In SVG's own units. `described` says in words what it shows."""

    width: int
    height: int
    described: str
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`years`: the schedule by years, or None."""

    tool: str
    title: str
    headline: Line
    estimate: str
    facts: tuple[Line, ...] = ()
    table: Table | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    picture: Picture | None = None
    years: Table | None = None
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    given: tuple[Line, ...] = field(default=())
