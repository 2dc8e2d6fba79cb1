"""Habits from the log alone: the last working days, those of today's weekday counting more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.domain.lines import class_name
from queue_server.domain.measures import minutes, service_times
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import Ticket
from queue_server.foresight.habits import (
    ARRIVAL_MINUTES,
    LONGEST_SERVICE,
    NO_SHOW_MINUTES,
    WALK_MINUTES,
    Floats,
    Habits,
    Stream,
    usual_times,
)
from queue_server.foresight.pace import LEAST_MINUTES, day_error
from queue_server.foresight.roster import SLOT_MINUTES, SLOTS

ARRIVAL_SLOTS = 1440 // ARRIVAL_MINUTES
LONGEST_WALK, LONGEST_PAUSE = 10.0, 15.0  # a longer gap is a break, not a pause
SPEED_WEIGHT = 60  # services at a counter that count as much as the assumption that it is like the others
LEAST_DAYS_OF_ROSTER = 3  # with fewer, the hall's hours say more than what was seen
ALL_DAYS_WEIGHT = 2.0  # days of today's weekday that count as much as all the others together
ASSUMED_WEIGHT = 5  # times found that count as much as what is assumed without any
MISSED_WEIGHT = 20  # calls that count as much as the assumption that everybody comes
SENT_ON_WEIGHT = 10  # services that count as much as the assumption that none is sent on
LEAST_LEVEL_SPREAD = 0.05
USUAL_LEVEL_WEIGHT = 25.0  # 1 ÷ the variance of the days' levels; measured halls have a spread of about .2


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day that is over: what its events say, and the events."""

    state: HallDay
    events: Sequence[e.Event]


def learn_habits(rules: HallRules, past: Sequence[PastDay], today: date) -> Habits:
    """With no past: the catalogue's service times, nobody to come, counters by the hall's hours."""
    times = [(service, took) for day in past for service, took in service_times(day.state) if took <= LONGEST_SERVICE]
    walk, pause = _between_services(past)
    weights = _weights(past, today)
    return Habits(
        service_times=_service_times(rules, times),
        measured=len(times),
        days=len(past),
        speed=_speeds(rules, past, times),
        walk=walk,
        pause=pause,
        no_show=_no_show(rules, past),
        no_show_minutes=_no_show_minutes(past),
        goes_on={
            (service, zone): (chance, to, to_zone)
            for (service, zone), (chance, to, to_zone) in _goes_on(past).items()
            if {service, to} <= rules.services.keys() and {zone, to_zone} <= rules.zones.keys()
        },
        per_minute={
            stream: rates
            for stream, rates in _per_minute(past, weights).items()
            if stream.service in rules.services and stream.zone in rules.zones  # the hall may have given them up since
        },
        open_share=_open_share(rules, past, weights) if len(past) >= LEAST_DAYS_OF_ROSTER else {},
        level_weight=_level_weight(past),
        day_error=_day_error(past),
    )


def _weights(past: Sequence[PastDay], today: date) -> Floats:
    """Shares that add up to one."""
    alike = np.array([day.state.day.weekday() == today.weekday() for day in past], float)
    weights = alike + ALL_DAYS_WEIGHT / max(1, len(past))
    return weights / weights.sum() if len(past) else weights


def _service_times(rules: HallRules, times: Iterable[tuple[str, float]]) -> dict[str, Floats]:
    known: dict[str, list[float]] = {service: list(usual_times(own.minutes)) for service, own in rules.services.items()}
    for service, took in times:
        if service in known:  # a service may have left the catalogue since
            known[service].append(took)
    return {service: np.sort(np.array(own)) for service, own in known.items()}


def _day_error(past: Sequence[PastDay]) -> float:
    days = [[(service, took) for service, took in service_times(day.state) if took <= LONGEST_SERVICE] for day in past]
    logarithms: defaultdict[str, list[float]] = defaultdict(list)
    for service, took in (time for day in days for time in day):
        logarithms[service].append(np.log(max(took, LEAST_MINUTES)))
    usual = {service: float(np.mean(own)) for service, own in logarithms.items()}
    return day_error([np.array([np.log(max(t, LEAST_MINUTES)) - usual[s] for s, t in day]) for day in days])


