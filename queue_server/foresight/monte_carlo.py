"""The Monte-Carlo forecaster: the hall's coming hours, lived through many times in a process of its own.

`forecast` never waits: it answers from the latest simulation, moved on by the minutes since, and asks for a new one.
Until the first has come, queue-work answers; when simulations stop coming, ranges disappear rather than grow old. What
the past teaches is learnt beside the hall too; for the second that takes, a day is foreseen as if it were a first one.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from queue_server.domain.calling_order import Queues, queues_of
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import minutes
from queue_server.domain.rules import HallRules
from queue_server.foresight.base import Forecast, TicketForecast, WaitRange
from queue_server.foresight.competition import ahead_of_everybody
from queue_server.foresight.habits import Habits, Stream, first_day
from queue_server.foresight.learn_habits import PastDay, learn_habits
from queue_server.foresight.queue_work import TOO_LONG_MINUTES, QueueWork, whole_visit
from queue_server.foresight.recalibration import Recalibration
from queue_server.foresight.scenario_of_day import Asked, scenario_of
from queue_server.foresight.simulation.scenario import Floats
from queue_server.foresight.worker_line import Answer, Job

logger = logging.getLogger(__name__)

Key = TypeVar("Key")

REPETITIONS = 200
LEAST_MINUTES = 0.05  # of the hall's time between two simulations: three seconds
STALE_MINUTES = 2.0  # a simulation older than this says nothing any more


class Worker(Protocol):
    @property
    def is_free(self) -> bool: ...

    def ask(self, job: Job, then: Callable[[Answer], None]) -> None: ...

    def work_out(self, job: Any, within_seconds: float) -> Any: ...


@dataclass(frozen=True, slots=True)
class Quantiles(Generic[Key]):
    """Minutes from the simulated moment, one column for each of `keys`. `raw`: before they were straightened."""

    keys: Sequence[Key]
    p50: Floats
    p90: Floats
    raw_p50: Floats
    raw_p90: Floats

    def ranges(self, since: float, rough: bool) -> dict[Key, WaitRange | None]:
        """As they are `since` minutes later. None when the call cannot be foreseen, or is too far for a range to help
        anybody.
        """
        p90 = self.p90 - since
        shown = np.isfinite(self.p50) & (p90 <= TOO_LONG_MINUTES)
        lows = np.maximum(np.floor(np.where(shown, self.p50 - since, 0.0)), 0.0).astype(np.int64)
        highs = np.maximum(np.ceil(np.where(shown, p90, 0.0)).astype(np.int64), lows + 1)
        raw = [np.maximum(each - since, 0.0).tolist() for each in (self.raw_p50, self.raw_p90)]
        columns = zip(self.keys, shown.tolist(), lows.tolist(), highs.tolist(), *raw, strict=True)
        return {
            key: WaitRange(low, high, rough, raw_p50, raw_p90) if is_shown else None
            for key, is_shown, low, high, raw_p50, raw_p90 in columns
        }


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one simulation foresaw at a moment."""

    day: date
    at: datetime
    tickets: Quantiles[str]
    probes: Quantiles[Stream]
    served_today: Mapping[tuple[str, str], float]  # (zone, service) → chance of a newcomer


