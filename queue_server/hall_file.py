"""The hall's configuration: one readable TOML file, checked loudly at start with the line that is wrong."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from queue_server.domain import rules as domain
from queue_server.guidance.catalogue import Bilingual, Catalogue, CatalogueError, load_catalogue
from queue_server.hall_file_lines import line_of
from queue_server.hall_file_model import HallFileModel, Person, Printer, Screens, Voice

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the file: where, what, and what to do."""

    line: int | None
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}" if self.line else self.what


class HallFileError(Exception):
    """The file cannot be used. `faults` lists everything found, not only the first."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        super().__init__("\n".join(f"{path}, {fault}" for fault in faults))


@dataclass(frozen=True, slots=True)
class ZoneText:
    """How a zone is shown: a name, a shape and a colour family (`tone`), never colour alone; and the way to it."""

    id: str
    name: Bilingual
    shape: str
    tone: str
    way: Bilingual


@dataclass(frozen=True, slots=True)
class HallFile:
    id: str
    name: Bilingual
    centre: Bilingual
    rules: domain.HallRules
    zones: dict[str, ZoneText]
    catalogue: Catalogue
    people: list[Person]
    printers: list[Printer]
    voice: Voice
    screens: Screens
    notices: list[Bilingual]


def read_hall_file(path: Path) -> HallFile:
    """Read and check the file. Raises HallFileError with every fault and its line."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise HallFileError(path, [Fault(None, f"cannot be read: {error.strerror}")]) from error
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HallFileError(path, [Fault(_line_in(str(error)), f"is not TOML: {error}")]) from error
    try:
        model = HallFileModel.model_validate(plain)
    except ValidationError as error:
        faults = [Fault(line_of(text, fault["loc"]), _say(fault["loc"], fault["msg"])) for fault in error.errors()]
        raise HallFileError(path, faults) from error
    catalogue = _catalogue(path, text, model)
    if faults := [Fault(line_of(text, loc), _say(loc, what)) for loc, what in _contradictions(model, catalogue)]:
        raise HallFileError(path, faults)
    return _build(model, catalogue)


def _line_in(message: str) -> int | None:
    """tomllib says “(at line 12, column 3)”."""
    words = message.replace(",", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else None


def _say(loc: tuple[str | int, ...], what: str) -> str:
    return f"{'.'.join(str(part) for part in loc)}: {what}"


def _catalogue(path: Path, text: str, model: HallFileModel) -> Catalogue:
    catalogue = load_catalogue()
    if not model.services:
        return catalogue
    try:
        return catalogue.with_changes(model.services)
    except CatalogueError as error:
        raise HallFileError(path, [Fault(line_of(text, ("services",)), str(error))]) from error


Contradiction = tuple[tuple[str | int, ...], str]


def _contradictions(model: HallFileModel, catalogue: Catalogue) -> list[Contradiction]:
    """What each line alone cannot show: names that point nowhere, services nobody serves, people twice."""
    found: list[Contradiction] = []
    zones = {zone.id for zone in model.zones}
    known = {service.id for service in catalogue.services}
    counters = {counter.id for counter in model.counters}
    for rows, name in ((model.zones, "zones"), (model.counters, "counters"), (model.people, "people")):
        found += [((name, i, "id"), f"{row.id!r} stands twice") for i, row in enumerate(rows) if _twice(rows, i)]
    for i, counter in enumerate(model.counters):
        if counter.zone not in zones:
            found.append((("counters", i, "zone"), f"no zone {counter.zone!r}; zones are {', '.join(sorted(zones))}"))
        for service in set(counter.services or ()) - known:
            found.append((("counters", i, "services"), f"no service {service!r} in the catalogue"))
    for i, person in enumerate(model.people):
        if person.counter is not None and person.counter not in counters:
            found.append((("people", i, "counter"), f"no counter {person.counter!r}"))
    return found + _unserved(model, known)


def _twice(rows: list, index: int) -> bool:  # type: ignore[type-arg]
    return any(row.id == rows[index].id for row in rows[:index])


def _unserved(model: HallFileModel, known: set[str]) -> list[Contradiction]:
    """A service that no staffed counter serves would leave its visitors waiting for ever."""
    staffed = {zone.id for zone in model.zones if zone.purpose is domain.Purpose.COUNTER}
    if not staffed:
        return [(("zones",), 'the hall needs one zone with purpose = "counter": nobody is forced online')]
    served: set[str] = set()
    for counter in model.counters:
        if counter.zone in staffed:
            served |= known if counter.services is None else set(counter.services)
    missing = sorted(known - served)
    return [(("counters",), f"no staffed counter serves {', '.join(missing)}")] if missing else []


def _build(model: HallFileModel, catalogue: Catalogue) -> HallFile:
    zones = {
        zone.id: ZoneText(zone.id, zone.name.bilingual(), zone.shape, zone.tone, zone.way.bilingual())
        for zone in model.zones
    }
    return HallFile(
        id=model.hall.id,
        name=model.hall.name.bilingual(),
        centre=model.hall.centre.bilingual(),
        rules=_rules(model, catalogue),
        zones=zones,
        catalogue=catalogue,
        people=model.people,
        printers=model.printers,
        voice=model.voice,
        screens=model.screens,
        notices=[notice.bilingual() for notice in model.notices],
    )


def _rules(model: HallFileModel, catalogue: Catalogue) -> domain.HallRules:
    return domain.HallRules(
        hall=model.hall.id,
        timezone=ZoneInfo(model.hall.timezone),
        zones={zone.id: domain.Zone(zone.id, zone.purpose, zone.prefix) for zone in model.zones},
        services={
            guide.id: domain.Service(guide.id, guide.prefix, guide.coaching.possible, guide.typical_minutes.value)
            for guide in catalogue.services
        },
        counters={
            counter.id: domain.Counter(
                counter.id, counter.zone, None if counter.services is None else frozenset(counter.services)
            )
            for counter in model.counters
        },
        hours=_hours(model),
        limits=domain.Limits(**model.limits.model_dump()),
        ordinary=domain.OrderClass(model.order.ordinary.rate, model.order.ordinary.credit_minutes * 60),
        care=domain.OrderClass(model.order.care.rate, model.order.care.credit_minutes * 60),
    )


def _hours(model: HallFileModel) -> domain.Hours:
    weekly = {
        number: tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)
        for number, name in enumerate(WEEKDAYS)
        if (spans := getattr(model.hours, name))
    }
    return domain.Hours(weekly, {closed.date: closed.reason.zh for closed in model.hours.closed})