def _speeds(rules: HallRules, past: Sequence[PastDay], times: Iterable[tuple[str, float]]) -> dict[str, float]:
    """A counter's times ÷ everybody's for the same services, leaning on 1."""
    of_service: defaultdict[str, list[float]] = defaultdict(list)
    for service, took in times:
        of_service[service].append(took)
    means = {service: float(np.mean(own)) for service, own in of_service.items()}
    took_here: defaultdict[str, float] = defaultdict(float)
    usual: defaultdict[str, float] = defaultdict(float)
    for done in (done for day in past for ticket in day.state.tickets.values() for done in ticket.services_done):
        took = minutes(done.took)
        if done.outcome == "done" and not done.inferred and took <= LONGEST_SERVICE and done.service in means:
            took_here[done.counter] += took
            usual[done.counter] += means[done.service]
    typical = float(np.mean(list(means.values()))) if means else 1.0
    assumed = SPEED_WEIGHT * typical
    return {id: (took_here[id] + assumed) / (usual[id] + assumed) for id in rules.counters}


def _between_services(past: Sequence[PastDay]) -> tuple[Floats, Floats]:
    """(call → start, end → next call while that visitor was waiting already), samples."""
    walks, pauses = [], []
    for day in past:
        free_since: dict[str, datetime] = {}
        called_at: dict[str, datetime] = {}
        for event in day.events:
            match event:
                case e.TicketCalled(attempt=1) if event.rule not in ("continues", "direct"):
                    called_at[event.ticket] = event.at
                    since = free_since.pop(event.counter, None)
                    if since is not None and day.state.tickets[event.ticket].first_arrival_at <= since:
                        pauses.append(minutes(event.at - since))
                case e.ServiceStarted() if event.ticket in called_at:
                    walks.append(minutes(event.at - called_at.pop(event.ticket)))
                case e.ServiceEnded() | e.TicketMissed():
                    free_since[event.counter] = event.at
                case e.DeskPaused() | e.DeskClosed() | e.DeskOpened():
                    free_since.pop(event.counter, None)
    return _samples(walks, LONGEST_WALK, WALK_MINUTES), _samples(pauses, LONGEST_PAUSE, 0.0)


def _samples(found: Sequence[float], longest: float, assumed: float) -> Floats:
    """Sorted; what is assumed counts as a few of what was found."""
    fitting = [value for value in found if 0 <= value <= longest]
    return np.sort(np.array([assumed] * ASSUMED_WEIGHT + fitting))


def _no_show(rules: HallRules, past: Sequence[PastDay]) -> dict[str, float]:
    """Chance that an invitation is missed, by zone."""
    called: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for day in past:
        for event in day.events:
            if isinstance(event, e.TicketCalled) and event.attempt == 1:
                called[day.state.tickets[event.ticket].zone] += 1
            elif isinstance(event, e.TicketMissed):
                missed[day.state.tickets[event.ticket].zone] += 1
    return {zone: missed[zone] / (called[zone] + MISSED_WEIGHT) for zone in rules.zones}


def _no_show_minutes(past: Sequence[PastDay]) -> float:
    """First call → given up."""
    took: list[float] = []
    for day in past:
        called_at: dict[str, datetime] = {}
        for event in day.events:
            if isinstance(event, e.TicketCalled) and event.attempt == 1:
                called_at[event.ticket] = event.at
            elif isinstance(event, e.TicketMissed) and event.ticket in called_at:
                took.append(minutes(event.at - called_at.pop(event.ticket)))
    fitting = [value for value in took if value <= LONGEST_WALK]
    return float(np.mean([NO_SHOW_MINUTES] * ASSUMED_WEIGHT + fitting))


