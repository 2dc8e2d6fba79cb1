"""What no line of the hall's file shows alone: names that point nowhere, services nobody serves, people twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from queue_server.domain.alert_rules import OF_MARKS, OF_ZONES
from queue_server.domain.rules import Purpose
from queue_server.guidance.catalogue import Catalogue
from queue_server.hall_file_faults import Said
from queue_server.hall_file_model import AlertRulePart, CounterPart, HallFileModel, Person, Printer, ZonePart
from queue_server.screen_words import longest, places_in, program_words

Contradiction = tuple[tuple[str | int, ...], str]


def contradictions(model: HallFileModel, catalogue: Catalogue) -> list[Contradiction]:
    """Where in the file, and what is wrong there; everything that is found."""
    known = {service.id for service in catalogue.services}
    return [
        *_twice("zones", model.zones),
        *_twice("counters", model.counters),
        *_twice("people", model.people),
        *_twice("printers", model.printers),
        *_printers(model),
        *_places(model),
        *_unknown_services(model, known),
        *_other_centre(model, known),
        *_call_rules(model),
        *_alert_rules(model),
        *_loudspeakers(model),
        *_quotas(model),
        *_bookings(model, known),
        *_unserved(model, known),
        *_plan(model),
        *_phrases(model),
        *_wording(model),
    ]


def _twice(table: str, rows: Sequence[ZonePart | CounterPart | Person | Printer]) -> list[Contradiction]:
    return [
        ((table, i, "id"), Said("twice", "{name!r} stands twice", name=row.id))
        for i, row in enumerate(rows)
        if any(row.id == earlier.id for earlier in rows[:i])
    ]


def _other_centre(model: HallFileModel, known: set[str]) -> list[Contradiction]:
    wrong = (
        [service for service in model.other_centre.not_asked_for if service not in known] if model.other_centre else []
    )
    return [(("other_centre", "not_asked_for"), no_service(service)) for service in wrong]


def _places(model: HallFileModel) -> list[Contradiction]:
    zones = {zone.id for zone in model.zones}
    counters = {counter.id for counter in model.counters}
    lost_counters = [
        (("counters", i, "zone"), no_zone(counter.zone, zones))
        for i, counter in enumerate(model.counters)
        if counter.zone not in zones
    ]
    lost_people = [
        (("people", i, "counter"), no_counter(person.counter))
        for i, person in enumerate(model.people)
        if person.counter is not None and person.counter not in counters
    ]
    return [*lost_counters, *lost_people]


def _printers(model: HallFileModel) -> list[Contradiction]:
    """Another printer that is to print instead, and is none, or the same."""
    names = {printer.id for printer in model.printers}
    return [
        (("printers", i, "instead"), Said("no_printer", "no other printer {name!r}", name=printer.instead))
        for i, printer in enumerate(model.printers)
        if printer.instead is not None and printer.instead not in names - {printer.id}
    ]


def _plan(model: HallFileModel) -> list[Contradiction]:
    """Places of something that the hall does not have, or outside its walls."""
    plan = model.plan
    if plan is None:
        return []
    zones, counters = {zone.id for zone in model.zones}, {counter.id for counter in model.counters}
    unknown: list[Contradiction] = [
        (("plan", "zones", name), no_zone(name, zones)) for name in plan.zones.keys() - zones
    ]
    unknown += [(("plan", "counters", name), no_counter(name)) for name in plan.counters.keys() - counters]
    ends: dict[tuple[str | int, ...], tuple[float, float]]
    ends = {("plan", "zones", name): (x + width, y + height) for name, (x, y, width, height) in plan.zones.items()}
    ends |= {("plan", "counters", name): place for name, place in plan.counters.items()}
    if plan.door is not None:
        ends["plan", "door"] = plan.door
    size = {"width": plan.width, "height": plan.height}
    outside = Said("outside", "lies outside the hall, which is {width:g} by {height:g} metres", **size)
    return [*unknown, *((where, outside) for where, (x, y) in ends.items() if x > plan.width or y > plan.height)]


def no_zone(zone: str, zones: set[str]) -> Said:
    return Said("no_zone", "no zone {zone!r}; zones are {zones}", zone=zone, zones=", ".join(sorted(zones)))


def no_counter(counter: str) -> Said:
    return Said("no_counter", "no counter {counter!r}", counter=counter)


def no_service(service: str) -> Said:
    return Said("no_service", "no service {service!r} in the catalogue", service=service)


def _unknown_services(model: HallFileModel, known: set[str]) -> list[Contradiction]:
    """Services that are named somewhere and stand in no catalogue."""
    tables = (
        *(("counters", model.counters), ("people", model.people)),
        *(("call_rules", model.call_rules), ("phrases", model.phrases)),
    )
    return [
        ((table, i, name), no_service(service))
        for table, rows in tables
        for i, row in enumerate(rows)
        for name in ("services", "prefers")
        for service in sorted(set(getattr(row, name, None) or ()) - known)
    ]


def _bookings(model: HallFileModel, known: set[str]) -> list[Contradiction]:
    unknown = sorted(set(model.bookings.of_service) - known)
    return [(("bookings", "of_service"), no_service(service)) for service in unknown]


def _call_rules(model: HallFileModel) -> list[Contradiction]:
    found: list[Contradiction] = []
    zones = {zone.id for zone in model.zones}
    zone_of = {counter.id: counter.zone for counter in model.counters}
    for i, rule in enumerate(model.call_rules):
        if rule.zone not in zones:
            found.append((("call_rules", i, "zone"), no_zone(rule.zone, zones)))
        for counter in rule.counters:
            if counter not in zone_of:
                found.append((("call_rules", i, "counters"), no_counter(counter)))
            elif zone_of[counter] == rule.zone:
                sentence = "counter {counter} belongs to {zone} and calls from it anyway"
                what = Said("calls_anyway", sentence, counter=counter, zone=rule.zone)
                found.append((("call_rules", i, "counters"), what))
        if rule.more_than_waiting is None and rule.longer_than_minutes is None:
            what = Said("say_when", "say when: more_than_waiting or longer_than_minutes")
            found.append((("call_rules", i), what))
    return found


def _loudspeakers(model: HallFileModel) -> list[Contradiction]:
    zones, rows = {zone.id for zone in model.zones}, model.voice.loudspeakers
    unknown = [
        (("voice", "loudspeakers", i, "zone"), no_zone(one.zone, zones))
        for i, one in enumerate(rows)
        if one.zone is not None and one.zone not in zones
    ]
    twice = [
        (("voice", "loudspeakers", i, "id"), Said("twice", "{name!r} stands twice", name=one.id))
        for i, one in enumerate(rows)
        if any(one.id == earlier.id for earlier in rows[:i])
    ]
    return [*unknown, *twice]


def _alert_rules(model: HallFileModel) -> list[Contradiction]:
    """A rule that can never tell anything, or twice the same, is a mistake."""
    found: list[Contradiction] = []
    zones = {zone.id for zone in model.zones}
    seen: set[tuple[str, str, str | None]] = set()
    for i, rule in enumerate(model.alert_rules):
        if rule.zone is not None and rule.zone not in zones:
            found.append((("alert_rules", i, "zone"), no_zone(rule.zone, zones)))
        elif rule.zone is not None and rule.on not in OF_ZONES | {"bad_mark", "wants_talk"}:
            sentence = "{on} belongs to no zone: leave zone out"
            found.append((("alert_rules", i, "zone"), Said("alert_of_no_zone", sentence, on=rule.on)))
        found += [(("alert_rules", i, "tells"), said) for said in _wrongly_told(rule)]
        if (rule.on, rule.level, rule.zone) in seen:
            sentence = "{on} has another rule of the same level and zone: change that one"
            found.append((("alert_rules", i), Said("alert_rule_twice", sentence, on=rule.on)))
        seen.add((rule.on, rule.level, rule.zone))
    return found


def _wrongly_told(rule: AlertRulePart) -> Iterator[Said]:
    """Whom a rule names and who would hear nothing, or should not."""
    if not rule.tells and not rule.people and not rule.webhook:
        yield Said("alert_tells_nobody", "say who is told, or let the centre's own system know")
    if rule.on in OF_MARKS:
        if not {"guide", "officer"}.isdisjoint(rule.tells):
            sentence = "{on} is told to supervisors and administrators alone: leave out the others"
            yield Said("alert_of_marks", sentence, on=rule.on)
    elif "officer" in rule.tells and rule.on not in OF_ZONES:
        yield Said("alert_of_no_officer", "{on} is at no counter: tell others than officers", on=rule.on)


def _phrases(model: HallFileModel) -> list[Contradiction]:
    """Words for certain services that name none would never be shown."""
    sentence = "say with which services, or choose another moment"
    return [
        (("phrases", i, "services"), Said("phrase_of_no_service", sentence))
        for i, one in enumerate(model.phrases)
        if one.when == "these_services" and not one.services
    ]


def _wording(model: HallFileModel) -> list[Contradiction]:
    """Words of no screen; or such as leave out what is filled in, so that a number would not be said."""
    found: list[Contradiction] = []
    for key, own in model.wording.items():
        usual = program_words(key)
        if usual is None:
            found.append((("wording", key), Said("no_wording", "no screen of visitors says {key!r}", key=key)))
            continue
        for language, text in own.model_dump(exclude_none=True).items():
            if wrong := _wrong_words(text, usual[language]):
                found.append((("wording", key, language), wrong))
    return found


def _wrong_words(text: str, usual: str) -> Said | None:
    if len(text) > longest(usual):
        return Said("wording_long", "at most {most} characters fit there", most=longest(usual))
    try:
        places = places_in(text)
    except ValueError:
        places = {"{"}
    if places != places_in(usual):
        wanted = " ".join(f"{{{name}}}" for name in sorted(places_in(usual)))
        sentence = "must have these places, each in its braces: {wanted}"
        return (
            Said("wording_places", sentence, wanted=wanted) if wanted else Said("wording_no_places", "no braces here")
        )
    return None


def bad_quota(quota: object) -> Said:
    return Said("bad_quota", "expected how many numbers a day, 1 or more, found {quota!r}", quota=quota)


def _quotas(model: HallFileModel) -> list[Contradiction]:
    return [
        (("services", service, "quota"), bad_quota(change["quota"]))
        for service, change in model.services.items()
        if "quota" in change and (type(change["quota"]) is not int or change["quota"] < 1)
    ]


def _unserved(model: HallFileModel, known: set[str]) -> list[Contradiction]:
    """A service that no staffed counter serves would leave its visitors waiting for ever."""
    staffed = {zone.id for zone in model.zones if zone.purpose is Purpose.COUNTER}
    if not staffed:
        sentence = 'the hall needs one zone with purpose = "counter": nobody is forced online'
        return [(("zones",), Said("no_staffed_zone", sentence))]
    served: set[str] = set()
    for counter in model.counters:
        if counter.zone in staffed and not counter.reserve:  # nobody waits for a counter that may never open
            served |= known if counter.services is None else set(counter.services)
    missing = sorted(known - served)
    if not missing:
        return []
    return [(("counters",), Said("unserved", "no staffed counter serves {services}", services=", ".join(missing)))]
