"""What many visits come to. Minutes; a mean or percentile of nothing is None. Reckoned as the screens reckon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from queue_server.domain.measures import mean, percentile


class Visit(NamedTuple):
    day: str
    hour: int  # of the arrival, in the hall's time
    service: str
    zone: str
    channel: str
    stage: str
    wait: float | None  # None while it is not over
    took: float | None  # its services together
    mark: int | None
    care: bool
    bounced: bool
    phantom: str  # why it is taken for nobody; empty: a person


class Handled(NamedTuple):
    """One service done at a counter."""

    day: str
    counter: str
    service: str
    took: float
    inferred: bool
    phantom: str


@dataclass(frozen=True, slots=True)
class Figures:
    tickets: int
    served: int
    abandoned: int
    no_show: int
    unfinished: int
    bounced: int
    care: int
    mean_wait: float | None
    p50_wait: float | None
    p90_wait: float | None
    mean_service: float | None
    marks: int
    mark: float | None
    low_marks: int


def figures_of(visits: Sequence[Visit]) -> Figures:
    stages = [one.stage for one in visits]
    waits = [one.wait for one in visits if one.wait is not None]
    services = [one.took for one in visits if one.took is not None]
    marks = [one.mark for one in visits if one.mark is not None]
    served, abandoned, no_show = (stages.count(stage) for stage in ("served", "abandoned", "no_show"))
    return Figures(
        tickets=len(visits),
        served=served,
        abandoned=abandoned,
        no_show=no_show,
        unfinished=len(visits) - served - abandoned - no_show,
        bounced=sum(one.bounced for one in visits),
        care=sum(one.care for one in visits),
        mean_wait=mean(waits),
        p50_wait=percentile(waits, 0.5),
        p90_wait=percentile(waits, 0.9),
        mean_service=mean(services),
        marks=len(marks),
        mark=mean(marks),
        low_marks=sum(mark <= 2 for mark in marks),
    )


def people(visits: Iterable[Visit]) -> list[Visit]:
    return [one for one in visits if not one.phantom]


def grouped(visits: Iterable[Visit], key: Callable[[Visit], str]) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = defaultdict(list)
    for one in visits:
        found[key(one)].append(one)
    return dict(found)


@dataclass(frozen=True, slots=True)
class CounterFigures:
    counter: str
    services: int
    mean_service: float | None
    inferred: int  # ends that nobody pressed


def counters_of(handled: Iterable[Handled]) -> dict[str, CounterFigures]:
    by_counter: dict[str, list[Handled]] = defaultdict(list)
    for one in handled:
        by_counter[one.counter].append(one)
    return {
        counter: CounterFigures(counter, len(done), mean([one.took for one in done]), sum(one.inferred for one in done))
        for counter, done in by_counter.items()
    }