def _goes_on(past: Sequence[PastDay]) -> dict[tuple[str, str], tuple[float, str, str]]:
    """(service, zone) → (chance to be sent on from a counter there, to which service and zone most often)."""
    done: Counter[tuple[str, str]] = Counter()
    sent: defaultdict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for day in past:
        serving: dict[str, str] = {}
        for event in day.events:
            match event:
                case e.ServiceStarted():
                    serving[event.ticket] = event.counter
                case e.ServiceEnded() if (counter := serving.pop(event.ticket, None)) is not None:
                    ticket = day.state.tickets[event.ticket]
                    done[event.service or ticket.service, day.state.rules.counters[counter].zone] += 1
                case e.TicketTransferred() if serving.pop(event.ticket, None) is not None:
                    sent[event.from_service, event.from_zone][event.service, event.zone] += 1
    found = {}
    for origin, targets in sent.items():
        (service, zone), _ = targets.most_common(1)[0]
        many = targets.total()
        found[origin] = (many / (many + done[origin] + SENT_ON_WEIGHT), service, zone)
    return found


def _per_minute(past: Sequence[PastDay], weights: Floats) -> dict[Stream, Floats]:
    """Arrivals a minute by stream, [slots of ARRIVAL_MINUTES]. Who was served without a number waited for nobody."""
    rates: defaultdict[Stream, Floats] = defaultdict(lambda: np.zeros(ARRIVAL_SLOTS))
    for day, weight in zip(past, weights, strict=True):
        direct = {one.ticket for one in day.events if isinstance(one, e.TicketCalled) and one.rule == "direct"}
        for event in day.events:
            if isinstance(event, e.TicketIssued) and event.ticket not in direct:
                slot = int(_minute_of_day(event.at, day.state) // ARRIVAL_MINUTES)
                rates[_stream(event, day.state.tickets[event.ticket])][slot] += weight / ARRIVAL_MINUTES
    return dict(rates)


def _stream(event: e.TicketIssued, ticket: Ticket) -> Stream:
    name = class_name(ticket)
    return Stream(event.service, event.zone, "ordinary" if name == "transferred" else name)


def _minute_of_day(at: datetime, day: HallDay) -> float:
    local = day.rules.local(at)
    return min(max(minutes(local - local.replace(hour=0, minute=0, second=0, microsecond=0)), 0.0), 1439.0)


def _open_share(rules: HallRules, past: Sequence[PastDay], weights: Floats) -> dict[str, Floats]:
    """Share of the days on which each counter called people, [roster slots]."""
    share = {counter: np.zeros(SLOTS) for counter in rules.counters}
    for day, weight in zip(past, weights, strict=True):
        open_since: dict[str, float] = {}

        def shut(counter: str, at: float, weight: float = weight, since: dict[str, float] = open_since) -> None:
            began = since.pop(counter, None)
            if began is not None and counter in share:
                first, last = round(began / SLOT_MINUTES), round(at / SLOT_MINUTES)
                share[counter][first:last] += weight

        for event in day.events:
            at = _minute_of_day(event.at, day.state)
            match event:
                case e.DeskOpened():
                    open_since.setdefault(event.counter, at)
                case e.DeskPaused() | e.DeskClosed():
                    shut(event.counter, at)
                case e.DayClosed():
                    for counter in list(open_since):
                        shut(counter, at)
    return share


def _level_weight(past: Sequence[PastDay]) -> float:
    """A gamma prior of today's level: 1 ÷ the variance of the days' levels beyond what chance alone gives."""
    many = np.array([len(day.state.tickets) for day in past], float)
    if len(many) < LEAST_DAYS_OF_ROSTER or many.mean() == 0:
        return USUAL_LEVEL_WEIGHT
    variance = many.var(ddof=1) / many.mean() ** 2 - 1 / many.mean()
    return float(1 / max(variance, LEAST_LEVEL_SPREAD**2))
