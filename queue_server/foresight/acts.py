"""What a supervisor can do with the counters, in the hall's own words, and what it makes of a scenario.

open: a counter begins to call, perhaps for some services only · close: one stops, for a while or for the day ·
serve: one calls other services, perhaps in another zone · move_break: one takes its usual break later or earlier ·
add_people: so many more serve in a zone, with or without a counter of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from queue_server.domain.hall_day import HallDay
from queue_server.domain.lines import Kind
from queue_server.domain.measures import minutes
from queue_server.foresight.roster import Span, span_table
from queue_server.foresight.scenario_of_day import SERVES_ON, Asked
from queue_server.foresight.simulation.scenario import MOST_SERVICES_AFTER, NONE, Bools, Scenario

KINDS = ("open", "close", "serve", "move_break", "add_people")
BEGINS_AFTER = 2.0  # minutes until somebody has sat down
SHORTEST_BREAK, LONGEST_BREAK = 15.0, 180.0  # a shorter gap is a pause, a longer one two shifts
NO_HOURS = 600.0  # minutes that a counter stays on where the hall keeps no hours


class ActImpossible(ValueError):
    """`code`: why, as `refusals` words have it."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True, slots=True)
class Act:
    """`minutes`: close, for how long (0: the rest of the day); move_break, how much later (below 0: earlier)."""

    kind: str
    counter: str = ""
    zone: str = ""  # serve: where, empty for its own; add_people: where
    services: tuple[str, ...] | None = None  # open, serve: which; None: everything it can
    minutes: int = 0
    people: int = 0


def scenario_with(asked: Asked, acts: Sequence[Act], day: HallDay, at: datetime) -> Scenario:
    """The same moment after these acts. Raises ActImpossible."""
    changed = asked
    for act in acts:
        changed = replace(changed, scenario=_DO[act.kind](changed, act, day, at))
    return changed.scenario


def _open(asked: Asked, act: Act, day: HallDay, at: datetime) -> Scenario:
    place = _place(act.counter, day)
    desk = day.desks.get(act.counter)
    if desk is not None and not desk.paused:
        raise ActImpossible("what_if_is_open", counter=act.counter)
    opened = _with_spans(asked.scenario, place, until_the_end(day, at))
    if act.services is None:
        return opened
    return _with_skills(asked, opened, place, act, day)


def _close(asked: Asked, act: Act, day: HallDay, at: datetime) -> Scenario:
    place = _place(act.counter, day)
    spans = spans_at(asked.scenario, place)
    if not spans:
        raise ActImpossible("what_if_is_shut", counter=act.counter)
    back = float(act.minutes) if act.minutes > 0 else np.inf
    return _with_spans(asked.scenario, place, [(max(o, back), c) for o, c in spans if c > back])


def _serve(asked: Asked, act: Act, day: HallDay, at: datetime) -> Scenario:
    place = _place(act.counter, day)
    if not spans_at(asked.scenario, place):
        raise ActImpossible("what_if_is_shut", counter=act.counter)
    return _with_skills(asked, asked.scenario, place, act, day)


def _move_break(asked: Asked, act: Act, day: HallDay, at: datetime) -> Scenario:
    place = _place(act.counter, day)
    spans = spans_at(asked.scenario, place)
    found = break_of(spans)
    if found is None:
        raise ActImpossible("what_if_no_break", counter=act.counter)
    first, (begins, ends) = found
    later = max(float(act.minutes), -begins)  # a break cannot begin before now
    opens, last = spans[first][0], spans[first + 1][1]
    moved = [(opens, begins + later), (min(ends + later, last), last)]
    around = [*spans[:first], *moved, *spans[first + 2 :]]
    return _with_spans(asked.scenario, place, [(o, c) for o, c in around if c > o])


def _add_people(asked: Asked, act: Act, day: HallDay, at: datetime) -> Scenario:
    """They have no counter's number: whatever their zone serves, from now until the end."""
    if act.zone not in day.rules.zones:
        raise ActImpossible("unknown_zone", zone=act.zone)
    if act.people < 1:
        raise ActImpossible("what_if_how_many")
    zone = list(day.rules.zones).index(act.zone)
    scenario, many = asked.scenario, act.people
    counters, kinds, rules = scenario.counters, scenario.kinds, scenario.call_rules
    spans = [spans_at(scenario, c) for c in range(len(counters.zone))] + [until_the_end(day, at)] * many
    opens, closes = span_table(spans)
    may = np.array([own == act.zone and kind.for_counter is None for own, kind in asked.kinds], bool)

    seats = counters._replace(
        zone=_more(counters.zone, many, zone),
        opens=opens,
        closes=closes,
        speed=_more(counters.speed, many, 1.0),
        serving=_more(counters.serving, many, NONE),
        served_for=_more(counters.served_for, many, -1.0),
        serving_from=_more(counters.serving_from, many, 0.0),
        serving_then=np.concatenate([counters.serving_then, np.full((many, MOST_SERVICES_AFTER), NONE)]),
        calls_since_priority=_more(counters.calls_since_priority, many, NONE),
        idle_since=_more(counters.idle_since, many, 0.0),
    )
    return scenario._replace(
        counters=seats,
        kinds=kinds._replace(
            may=np.concatenate([kinds.may, np.repeat(may[:, None], many, axis=1)], axis=1),
            preference=np.concatenate([kinds.preference, np.zeros((len(may), many))], axis=1),
        ),
        call_rules=rules._replace(
            counters=np.concatenate([rules.counters, np.zeros((len(rules.counters), many), bool)], axis=1)
        ),
    )


