"""The kinds of desks a hall has: in each zone those that serve everything there, and those for some services alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from queue_server.domain.rules import HallRules
from queue_server.foresight.habits import Habits
from queue_server.foresight.plan import Demand, DeskKind
from queue_server.foresight.scenario_of_day import Asked
from queue_server.foresight.simulation.scenario import Bools
from queue_server.foresight.staffing import of_zone


class Skill(NamedTuple):
    """`services` None: everything in the zone."""

    zone: str
    services: frozenset[str] | None


def skills_of(rules: HallRules) -> list[Skill]:
    """Zone by zone, everything first, then those for most services. A zone may have no counter of the first."""
    found = []
    for zone in rules.zones:
        some = {counter.services for counter in rules.counters_of(zone) if counter.services is not None}
        found += [Skill(zone, None), *(Skill(zone, own) for own in sorted(some, key=lambda s: (-len(s), sorted(s))))]
    return found


def desk_kinds_of(asked: Asked, rules: HallRules, habits: Habits) -> tuple[DeskKind, ...]:
    """In the order of `skills_of`."""
    skills = skills_of(rules)
    return tuple(_desk_kind(skill, skills[place + 1 :], asked, rules, habits) for place, skill in enumerate(skills))


def _desk_kind(skill: Skill, narrower: list[Skill], asked: Asked, rules: HallRules, habits: Habits) -> DeskKind:
    """`narrower`: the kinds after it; whom one of them in the same zone can serve is not its own."""
    theirs = frozenset().union(*(one.services or () for one in narrower if one.zone == skill.zone))
    own = frozenset(rules.services if skill.services is None else skill.services) - theirs
    counters = rules.counters.values()
    return DeskKind(
        list(rules.zones).index(skill.zone),
        _kinds(asked, skill.zone, skill.services),
        np.flatnonzero([one.zone == skill.zone and one.services == skill.services for one in counters]),
        _kinds(asked, skill.zone, own),
        demand(habits, skill.zone, own),
    )


def _kinds(asked: Asked, zone: str, services: frozenset[str] | None) -> Bools:
    """[kinds] those of the zone who come for one of the services; None: for any."""
    found = [
        own == zone and kind.for_counter is None and (services is None or kind.service in services)
        for own, kind in asked.kinds
    ]
    return np.array(found, bool)


def demand(habits: Habits, zone: str, services: frozenset[str] | None = None) -> Demand:
    per_minute, times = of_zone(habits, zone, services)
    return Demand(per_minute, times + float(habits.walk.mean() + habits.pause.mean()))
