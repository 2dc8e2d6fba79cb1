"""Who waits in which order, as a list on paper. Pure: rows from a hall day, and the list as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from queue_server.domain.calling_order import queue_of
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Stage, Ticket
from queue_server.paper_mode.paper_words import paper_words

NameOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    service: str
    came: str  # the hall's time, as 09:31
    marks: tuple[str, ...] = ()  # care, booked, group, more, parked, missed
    counter: str = ""  # of one who is at a counter
    day: str = ""  # as 11-24, where it is not the list's own


@dataclass(frozen=True, slots=True)
class ZoneList:
    """`waiting` in the order of calling; `aside` may come back; `at_counters` were there when the server went."""

    zone: str
    waiting: list[Row] = field(default_factory=list)
    aside: list[Row] = field(default_factory=list)
    at_counters: list[Row] = field(default_factory=list)


def zone_lists(day: HallDay, at: datetime, zone_name: NameOf, service_name: NameOf) -> list[ZoneList]:
    """The order is the hall's own at that moment, appointments, care and longest waits included."""

    def row(ticket: Ticket) -> Row:
        came = day.rules.local(ticket.first_arrival_at)
        return Row(ticket.number, service_name(ticket.service), f"{came:%H:%M}", _marks(ticket), ticket.counter or "")

    found = []
    for zone in day.rules.zones:
        of_zone = sorted((one for one in day.unfinished.values() if one.zone == zone), key=lambda one: one.issue)
        lists = ZoneList(
            zone_name(zone),
            [row(ticket) for ticket in queue_of(zone, day, at)],
            [row(ticket) for ticket in of_zone if ticket.stage in (Stage.PARKED, Stage.MISSED)],
            [row(ticket) for ticket in of_zone if ticket.is_at_a_counter],
        )
        found.append(lists)
    return [one for one in found if one.waiting or one.aside or one.at_counters]


def _marks(ticket: Ticket) -> tuple[str, ...]:
    marks = {
        "care": ticket.care,
        "booked": ticket.slot is not None,
        "group": ticket.people > 1,
        "more": bool(ticket.services_to_do),
        "parked": ticket.stage is Stage.PARKED,
        "missed": ticket.stage is Stage.MISSED,
    }
    return tuple(name for name, is_so in marks.items() if is_so)


WIDTH = 80  # columns of an A4 page in a fixed-width font
BLANK_LINES = 8


def as_text(
    hall: str, zones: Sequence[ZoneList], known: str, printed: str, language: str = "zh", *, of_kiosk: bool = False
) -> str:
    """For an A4 page in a fixed-width font, or a screen."""
    words = paper_words(language)
    lines = [f"{hall} · {words['title']}", words["known"].format(known=known, printed=printed), ""]
    lines += [f"{words['rules']}:"]
    for n in range(1, 7):
        lines += _wrapped(f"{n}. {words[f'rule_{n}']}")
    lines += ["", *_wrapped(f"! {words['kiosk_only']}")] if of_kiosk else []
    lines.append("")
    if not zones:
        lines += [words["nobody"], ""]
    for one in zones:
        lines += [f"== {words['waiting'].format(zone=one.zone, n=len(one.waiting))}", _line(words["head"])]
        lines += [_row(place, row, words) for place, row in enumerate(one.waiting, start=1)]
        for name in ("at_counters", "aside"):
            if some := getattr(one, name):
                lines += [f"-- {words[name]}", *(_row(None, row, words) for row in some)]
        lines.append("")
    lines += [f"== {words['blank']}", *[_line(("", "_____", "__:__", "", "____", "__:__", "__:__"))] * BLANK_LINES]
    return "\n".join(lines) + "\n"


def _row(place: int | None, row: Row, words: Mapping[str, str]) -> str:
    marks = "、".join([*([row.day] if row.day else []), *(words[mark] for mark in row.marks)])
    service = f"{row.service} [{marks}]" if marks else row.service
    return _line((str(place or ""), row.number, row.came, service, row.counter or "____", "__:__", "__:__"))


def _line(cells: Sequence[str]) -> str:
    widths = (4, 7, 7, 38, 8, 8, 6)  # of the columns, with the gap behind each
    return "".join(_filled(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _filled(text: str, width: int) -> str:
    """Cut or filled to that many columns."""
    kept = text
    while columns(kept) > width - 1:
        kept = kept[:-1]
    return kept + " " * (width - columns(kept))


def columns(text: str) -> int:
    """A Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _wrapped(text: str) -> list[str]:
    """Broken at the width, between Chinese characters and between English words."""
    lines, line = [], "  "
    for piece in re.findall(r"[!-~’“”]+ ?|.", text):
        if columns(line + piece.rstrip()) > WIDTH:
            lines, line = [*lines, line.rstrip()], "     "
        line += piece
    return [*lines, line.rstrip()]
