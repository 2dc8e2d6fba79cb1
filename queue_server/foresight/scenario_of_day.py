"""A hall day as it stands at one moment, put into the arrays of the simulation, with what the hall's past teaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from queue_server.domain.choice import preference_for
from queue_server.domain.hall_day import HallDay, can_call
from queue_server.domain.lines import Kind, kind_of, order_class, place_in_line
from queue_server.domain.measures import minutes, wait_time
from queue_server.domain.rules import Counter
from queue_server.domain.ticket import Ticket
from queue_server.domain.visits import zone_of_next
from queue_server.foresight.habits import ARRIVAL_MINUTES, Floats, Habits, Stream
from queue_server.foresight.pace_of_day import pace_of_day, served_for
from queue_server.foresight.roster import Span, as_seen, from_now, span_table, usual_spans
from queue_server.foresight.simulation.scenario import (
    MOST_SERVICES_AFTER,
    NONE,
    Arrivals,
    Bools,
    CallRules,
    Counters,
    Ints,
    Kinds,
    Order,
    Scenario,
    Services,
    Times,
    Waiting,
)

PRIORITY_CLASSES = frozenset({"statutory", "care", "appointment"})
SERVES_ON = 120.0  # minutes after closing in which those who are still there are served


@dataclass(slots=True)
class KindsOfDay:
    """The kinds met so far, each with its place. A kind of the domain belongs to a zone here."""

    places: dict[tuple[str, Kind], int] = field(default_factory=dict)

    def place(self, zone: str, kind: Kind) -> int:
        return self.places.setdefault((zone, kind), len(self.places))


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario and what its columns mean."""

    scenario: Scenario
    tickets: tuple[str, ...]  # columns of the waits
    probes: tuple[Stream, ...]  # columns of the probes' waits
    kinds: tuple[tuple[str, Kind], ...] = ()  # (zone, kind) by place
    counters: tuple[str, ...] = ()  # by place
    waited: Floats = field(default_factory=lambda: np.zeros(0))  # minutes, by ticket


def scenario_of(day: HallDay, at: datetime, habits: Habits, probes: Sequence[Stream] = ()) -> Asked:
    kinds = KindsOfDay()
    tickets = [ticket for zone in day.rules.zones for ticket in day.waiting(zone)]
    counters = list(day.rules.counters.values())
    waiting = _waiting(tickets, day, at, kinds)
    streams = list(habits.per_minute)
    stream_kinds = np.array([_kind_of_stream(stream, kinds) for stream in streams], np.int64)
    probe_kinds = np.array([_kind_of_stream(probe, kinds) for probe in probes], np.int64)
    seats = _counters(counters, day, at, habits, kinds)
    goes_on = _goes_on(habits, kinds)
    scenario = Scenario(
        _kinds(kinds, counters, day, habits, goes_on),
        _services(day, habits),
        waiting,
        seats,
        _arrivals(streams, stream_kinds, day, at, habits),
        _call_rules(kinds, counters, day),
        _order(day),
        Times(habits.walk, habits.pause, habits.no_show_minutes, np.inf),
        probe_kinds,
        pace_of_day(day, at, habits),
    )
    return Asked(
        scenario,
        tuple(ticket.number for ticket in tickets),
        tuple(probes),
        tuple(kinds.places),
        tuple(counter.id for counter in counters),
        _floats(wait_time(ticket, at) for ticket in tickets),
    )


def _waiting(tickets: Sequence[Ticket], day: HallDay, at: datetime, kinds: KindsOfDay) -> Waiting:
    in_order = {ticket.number: tie for tie, ticket in enumerate(sorted(tickets, key=place_in_line))}
    return Waiting(
        _ints(kinds.place(ticket.zone, kind_of(ticket)) for ticket in tickets),
        _floats(minutes(ticket.order_from - at) for ticket in tickets),
        _floats(minutes((ticket.front_at or ticket.order_from) - at) for ticket in tickets),
        _ints(in_order[ticket.number] for ticket in tickets),
        _floats(ticket.overtaken_before - ticket.delayed_seconds for ticket in tickets),
        _ints(kind for ticket in tickets for kind in _then(ticket, day, kinds)).reshape(-1, MOST_SERVICES_AFTER),
    )


