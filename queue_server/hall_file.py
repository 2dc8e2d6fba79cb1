"""The hall's configuration: one readable TOML file, checked loudly at start with the line that is wrong."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from queue_server.domain import rules as domain
from queue_server.fund_file import fund_file_of, fund_of_text, fund_text_of
from queue_server.guidance.catalogue import Bilingual, Catalogue, CatalogueError, load_catalogue
from queue_server.guidance.counter_guide import Phrase
from queue_server.guidance.tools.parameters import FundRules
from queue_server.hall_file_checks import contradictions
from queue_server.hall_file_faults import Fault, HallFileError, contradiction, not_toml, shape_wrong
from queue_server.hall_file_lines import line_of
from queue_server.hall_file_model import (
    AccountsPart,
    AlertRulePart,
    CallRulePart,
    CounterPart,
    DisplayPart,
    HallFileModel,
    OrderPart,
    OtherCentre,
    Person,
    PlanPart,
    Printer,
    ReportsPart,
    Screens,
    Voice,
)

__all__ = ["Fault", "HallFile", "HallFileError", "ZoneText", "hall_of_texts", "read_hall_file"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
    accounts: AccountsPart
    printers: list[Printer]
    displays: list[DisplayPart]
    voice: Voice
    screens: Screens
    notices: list[Bilingual]
    seats: list[Bilingual]
    phrases: list[Phrase]
    wording: dict[str, dict[str, str]]  # by key, by language: what the visitors' screens say otherwise here
    other_centre: OtherCentre | None
    fund: FundRules | None  # the centre's figures for the tools; None: not given yet
    reports: ReportsPart
    plan: PlanPart | None = None


def read_hall_file(path: Path) -> HallFile:
    """Read and check the file. Raises HallFileError with every fault and its line."""
    return hall_of_texts(path, hall_text_of(path), fund_text_of(fund_file_of(path)))


def hall_text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise HallFileError(path, [Fault(None, f"cannot be read: {said}")]) from error


def hall_of_texts(path: Path, text: str, fund_text: str | None) -> HallFile:
    """The same of words that need not stand in a file; `path` is what faults call it."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HallFileError(path, [not_toml(error)]) from error
    try:
        model = HallFileModel.model_validate(plain)
    except ValidationError as error:
        raise HallFileError(
            path, [shape_wrong(line_of(text, one["loc"]), dict(one)) for one in error.errors()]
        ) from error
    catalogue = _catalogue(path, text, model)
    if faults := [contradiction(line_of(text, loc), loc, what) for loc, what in contradictions(model, catalogue)]:
        raise HallFileError(path, faults)
    fund = None if fund_text is None else fund_of_text(fund_file_of(path), fund_text, catalogue.sources)
    return _build(model, catalogue, fund)


def _catalogue(path: Path, text: str, model: HallFileModel) -> Catalogue:
    catalogue = load_catalogue()
    if not model.services:
        return catalogue
    # a quota is the hall's own rule, not a fact about the service: the catalogue knows nothing of it
    changes = {
        service: {name: value for name, value in change.items() if name != "quota"}
        for service, change in model.services.items()
    }
    try:
        return catalogue.with_changes(changes)
    except CatalogueError as error:
        loc = ("services", *_place_in(str(error), model))
        fault = Fault(line_of(text, loc), str(error), loc, "service_wrong", {"said": str(error)})
        raise HallFileError(path, [fault]) from error


def _place_in(complaint: str, model: HallFileModel) -> tuple[str, ...]:
    """“TQ04.materials[M-ID].when: …” is about materials of TQ04; nothing where it names no service of the file."""
    service, *way = complaint.partition(":")[0].split(".")
    fields = [name.partition("[")[0] for name in way]
    return (service, *fields) if service in model.services else ()


def _build(model: HallFileModel, catalogue: Catalogue, fund: FundRules | None) -> HallFile:
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
        accounts=model.accounts,
        printers=model.printers,
        displays=model.displays,
        voice=model.voice,
        screens=model.screens,
        notices=[notice.bilingual() for notice in model.notices],
        seats=[seat.bilingual() for seat in model.seats],
        phrases=[Phrase(one.when, tuple(one.services), one.words.bilingual()) for one in model.phrases],
        wording={key: one.model_dump(exclude_none=True) for key, one in model.wording.items()},
        other_centre=model.other_centre,
        fund=fund,
        plan=model.plan,
        reports=model.reports,
    )


def _rules(model: HallFileModel, catalogue: Catalogue) -> domain.HallRules:
    return domain.HallRules(
        hall=model.hall.id,
        timezone=ZoneInfo(model.hall.timezone),
        zones={zone.id: domain.Zone(zone.id, zone.purpose, zone.prefix) for zone in model.zones},
        services={
            guide.id: domain.Service(
                guide.id,
                guide.prefix,
                guide.coaching.possible,
                guide.typical_minutes.value,
                model.services.get(guide.id, {}).get("quota"),
            )
            for guide in catalogue.services
        },
        counters={counter.id: _counter(counter) for counter in model.counters},
        hours=_hours(model),
        limits=domain.Limits(**model.limits.model_dump()),
        ordinary=_order_class(model.order.ordinary),
        care=_order_class(model.order.care),
        appointment=_order_class(model.order.appointment),
        statutory=_order_class(model.order.statutory),
        transferred=_order_class(model.order.transferred),
        officers={
            person.id: domain.Officer(person.id, _set(person.services), frozenset(person.prefers))
            for person in model.people
            if "officer" in person.roles
        },
        call_rules=tuple(_call_rule(rule) for rule in model.call_rules),
        alert_rules=tuple(_alert_rule(rule) for rule in model.alert_rules),
        options=domain.Options(**model.options.model_dump()),
        bookings=domain.BookingRules(**model.bookings.model_dump()),
    )


def _counter(part: CounterPart) -> domain.Counter:
    return domain.Counter(part.id, part.zone, _set(part.services), frozenset(part.prefers), part.reserve)


def _order_class(part: OrderPart) -> domain.OrderClass:
    return domain.OrderClass(part.rate, part.credit_minutes * 60)


def _call_rule(part: CallRulePart) -> domain.CallRule:
    return domain.CallRule(
        part.zone,
        frozenset(part.counters),
        _set(part.services),
        part.more_than_waiting,
        part.longer_than_minutes,
        part.own_first,
    )


def _alert_rule(part: AlertRulePart) -> domain.AlertRule:
    propose = (part.propose.zh, part.propose.en) if part.propose else None
    return domain.AlertRule(
        part.on, part.level, part.above, part.zone, part.for_minutes, part.sound, part.webhook, propose,
        tells=tuple(part.tells), people=tuple(part.people),
    )  # fmt: skip


def _set(services: list[str] | None) -> frozenset[str] | None:
    """None stays None: no list means everything, an empty list nothing."""
    return None if services is None else frozenset(services)


def _hours(model: HallFileModel) -> domain.Hours:
    weekly = {
        number: tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)
        for number, name in enumerate(WEEKDAYS)
        if (spans := getattr(model.hours, name))
    }
    return domain.Hours(weekly, {closed.date: closed.reason.zh for closed in model.hours.closed})
