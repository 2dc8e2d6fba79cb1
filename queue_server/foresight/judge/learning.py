"""What a history teaches: how long services take, who serves what and when, how many come, who does not stay.

Everything is read from the rows; nothing is told beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queue_server.foresight.habits import ARRIVAL_MINUTES, usual_times
from queue_server.foresight.judge.evidence import DayEvidence, evidence_of
from queue_server.foresight.judge.visits import UNSERVED, Day, History
from queue_server.foresight.pace import LEAST_MINUTES, day_error
from queue_server.foresight.roster import SLOTS
from queue_server.foresight.simulation.scenario import Bools, Floats, Ints, Services

DAY_MINUTES = 1440
LONGEST_PAUSE = 15.0  # a longer gap between two services is a break, not a pause
SERVES_FROM = 0.005  # a server who gave less of its services to a class only did so by exception
SPEED_WEIGHT = 60  # services of a server that count as much as the assumption that it is like the others
LEAST_LEVEL_SPREAD = 0.05


@dataclass(frozen=True, slots=True)
class Learnt:
    names: tuple[str, ...]  # services: the labels without their rates
    service_of: Ints  # label → service
    services: Services
    serves: Bools  # [services, servers]
    speed: Floats  # [servers]
    open_share: Floats  # [servers, roster slots]: of the days on which one could tell
    per_minute: Floats  # [slots of ARRIVAL_MINUTES, labels]
    level_weight: float  # visits that count as much as what is usual, when today's level is judged
    measured: Ints  # [services]
    day_error: float  # by how much whole days differ in how fast services go
    pause: Floats
    no_show: Floats  # [labels] chance that a called one has left
    patience: float  # mean minutes after which somebody who still waits leaves; inf: nobody does
    mean_wait: float


def learn(history: History) -> Learnt:
    names = tuple(dict.fromkeys(label.name for label in history.labels))
    service_of = np.array([names.index(label.name) for label in history.labels], np.int64)
    evidence = [evidence_of(day, history, service_of, len(names)) for day in history.days]
    times = _service_times(history, service_of, len(names))
    services = _services(times)
    no_show, patience = _leaving(evidence, history)
    return Learnt(
        names,
        service_of,
        services,
        _serves(history, service_of, len(names)),
        _speeds(history, service_of, services),
        _open_share(evidence, len(history.servers)),
        _arrivals(history),
        _level_weight(history),
        np.array([len(own) for own in times], np.int64),
        _day_error(history, service_of, times),
        _pauses(history),
        no_show,
        patience,
        float(np.concatenate([(day.start - day.arrival)[np.isfinite(day.start)] for day in history.days]).mean()),
    )


def _served(day: Day) -> Bools:
    return np.asarray(day.server != UNSERVED)


def _service_times(history: History, service_of: Ints, many: int) -> list[Floats]:
    took = np.concatenate([(day.end - day.start)[_served(day)] for day in history.days])
    kind = np.concatenate([service_of[day.label[_served(day)]] for day in history.days])
    return [np.sort(took[kind == service]) for service in range(many)]


def _services(times: list[Floats]) -> Services:
    """Each service's own times and, so that few of them do not say everything, some of a usual spread around all."""
    everything = np.concatenate(times)
    overall = float(everything.mean()) if len(everything) else 10.0
    samples = [np.sort(np.concatenate([own, usual_times(own.mean() if len(own) else overall)])) for own in times]
    longest = max(len(own) for own in samples)
    table = np.full((len(samples), longest), np.inf)
    for service, own in enumerate(samples):
        table[service, : len(own)] = own
    many = np.array([len(own) for own in samples], np.int64)
    return Services(table, many, np.array([own.mean() for own in samples]))


def _serves(history: History, service_of: Ints, many: int) -> Bools:
    counts = np.zeros((many, len(history.servers)))
    for day in history.days:
        served = _served(day)
        np.add.at(counts, (service_of[day.label[served]], day.server[served]), 1)
    return np.asarray(counts > SERVES_FROM * counts.sum(axis=0))