def _then(ticket: Ticket | None, day: HallDay, kinds: KindsOfDay) -> list[int]:
    """The kinds of the services after the present one, in the order asked for."""
    if ticket is None or not ticket.services_to_do:
        return [NONE] * MOST_SERVICES_AFTER
    own = kind_of(ticket)
    later = [
        kinds.place(zone_of_next(service, ticket, day), Kind(service, None, None, own.order_class, front=False))
        for service in ticket.services_to_do[:MOST_SERVICES_AFTER]
    ]
    return later + [NONE] * (MOST_SERVICES_AFTER - len(later))


def _kind_of_stream(stream: Stream, kinds: KindsOfDay) -> int:
    return kinds.place(stream.zone, Kind(stream.service, None, None, stream.order_class, front=False))


def _kinds(
    kinds: KindsOfDay, counters: Sequence[Counter], day: HallDay, habits: Habits, goes_on: dict[int, tuple[float, int]]
) -> Kinds:
    """Called last: every kind has been met by now."""
    services = {service: place for place, service in enumerate(day.rules.services)}
    zones = {zone: place for place, zone in enumerate(day.rules.zones)}
    classes = [order_class(kind.order_class, day.rules) for _, kind in kinds.places]
    return Kinds(
        service=_ints(services[kind.service] for _, kind in kinds.places),
        zone=_ints(zones[zone] for zone, _ in kinds.places),
        rate=_floats(earns.rate for earns in classes),
        credit=_floats(earns.credit_seconds / 60 for earns in classes),
        priority=_bools(kind.order_class in PRIORITY_CLASSES for _, kind in kinds.places),
        front=_bools(kind.front for _, kind in kinds.places),
        may=_bools(can_call(c, kind, day) for _, kind in kinds.places for c in counters).reshape(-1, len(counters)),
        preference=_floats(
            preference_for(kind.service, c, day) / 60 for _, kind in kinds.places for c in counters
        ).reshape(-1, len(counters)),
        no_show=_floats(habits.no_show.get(zone, 0.0) for zone, _ in kinds.places),
        goes_on=_floats(goes_on.get(place, (0.0, NONE))[0] for place in kinds.places.values()),
        goes_on_as=_ints(goes_on.get(place, (0.0, NONE))[1] for place in kinds.places.values()),
    )


def _goes_on(habits: Habits, kinds: KindsOfDay) -> dict[int, tuple[float, int]]:
    """Where a service ends in being sent on, by kind. Sent on once: what comes after that is rare."""
    found: dict[int, tuple[float, int]] = {}
    for (zone, kind), place in list(kinds.places.items()):
        if sent := habits.goes_on.get((kind.service, zone)):
            chance, service, to_zone = sent
            after = "transferred" if kind.order_class == "ordinary" else kind.order_class
            found[place] = (chance, kinds.place(to_zone, Kind(service, None, None, after, front=False)))
    return found


def _services(day: HallDay, habits: Habits) -> Services:
    known = [habits.service_times[service] for service in day.rules.services]
    table = np.full((len(known), max(len(own) for own in known)), np.inf)
    for place, own in enumerate(known):
        table[place, : len(own)] = own
    usual = _floats(service.minutes for service in day.rules.services.values())
    return Services(table, _ints(len(own) for own in known), usual)


# --- counters


def _counters(counters: Sequence[Counter], day: HallDay, at: datetime, habits: Habits, kinds: KindsOfDay) -> Counters:
    zones = {zone: place for place, zone in enumerate(day.rules.zones)}
    at_counter = [day.at_counter(counter.id) for counter in counters]
    opens, closes = span_table([_spans(counter, day, at, habits) for counter in counters])
    return Counters(
        zone=_ints(zones[counter.zone] for counter in counters),
        opens=opens,
        closes=closes,
        speed=_floats(habits.speed.get(counter.id, 1.0) for counter in counters),
        serving=_ints(_place_of(ticket, kinds) for ticket in at_counter),
        served_for=_floats(served_for(ticket, at) for ticket in at_counter),
        serving_from=_floats(minutes(ticket.order_from - at) if ticket else 0.0 for ticket in at_counter),
        serving_then=_ints(k for ticket in at_counter for k in _then(ticket, day, kinds)).reshape(
            -1, MOST_SERVICES_AFTER
        ),
        calls_since_priority=_ints(day.calls_since_priority.get(counter.id, NONE) for counter in counters),
        idle_since=_floats(_idle_since(counter, day, at) for counter in counters),
    )