class MonteCarlo:
    """`past_days(today)` gives the working days before, with their events; asked once a day."""

    def __init__(
        self,
        worker: Worker,
        past_days: Callable[[date], Sequence[PastDay]] = lambda _: (),
        recalibration: Callable[[date], Recalibration] = lambda _: Recalibration(),
        repetitions: int = REPETITIONS,
        run: Callable[..., Any] = lambda work, *args: work(*args),
        beside: Callable[[Callable[[], None]], None] = lambda work: work(),
    ) -> None:
        """`run` takes long work off the hub; `beside` begins what nobody waits for."""
        self._run = run
        self._beside = beside
        self._worker = worker
        self._past_days = past_days
        self._recalibration_of = recalibration
        self._repetitions = repetitions
        self._numbers = count(1)
        # a setup taken up during the day has other services and counters
        self._learnt_for: tuple[date, HallRules] | None = None
        self._learning_for: tuple[date, HallRules] | None = None
        self._past: Sequence[PastDay] = ()
        self._habits: Habits | None = None  # of `_learnt_for`, or a first day's while that is being learnt
        self._straight = Recalibration()
        self._foreseen: Foreseen | None = None
        self._asked_at: datetime | None = None
        self._queue_work = QueueWork(lambda _: [day.state for day in self._past])

    def forecast(self, day: HallDay, at: datetime, queues: Queues | None = None) -> Forecast:
        habits = self.learn(day)
        if _is_of(self._learnt_for, day):
            self._ask(day, at, habits)
        queues = queues or queues_of(day, at)
        foreseen = self._foreseen
        if foreseen is None or foreseen.day != day.day:
            return self._queue_work.forecast(day, at, queues)
        since = minutes(at - foreseen.at)
        if not -LEAST_MINUTES <= since <= STALE_MINUTES:  # too old, or from before the clock was set back
            return without_ranges(queues, day)
        rough = habits.measured < day.rules.limits.wait_rough_below_services
        return _told_by(foreseen, since, rough, queues, day)

    @property
    def has_foreseen(self) -> bool:
        """Whether any simulation has come yet."""
        return self._foreseen is not None

    def learn_for(self, rules: HallRules, today: date, day: date) -> tuple[Habits, Mapping[int, int]]:
        """What the same past teaches of a day to come, and how many past days there are of each weekday."""
        past = self._past if self._learnt_for and self._learnt_for[0] == today else self._past_days(today)
        weekdays = Counter(one.state.day.weekday() for one in past)
        return (self._run(learn_habits, rules, past, day) if past else first_day(rules)), weekdays

    @property
    def worker(self) -> Worker:
        return self._worker

    def next_number(self) -> int:
        """Of a job; also what its chances hang on."""
        return next(self._numbers)

    def learn(self, day: HallDay) -> Habits:
        """What the hall's past teaches of this day; learnt once a day, and anew with another setup."""
        if not _is_of(self._learnt_for, day) and not _is_of(self._learning_for, day):
            wanted = self._learning_for = day.day, day.rules
            if not _fits(self._learnt_for, day):
                self._habits = None
            self._beside(lambda: self._learn(wanted))
        if self._habits is None:
            self._habits = first_day(day.rules)
        return self._habits

    def _learn(self, wanted: tuple[date, HallRules]) -> None:
        today, rules = wanted
        try:
            past, straight = self._past_days(today), self._recalibration_of(today)
            habits = self._run(_learnt, rules, past, today)
        except Exception:  # the hall goes on as on a first day; the next forecast begins to learn again
            logger.exception("The past could not be learnt from", extra={"action": "learning_failed"})
            if self._learning_for is wanted:
                self._learning_for = None
            return
        if self._learning_for is wanted:  # no other setup was taken up meanwhile
            self._learnt_for, self._past, self._straight, self._habits = wanted, past, straight, habits
            self._queue_work = QueueWork(lambda _: [day.state for day in past])

    def _ask(self, day: HallDay, at: datetime, habits: Habits) -> None:
        lately = self._asked_at is not None and 0 <= minutes(at - self._asked_at) < LEAST_MINUTES
        if lately or not self._worker.is_free:
            return
        self._asked_at = at
        asked = scenario_of(day, at, habits, newcomers(day.rules))
        self._worker.ask(
            Job(next(self._numbers), asked.scenario, self._repetitions, minutes_to_closing(day, at)),
            lambda answer: self._take(answer, asked, day.day, at),
        )

    def _take(self, answer: Answer, asked: Asked, day: date, at: datetime) -> None:
        tickets = self._straight.apply(answer.tickets_p50, answer.tickets_p90)
        probes = self._straight.apply(answer.probes_p50, answer.probes_p90)
        self._foreseen = Foreseen(
            day,
            at,
            Quantiles(asked.tickets, *tickets, answer.tickets_p50, answer.tickets_p90),
            Quantiles(asked.probes, *probes, answer.probes_p50, answer.probes_p90),
            {(p.zone, p.service): float(c) for p, c in zip(asked.probes, answer.probes_today, strict=True)},
        )


def _learnt(rules: HallRules, past: Sequence[PastDay], today: date) -> Habits:
    import scipy.special  # noqa: F401 - a tenth of a second, which a scenario's pace would cost the hub next

    return learn_habits(rules, past, today) if past else first_day(rules)


def _is_of(known: tuple[date, HallRules] | None, day: HallDay) -> bool:
    return known is not None and known[0] == day.day and known[1] is day.rules


def _fits(known: tuple[date, HallRules] | None, day: HallDay) -> bool:
    """Whether what was learnt for these may stand for a moment longer: it speaks of the same services and zones."""
    if known is None or known[0] != day.day:
        return False
    old, new = known[1], day.rules
    return old.services.keys() == new.services.keys() and old.zones.keys() == new.zones.keys()


def _told_by(foreseen: Foreseen, since: float, rough: bool, queues: Queues, day: HallDay) -> Forecast:
    probes = foreseen.probes.ranges(since, rough)
    services = {(stream.zone, stream.service): probes.get(stream) for stream in newcomers(day.rules)}
    zones = {zone: _typical([wait for (own, _), wait in services.items() if own == zone]) for zone in day.rules.zones}
    forecast = Forecast(tickets := {}, zones, services, foreseen.served_today)
    waits, ahead = foreseen.tickets.ranges(since, rough), ahead_of_everybody(queues, day)
    for zone, queue in queues.items():
        for ticket in queue:
            number = ticket.number
            wait = waits[number] if number in waits else services.get((zone, ticket.service))
            tickets[number] = TicketForecast(ahead[number], wait)
    for ticket in [one for queue in queues.values() for one in queue if one.services_to_do]:
        tickets[ticket.number] = whole_visit(ticket, forecast, day)
    return forecast


def newcomers(rules: HallRules) -> list[Stream]:
    """Everybody who might take a number now."""
    return [Stream(service, zone, "ordinary") for zone in rules.zones for service in rules.services]


def without_ranges(queues: Queues, day: HallDay) -> Forecast:
    return Forecast(
        {number: TicketForecast(ahead, None) for number, ahead in ahead_of_everybody(queues, day).items()},
        dict.fromkeys(day.rules.zones),
        {(zone, service): None for zone in day.rules.zones for service in day.rules.services},
    )


def minutes_to_closing(day: HallDay, at: datetime) -> float:
    """By the clock, the lunch among them; inf on a day without hours, of which nothing can be promised anyway."""
    closes = [closes for _, closes in day.open_hours()]
    return minutes(max(closes) - at) if closes else math.inf


def _typical(waits: Sequence[WaitRange | None]) -> WaitRange | None:
    """The middle one of a zone's services: what its screen shows for somebody of whom nothing is known."""
    known = sorted((wait for wait in waits if wait is not None), key=lambda wait: (wait.high, wait.low))
    return known[len(known) // 2] if known else None
