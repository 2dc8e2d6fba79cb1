"""Opens a repair for each low mark that the log has, and does to repairs what people wish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from queue_server.domain import events as e
from queue_server.domain.alerts import LOW_MARK
from queue_server.domain.apply import replay
from queue_server.domain.hall_day import HallDay
from queue_server.domain.repairs import Repair, Step, due_times
from queue_server.domain.ticket import Ticket
from queue_server.service.hall import Hall
from queue_server.stores.base import Recorded
from queue_server.stores.repairs import NOTHING_TOLD, Repairs, Told


class RepairDesk:
    def __init__(self, store: Repairs, hall: Hall) -> None:
        self.store = store
        self._hall = hall
        self._day: date | None = None  # of the events looked at
        self._seq = 0

    def follow(self) -> None:
        """Open a repair for each low mark since the last look; at the start and at midnight also for those of the day
        before. A mark has one, however often and by however many processes it is looked at.
        """
        today = self._hall.read(lambda day, at: day.day)
        if today != self._day:
            before = [day for day in self._hall.days() if day < today]
            if before:
                recorded = self._hall.events_of(before[-1])
                self._open_for(recorded, replay(self._hall.usual_rules, before[-1], (one.event for one in recorded)))
            self._day, self._seq = today, 0
        new = self._hall.events(after=self._seq)
        if not new or new[0].day != self._day:
            return
        if any(_is_low(one.event) for one in new):
            self._open_for(self._hall.events(), self._hall.read(lambda day, at: day))
        self._seq = new[-1].seq

    def open(self, repair: Repair, wish: str, told: Told = NOTHING_TOLD) -> Repair:
        return self.store.open(repair, wish, told)

    def new(self, opened_at: datetime, opened_by: str, day: date, ticket: str, service: str, origin: str) -> Repair:
        """One that begins now; its clocks run from today on."""
        return self._repair(opened_at, opened_by, day, ticket, service, None, origin)

    def do(self, repair: int, step: Step, wish: str) -> Repair:
        return self.store.do(repair, step, wish)

    def forget_old(self, today: date) -> None:
        kept = timedelta(days=self._hall.usual_rules.limits.repair_kept_days)
        self.store.forget_old(today - kept)

    def _open_for(self, recorded: Sequence[Recorded], day: HallDay) -> None:
        for mark in low_marks(recorded):
            service = service_of(mark, day.tickets[mark.ticket])
            repair = self._repair(mark.at, "visitor", day.day, mark.ticket, service, mark.level, "mark")
            self.store.open(repair, f"mark:{self._hall.usual_rules.hall}:{day.day.isoformat()}:{mark.ticket}")

    def _repair(
        self, at: datetime, by: str, day: date, ticket: str, service: str, level: int | None, origin: str
    ) -> Repair:
        rules = self._hall.usual_rules
        due = due_times(rules.day_of(at), rules.hours, rules.timezone, rules.limits)
        return Repair(0, day, ticket, service, level, origin, at, by, due)


def low_marks(recorded: Iterable[Recorded]) -> Iterator[e.FeedbackGiven]:
    """The first low mark of each visit."""
    seen: set[str] = set()
    for one in recorded:
        event = one.event
        if isinstance(event, e.FeedbackGiven) and _is_low(event) and event.ticket not in seen:
            seen.add(event.ticket)
            yield event


def service_of(mark: e.FeedbackGiven, ticket: Ticket) -> str:
    """What the mark is about."""
    done = ticket.services_done
    return done[mark.handling - 1].service if 1 <= mark.handling <= len(done) else ticket.service


def _is_low(event: e.Event) -> bool:
    return isinstance(event, e.FeedbackGiven) and event.level <= LOW_MARK
