"""Which zone a visit begins in. Advice to the visitor; never a judgement about them."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.domain.refusals import NoCareZone, NoCoaching, UnknownZone
from queue_server.domain.rules import HallRules, Purpose, Service, Way, Zone


def zone_for_visit(service: Service, way: Way, care: bool, rules: HallRules) -> Zone:
    """The zone for what the visitor chose. Care goes before everything: it belongs to the person.

    Raises NoCoaching when the service cannot be done online, NoCareZone when the hall has none.
    """
    if care:
        zone = rules.zone_for(Purpose.CARE)
        if zone is None:
            raise NoCareZone()
        return zone
    if way is Way.COACHING:
        zone = rules.zone_for(Purpose.COACHING)
        if zone is None or not service.coaching:
            raise NoCoaching(service=service.id)
        return zone
    zone = rules.zone_for(Purpose.COUNTER)
    if zone is None:
        raise UnknownZone(zone=Purpose.COUNTER.value)
    return zone


def ticket_prefix(service: Service, zone: Zone) -> str:
    """The letter of the number: the zone's own where it has one, else the service's. It never changes afterwards."""
    return zone.prefix or service.prefix


@dataclass(frozen=True, slots=True)
class Advice:
    """Where triage would send a visit, why, and where else it may begin. The visitor or the guide decides."""

    zone: str
    reason: str  # care_wished | can_be_coached | needs_counter
    others: tuple[str, ...]


def advise(service: Service, care: bool, rules: HallRules) -> Advice:
    """`care`: the visitor wished for company. A service that can be done online is offered so, never more than that."""
    coaching = rules.zone_for(Purpose.COACHING) if service.coaching else None
    counter, care_zone = rules.zone_for(Purpose.COUNTER), rules.zone_for(Purpose.CARE)
    possible = [zone.id for zone in (coaching, counter, care_zone) if zone is not None]
    if care and care_zone is not None:
        zone, reason = care_zone.id, "care_wished"
    elif coaching is not None:
        zone, reason = coaching.id, "can_be_coached"
    elif counter is not None:
        zone, reason = counter.id, "needs_counter"
    else:
        raise UnknownZone(zone=Purpose.COUNTER.value)
    return Advice(zone, reason, tuple(other for other in possible if other != zone))