def _more(column: NDArray[Any], many: int, value: float) -> NDArray[Any]:
    """The same column with so many places more."""
    return np.concatenate([column, np.full((many, *column.shape[1:]), value, column.dtype)])


_DO = {"open": _open, "close": _close, "serve": _serve, "move_break": _move_break, "add_people": _add_people}


# --- spans


def until_the_end(day: HallDay, at: datetime) -> list[Span]:
    """From in a moment until the hall closes, its own breaks taken out; whoever is here then serves who still waits."""
    hours = [(minutes(opens - at), minutes(closes - at)) for opens, closes in day.open_hours()]
    spans = [(max(BEGINS_AFTER, opens), closes) for opens, closes in hours if closes > BEGINS_AFTER]
    if not spans:
        return [(BEGINS_AFTER, BEGINS_AFTER + (SERVES_ON if hours else NO_HOURS))]
    return [*spans[:-1], (spans[-1][0], spans[-1][1] + SERVES_ON)]


def spans_at(scenario: Scenario, place: int) -> list[Span]:
    pairs = zip(scenario.counters.opens[place], scenario.counters.closes[place], strict=True)
    return [(float(opens), float(closes)) for opens, closes in pairs if closes > opens and closes > 0]


def break_of(spans: Sequence[Span]) -> tuple[int, Span] | None:
    """(number of the span before it, the break) of the first break still to come."""
    for n, ((_, begins), (ends, _)) in enumerate(pairwise(spans)):
        if begins > 0 and SHORTEST_BREAK <= ends - begins <= LONGEST_BREAK:
            return n, (begins, ends)
    return None


def _with_spans(scenario: Scenario, place: int, own: list[Span]) -> Scenario:
    spans = [spans_at(scenario, c) for c in range(len(scenario.counters.zone))]
    spans[place] = own
    opens, closes = span_table(spans)
    return scenario._replace(counters=scenario.counters._replace(opens=opens, closes=closes))


# --- who may call whom


def _place(counter: str, day: HallDay) -> int:
    if counter not in day.rules.counters:
        raise ActImpossible("unknown_counter", counter=counter)
    return list(day.rules.counters).index(counter)


def _with_skills(asked: Asked, scenario: Scenario, place: int, act: Act, day: HallDay) -> Scenario:
    zone = act.zone or day.rules.counters[act.counter].zone
    if zone not in day.rules.zones:
        raise ActImpossible("unknown_zone", zone=zone)
    services = None if act.services is None else frozenset(act.services)
    if services is not None and (unknown := services - set(day.rules.services)):
        raise ActImpossible("unknown_service", service=min(unknown))
    desk = day.desks.get(act.counter)
    officer = day.rules.officers.get(desk.officer) if desk else None
    skills = officer.services if officer else None
    if services is not None and skills is not None and not services & skills:
        raise ActImpossible("what_if_cannot_serve", counter=act.counter)
    able = services if skills is None else (skills if services is None else services & skills)
    may = scenario.kinds.may.copy()
    may[:, place] = _may(asked, zone, act.counter, able)
    zones = scenario.counters.zone.copy()
    zones[place] = list(day.rules.zones).index(zone)
    return scenario._replace(kinds=scenario.kinds._replace(may=may), counters=scenario.counters._replace(zone=zones))


def _may(asked: Asked, zone: str, counter: str, services: frozenset[str] | None) -> Bools:
    """Tickets kept for this counter stay its own; those kept for an officer are theirs to call as before."""

    def callable_here(own: str, kind: Kind, before: bool) -> bool:
        if own != zone:
            return False
        if kind.for_counter is not None or kind.for_officer is not None:
            return before
        return services is None or kind.service in services

    place = asked.counters.index(counter)
    before = asked.scenario.kinds.may[:, place]
    found = [callable_here(own, kind, bool(was)) for (own, kind), was in zip(asked.kinds, before, strict=True)]
    return np.array(found, bool)
