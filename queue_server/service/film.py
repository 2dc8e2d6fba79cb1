"""A day as it was at any of its moments, from the log alone: the film that supervisors watch. Touches nothing live."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from queue_server.domain.apply import apply
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import NoFilmOfDay
from queue_server.domain.rules import HallRules
from queue_server.service.hall import Hall
from queue_server.stores.base import Recorded

Answer = TypeVar("Answer")
KEPT = 3  # days that are being watched; a working day is a few megabytes


class Film:
    """Forwards it goes on from where it stands; backwards it begins anew. One watcher at a time may look."""

    def __init__(self, day: date, recorded: Sequence[Recorded], rules: HallRules) -> None:
        self.day = day
        self._recorded = list(recorded)
        self._moments = [one.event.at for one in self._recorded]
        self._rules = rules
        self._state = HallDay(rules, day)

    @property
    def begins(self) -> datetime:
        return self._moments[0]

    @property
    def ends(self) -> datetime:
        return max(self._moments)

    @property
    def length(self) -> int:
        return len(self._recorded)

    def go_on_with(self, newer: Sequence[Recorded]) -> None:
        """What happened since, of a day that is not over."""
        self._recorded += newer
        self._moments += [one.event.at for one in newer]

    def look(self, at: datetime, question: Callable[[HallDay, datetime], Answer]) -> Answer:
        """Ask the day as it stood at a moment. What is answered may not hold on to the day."""
        seen = bisect_right(self._moments, at)
        if seen < self._state.seq:
            self._state = HallDay(self._rules, self.day)
        for one in self._recorded[self._state.seq : seen]:
            apply(self._state, one.event)
        return question(self._state, at)


class Films:
    """`rules_on(day, usual)`: what held on a day. `off_hub`: where a day is replayed, one at a time."""

    def __init__(
        self,
        hall: Hall,
        rules_on: Callable[[date, HallRules], HallRules],
        off_hub: Callable[..., Any],
    ) -> None:
        self._hall = hall
        self._rules_on = rules_on
        self._off_hub = off_hub
        self._films: dict[date, Film] = {}

    def days(self) -> list[date]:
        """The newest first."""
        return self._hall.days()[::-1]

    def of(self, day: date) -> Film:
        """Raises NoFilmOfDay where nothing happened."""
        film = self._films.pop(day, None)
        if film is None:
            recorded = self._hall.events_of(day)
            if not recorded:
                raise NoFilmOfDay(day=day.isoformat())
            film = Film(day, recorded, self._rules_on(day, self._hall.usual_rules))
        elif (newer := self._hall.events(after=film.length)) and newer[0].day == day:
            film.go_on_with(newer)
        self._films[day] = film  # watched last
        for oldest in list(self._films)[:-KEPT]:
            del self._films[oldest]
        return film

    def look(self, day: date, at: datetime, question: Callable[[HallDay, datetime], Answer]) -> Answer:
        answer: Answer = self._off_hub(self.of(day).look, at, question)
        return answer
