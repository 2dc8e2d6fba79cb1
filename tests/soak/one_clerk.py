"""Is the log what one clerk would have written who takes one wish after another? (Linearizable, precisely.)

1. The log's order is the clerk's order. Each wish in it, decided by the hall's rules on the day just before, gives
   exactly the events that stand there.
2. Real time is kept: a wish sent after an answer (or a page) was heard stands behind what that answer spoke of.
3. A page shows its counter as the day was at the page's own `seq`, which lies between question and answer.
4. A no was right at some point between question and answer: there the rules refuse the wish with the same code.

Moments are those of one clock, the clients'. A wish that had no answer at first counts as sent when it was sent first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate, groupby

from queue_server.domain import events as e
from queue_server.domain.apply import apply
from queue_server.domain.decide import decide
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import HallRules
from queue_server.stores.base import Recorded
from tests.soak.heard import Asked, Heard, Refused, Seen


def key_of(event: e.Event) -> str:
    """The Idempotency-Key of the wish that an event answers: a wish is named hand/verb/key."""
    return event.command.rsplit("/", 1)[-1]


class RealTime:
    """What must have been in the log at a moment, and what cannot have been yet."""

    def __init__(self, log: Sequence[Recorded], heard: Heard) -> None:
        self.first: dict[str, int] = {}
        for one in log:
            self.first.setdefault(key_of(one.event), one.seq)
        self._end = len(log)
        known = sorted((one.heard, one.seq) for one in (*heard.told, *heard.seen))
        self._heard_at = [moment for moment, _ in known]
        self._highest = list(accumulate((seq for _, seq in known), max))
        begun = sorted(((one.sent, self.first[one.key]) for one in heard.told if one.key in self.first), reverse=True)
        self._sent_at = [-moment for moment, _ in begun]
        self._lowest = list(accumulate((seq for _, seq in begun), min))

    def at_least(self, moment: float) -> int:
        """The last seq that somebody had heard of before."""
        place = bisect_left(self._heard_at, moment)
        return self._highest[place - 1] if place else 0

    def at_most(self, moment: float) -> int:
        """The seq before the first wish that was sent only after."""
        place = bisect_left(self._sent_at, -moment)
        return self._lowest[place - 1] - 1 if place else self._end


def contradictions(log: Sequence[Recorded], rules: HallRules, heard: Heard) -> Iterator[str]:
    time = RealTime(log, heard)
    yield from out_of_time(time, heard)
    yield from _Clerk(rules, heard, time).goes_through(log)


def out_of_time(time: RealTime, heard: Heard) -> Iterable[str]:
    for told in heard.told:
        before, first = time.at_least(told.sent), time.first.get(told.key, told.seq)
        if first <= before:
            yield f"{told.key} was sent when seq {before} was known, and stands before it at {first}"
    for seen in heard.seen:
        least, most = time.at_least(seen.sent), time.at_most(seen.heard)
        if not least <= seen.seq <= most:
            yield f"a page of counter {seen.counter} shows seq {seen.seq}, and must be of {least} to {most}"


class _Clerk:
    def __init__(self, rules: HallRules, heard: Heard, time: RealTime) -> None:
        self._rules = rules
        self._asked = heard.asked
        self._done: set[str] = set()
        self._pages: defaultdict[int, list[Seen]] = defaultdict(list)
        for seen in heard.seen:
            self._pages[seen.seq].append(seen)
        windows = [(time.at_least(one.sent), time.at_most(one.heard), one) for one in heard.refused if one.code]
        self._noes = sorted(windows, key=lambda window: window[0], reverse=True)
        self._open: list[tuple[int, Refused]] = []  # not yet justified: until which seq it may be

    def goes_through(self, log: Sequence[Recorded]) -> Iterator[str]:
        day = HallDay(self._rules, log[0].day)
        for command, group in groupby(log, key=lambda one: one.event.command):
            events = [one.event for one in group]
            yield from self._looks(day, events[0].at)
            yield from self._decides(command, events, day)
            for event in events:
                apply(day, event)
        assert day.last_at is not None
        yield from self._looks(day, day.last_at)
        for seq, pages in self._pages.items():
            yield f"a page of counter {pages[0].counter} shows seq {seq}, which is in the middle of a wish"
        for _, one in [*self._open, *((most, no) for _, most, no in self._noes)]:
            yield f"{one.key} was refused with {one.code}, for which there was no moment"

    def _decides(self, command: str, events: Sequence[e.Event], day: HallDay) -> Iterator[str]:
        asked = self._asked.get(key_of(events[0]))
        if asked is None:  # of the hall itself
            return
        if asked.key in self._done:
            yield f"{asked.key} is in the log a second time at {day.seq + 1}"
        self._done.add(asked.key)
        wish = asked.kind(id=command, actor=events[0].actor, **asked.fields)
        try:
            right = decide(wish, day, events[0].at)
        except Refusal as refusal:
            yield f"{asked.key} at {day.seq + 1} should have been refused with {refusal.code}"
            return
        if right != events:
            yield f"{asked.key} at {day.seq + 1} is {events}, and should be {right}"

    def _looks(self, day: HallDay, next_at: datetime) -> Iterator[str]:
        """At a day between two wishes: pages of that seq, and refusals that may be of it."""
        for seen in self._pages.pop(day.seq, ()):
            present = day.at_counter(seen.counter)
            shown = (present.number, present.stage.value) if present else (None, None)
            if (seen.ticket, seen.stage) != shown:
                yield f"a page of counter {seen.counter} at seq {seen.seq} shows {seen.ticket}, and there is {shown}"
        while self._noes and self._noes[-1][0] <= day.seq:
            _, most, one = self._noes.pop()
            self._open.append((most, one))
        moments = {next_at, day.last_at or next_at}
        self._open = [(most, one) for most, one in self._open if not any(self._refuses(one, day, at) for at in moments)]
        for most, one in self._open:
            if most < day.seq:
                yield f"{one.key} was refused with {one.code}, for which there was no moment up to {most}"
        self._open = [(most, one) for most, one in self._open if most >= day.seq]

    def _refuses(self, one: Refused, day: HallDay, at: datetime) -> bool:
        asked = self._asked[one.key]
        if one.code == "not_at_your_counter":
            return is_elsewhere(asked, day)
        try:
            decide(asked.command(), day, at)
        except Refusal as refusal:
            return refusal.code == one.code
        return False


def is_elsewhere(asked: Asked, day: HallDay) -> bool:
    """Officers act only on whoever is, or was last, at their own counter."""
    ticket = day.ticket(asked.fields["ticket"])
    own = next((desk.counter for desk in day.desks.values() if asked.actor.endswith(f":{desk.officer}")), None)
    return ticket is not None and (ticket.counter or ticket.for_counter) != own
