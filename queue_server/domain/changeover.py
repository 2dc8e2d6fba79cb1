"""What of today forbids the hall to change its rules now: people and desks that the new rules would know nothing of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`code` says which; `what` is the zone, counter or service, `many` how many people or desks it is about."""

    code: str
    what: str
    many: int = 1


def stands_in_the_way(day: HallDay, new: HallRules) -> list[Obstacle]:
    """Nothing: the new rules may hold from the next command on."""
    if new.hall != day.rules.hall or new.timezone != day.rules.timezone:
        return [Obstacle("another_hall", new.hall)]
    here = list(day.unfinished.values())
    zones = Counter(ticket.zone for ticket in here if ticket.zone not in new.zones)
    services = Counter(ticket.service for ticket in here if ticket.service not in new.services)
    return [
        *(Obstacle("zone_has_tickets", zone, many) for zone, many in sorted(zones.items())),
        *(Obstacle("service_has_tickets", service, many) for service, many in sorted(services.items())),
        *(Obstacle("counter_is_open", counter) for counter in sorted(_places_taken(day)) if _moves(counter, day, new)),
    ]


def _places_taken(day: HallDay) -> set[str]:
    """Counters with an open desk, or with somebody at them."""
    return set(day.desks) | set(day.at_counter_now)


def _moves(counter: str, day: HallDay, new: HallRules) -> bool:
    """Whether the counter would be gone, or stand in another zone."""
    before, after = day.rules.counters.get(counter), new.counters.get(counter)
    if before is not None and (counter in day.added_counters or counter in day.usual_counters):
        return before.zone not in new.zones  # changed for today, which goes on
    return after is None or (before is not None and before.zone != after.zone)