def _place_of(ticket: Ticket | None, kinds: KindsOfDay) -> int:
    return NONE if ticket is None else kinds.place(ticket.zone, kind_of(ticket))


def _idle_since(counter: Counter, day: HallDay, at: datetime) -> float:
    desk = day.desks.get(counter.id)
    return minutes(desk.idle_since - at) if desk and desk.idle_since else 0.0


def _spans(counter: Counter, day: HallDay, at: datetime, habits: Habits) -> list[Span]:
    """When the counter calls people from now on. Nobody knows better than the desk that is open now."""
    local = day.rules.local(at)
    now = minutes(local - local.replace(hour=0, minute=0, second=0, microsecond=0))
    desk = day.desks.get(counter.id)
    at_work = desk is not None and not desk.paused
    if counter.id in habits.open_share:
        usual = usual_spans(habits.open_share[counter.id])
    else:
        usual = _hours(day, local) if at_work else []
    spans = as_seen(from_now(usual, now), at_work=at_work, absent=not at_work)
    if spans and at_work and spans[-1][0] <= 0:  # whoever is here at the end serves those who still wait
        spans[-1] = (spans[-1][0], spans[-1][1] + SERVES_ON)
    return spans


def _hours(day: HallDay, local: datetime) -> list[Span]:
    """The hall's opening hours of that day, in minutes since midnight."""
    spans = day.rules.hours.of(day.day)
    return [(opens.hour * 60.0 + opens.minute, closes.hour * 60.0 + closes.minute) for opens, closes in spans]


# --- those to come, and the hall's rules


def _arrivals(streams: Sequence[Stream], kinds: Ints, day: HallDay, at: datetime, habits: Habits) -> Arrivals:
    local = day.rules.local(at)
    now = minutes(local - local.replace(hour=0, minute=0, second=0, microsecond=0))
    slot = int(now // ARRIVAL_MINUTES)
    rates = np.zeros((0, 0))
    if streams:
        table = np.stack([habits.per_minute[stream] for stream in streams], axis=1)
        rates = np.ascontiguousarray(table[slot:] * todays_level(day, now, habits))
    nothing = np.zeros(0)
    return Arrivals(
        float(ARRIVAL_MINUTES), slot * ARRIVAL_MINUTES - now, rates, kinds, nothing, nothing, _ints(()), nothing
    )


def todays_level(day: HallDay, now: float, habits: Habits) -> float:
    """Today's arrivals so far against what is usual by this time, leaning on the usual while they are few."""
    if not habits.per_minute:
        return 1.0
    usual = np.sum(list(habits.per_minute.values()), axis=0)
    slot = min(int(now // ARRIVAL_MINUTES), len(usual) - 1)
    expected = usual[:slot].sum() * ARRIVAL_MINUTES + usual[slot] * (now - slot * ARRIVAL_MINUTES)
    return float((len(day.tickets) + habits.level_weight) / (expected + habits.level_weight))


def _call_rules(kinds: KindsOfDay, counters: Sequence[Counter], day: HallDay) -> CallRules:
    rules = day.rules.call_rules
    helps = [counter.id in rule.counters and counter.zone != rule.zone for rule in rules for counter in counters]
    touches = [
        zone == rule.zone and (rule.services is None or kind.service in rule.services)
        for rule in rules
        for zone, kind in kinds.places
    ]
    return CallRules(
        _bools(helps).reshape(len(rules), len(counters)),
        _bools(touches).reshape(len(rules), len(kinds.places)),
        _floats(np.inf if rule.more_than_waiting is None else rule.more_than_waiting for rule in rules),
        _floats(np.inf if rule.longer_than_minutes is None else rule.longer_than_minutes for rule in rules),
        _bools([rule.own_first for rule in rules]),
    )


def _order(day: HallDay) -> Order:
    limits = day.rules.limits
    return Order(
        float(limits.longest_wait_minutes),
        limits.priority_one_in,
        limits.priority_delay_minutes * 60.0,
        _floats(day.overtaken_seconds.get(zone, 0) for zone in day.rules.zones),
        day.rules.options.continue_at_counter,
    )


def _floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), np.float64)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), np.int64)


def _bools(values: Iterable[bool]) -> Bools:
    return np.array(list(values), np.bool_)
