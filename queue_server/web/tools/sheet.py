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
class Sheet:
    """`picture`: SVG with its own description, or empty. `years`: the schedule by years, or None."""

    tool: str
    title: str
    headline: Line
    estimate: str
    facts: tuple[Line, ...] = ()
    table: Table | None = None
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    picture: str = ""
    years: Table | None = None
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    given: tuple[Line, ...] = field(default=())
