"""Which zone a visit begins in. Advice to the visitor; never a judgement about them."""

from __future__ import annotations

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
