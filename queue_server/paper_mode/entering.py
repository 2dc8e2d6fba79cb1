"""A list called by hand, line by line: what becomes of each when it is entered. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from queue_server.domain import commands as c
from queue_server.domain.decide import decide
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.paper_mode.paper_list import zone_lists
from queue_server.paper_mode.written import Unreadable, Written, came_later, in_the_order_called, read_lines


@dataclass(frozen=True, slots=True)
class DraftLine:
    """`entered`: it stands in the log already. `why`: of a refusal its code, of an unreadable line its problem, of
    who came later or is there twice the other line's number."""

    line: int
    text: str
    state: str
    written: Written | None = None
    why: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_wrong(self) -> bool:
        return self.state in {"twice", "unreadable", "refused"}


def command_of(one: Written, actor: str, people: Collection[str]) -> c.EnterServedByHand:
    """The id is the one that the API makes of the command line's key, so that a line is entered once by either way.
    Somebody whom the hall does not know is not named as who served."""
    return c.EnterServedByHand(
        id=f"{actor}/by-hand/{one.key()}",
        actor=actor,
        ticket=one.ticket,
        counter=one.counter,
        called_at=one.called_at,
        ended_at=one.ended_at,
        came=one.came,
        officer=one.officer if one.officer in people else "",
    )


def draft_of(text: str, day: HallDay, at: datetime, actor: str, people: Collection[str]) -> list[DraftLine]:
    """Each line that says something, as the hall would answer now; nothing is done."""
    lines = text.splitlines()
    read = list(read_lines(lines, day.rules.local(at).date(), day.rules.timezone))
    written = [one for one in read if isinstance(one, Written)]
    later, first = came_later(written), dict[str, int]()
    unreadable = (one for one in read if isinstance(one, Unreadable))
    found = [DraftLine(one.line, one.text, "unreadable", why=one.problem) for one in unreadable]
    for one in in_the_order_called(written):
        text_of = lines[one.line - 1].strip()
        if one.line in later:
            found.append(DraftLine(one.line, text_of, "came_later", one, str(later[one.line])))
        elif one.ticket in first:
            found.append(DraftLine(one.line, text_of, "twice", one, str(first[one.ticket])))
        else:
            first[one.ticket] = one.line
            found.append(_asked(text_of, one, day, at, command_of(one, actor, people)))
    return sorted(found, key=lambda one: one.line)


def _asked(text: str, one: Written, day: HallDay, at: datetime, command: c.EnterServedByHand) -> DraftLine:
    if command.id in day.seqs_of_command:
        return DraftLine(one.line, text, "entered", one)
    try:
        decide(command, day, at)
    except Refusal as refusal:
        return DraftLine(one.line, text, "refused", one, refusal.code, refusal.details)
    return DraftLine(one.line, text, "ready", one)


def numbers_to_fill(day: HallDay, at: datetime) -> str:
    """The numbers of who is not done yet, a line each in the order of the list on paper, for somebody to write on."""
    zones = zone_lists(day, at, lambda zone: zone, lambda service: service)
    rows = [row for zone in zones for row in (*zone.at_counters, *zone.waiting, *zone.aside)]
    return "".join(f"{row.number},\n" for row in rows)