def _speeds(history: History, service_of: Ints, services: Services) -> Floats:
    took, usual = np.zeros(len(history.servers)), np.zeros(len(history.servers))
    weight = np.zeros(len(history.servers))
    for day in history.days:
        served = _served(day)
        np.add.at(took, day.server[served], (day.end - day.start)[served])
        np.add.at(usual, day.server[served], services.usual[service_of[day.label[served]]])
        np.add.at(weight, day.server[served], 1)
    found = np.divide(took, usual, out=np.ones_like(took), where=usual > 0)
    return (found * weight + SPEED_WEIGHT) / (weight + SPEED_WEIGHT)


def _open_share(evidence: list[DayEvidence], servers: int) -> Floats:
    opened, closed = np.zeros((servers, SLOTS)), np.zeros((servers, SLOTS))
    for day in evidence:
        opened += day.was_open
        closed += day.was_closed
    known = opened + closed
    share = np.divide(opened, known, out=np.full_like(opened, np.nan), where=known > 0)
    return np.array([_filled(row) for row in share])


def _filled(row: Floats) -> Floats:
    """Slots of which nothing is known are like the known ones nearest to them; before and after all of them: shut."""
    known = np.flatnonzero(~np.isnan(row))
    if not len(known):
        return np.zeros_like(row)
    nearest = known[np.argmin(np.abs(np.arange(len(row))[:, None] - known[None, :]), axis=1)]
    filled = row[nearest]
    filled[: known[0]] = filled[known[-1] + 1 :] = 0.0
    return np.asarray(filled)


def _arrivals(history: History) -> Floats:
    slots = DAY_MINUTES // ARRIVAL_MINUTES
    counts = np.zeros((slots, len(history.labels)))
    for day in history.days:
        np.add.at(counts, ((day.arrival // ARRIVAL_MINUTES).astype(int) % slots, day.label), 1)
    return counts / (max(1, len(history.days)) * ARRIVAL_MINUTES)


def _level_weight(history: History) -> float:
    """A gamma prior of today's level: 1 ÷ the variance of the days' levels beyond what chance alone gives."""
    many = np.array([len(day.arrival) for day in history.days], float)
    if len(many) < 3:
        return 25.0
    variance = many.var(ddof=1) / many.mean() ** 2 - 1 / many.mean()
    return float(1 / max(variance, LEAST_LEVEL_SPREAD**2))


def _day_error(history: History, service_of: Ints, times: list[Floats]) -> float:
    usual = np.array([np.log(np.maximum(own, LEAST_MINUTES)).mean() if len(own) else 0.0 for own in times])

    def of_day(day: Day) -> Floats:
        took = np.maximum((day.end - day.start)[_served(day)], LEAST_MINUTES)
        return np.asarray(np.log(took) - usual[service_of[day.label[_served(day)]]])

    return day_error([of_day(day) for day in history.days])


def _pauses(history: History) -> Floats:
    """End → next start at a server while the next one was waiting already; what missed calls cost is in it."""
    pauses = []
    for day in history.days:
        for server in range(len(history.servers)):
            own = np.flatnonzero(day.server == server)
            own = own[np.argsort(day.start[own], kind="stable")]
            gap = day.start[own[1:]] - day.end[own[:-1]]
            ready = (day.arrival[own[1:]] <= day.end[own[:-1]]) & (gap >= 0) & (gap <= LONGEST_PAUSE)
            pauses.append(gap[ready])
    found = np.concatenate(pauses) if pauses else np.zeros(0)
    return np.sort(found) if len(found) else np.zeros(1)


def _leaving(evidence: list[DayEvidence], history: History) -> tuple[Floats, float]:
    """Who left unserved while nobody of the class stood before had been called and did not come; the others left."""
    labels = len(history.labels)
    missed, all_of = np.zeros(labels), np.zeros(labels)
    left, waited = 0.0, 0.0
    for day, found in zip(history.days, evidence, strict=True):
        np.add.at(missed, day.label[found.missed], 1)
        np.add.at(all_of, day.label, 1)
        left += float((~_served(day) & ~found.missed).sum())
        waited += float((np.where(_served(day), day.start, day.end) - day.arrival).sum())
    chance = np.divide(missed, all_of, out=np.zeros(labels), where=all_of > 0)
    return chance, (waited / left if left else float("inf"))
