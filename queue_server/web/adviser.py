"""Looks ahead in the background, tries what could help when trouble is foreseen, and keeps what became of advice."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.foresight.acts import Act, break_of, spans_at
from queue_server.foresight.advice import Trouble, helps, sensible_acts, troubles, what_happened
from queue_server.foresight.what_if import REPETITIONS, Outlook, Variant
from queue_server.foresight.worker_client import ForecastAway
from queue_server.reports.advice_book import ACCEPTED, DECLINED, LAPSED, OPEN, Advice, AdviceBook
from queue_server.service.hall import Hall
from queue_server.web.staffing_desk import Categories, Comparison, StaffingDesk

LOOKS_EVERY = timedelta(minutes=3)  # of the hall's time
LOOKS_EVERY_SECONDS = 20.0  # and of the world's: in a demo the hall's time runs faster
ANSWERED_WITHIN = timedelta(minutes=20)  # then the hall is another one, and the advice lapses
QUIET_AFTER_YES = timedelta(minutes=20)  # until what was done shows
NOT_AGAIN_WITHIN = timedelta(minutes=90)  # after a no, the same is not advised again
SEEN_WITHIN = timedelta(minutes=30)  # in which an act that was accepted is looked for in the log
TRYING, TRYING_SECONDS = 60, 10.0  # lives of each act that is tried


class Adviser:
    """`look()` now and then, in the background; it may take some seconds. `state`: how the last look went; watching,
    away (the simulation cannot be asked), without (the hall has none)."""

    def __init__(self, hall: Hall, desk: StaffingDesk, book: AdviceBook, categories: Callable[[], Categories]) -> None:
        self._hall = hall
        self._desk = desk
        self._book = book
        self._categories = categories
        self._looked_at: datetime | None = None
        self.state = "watching"

    # --- for who asks

    def of_today(self) -> list[Advice]:
        return self._book.of_day(self._hall.read(lambda day, _: day.day))

    def find(self, id: str) -> Advice | None:
        return next((one for one in self.of_today() if one.id == id), None)

    def decide(self, advice: Advice, accepted: bool, by: str, reason: str = "") -> Advice:
        at = self._hall.read(lambda _, at: at)
        return self._book.decide(advice, ACCEPTED if accepted else DECLINED, at, by, reason)

    # --- looking ahead

    def look(self) -> None:
        day, at = self._hall.read(lambda day, at: (day, at))
        advices = [self._followed(one, day, at) for one in self._book.of_day(day.day)]
        lately = self._looked_at is not None and timedelta(0) <= at - self._looked_at < LOOKS_EVERY
        if lately or day.is_over or not _has_anything_to_say(day) or _is_settled(advices, at):
            return
        self._looked_at = at
        try:
            self._advise(advices)
            self.state = "watching"
        except ForecastAway as away:
            self.state = "without" if away.code == "forecast_without" else "away"

    def _advise(self, advices: Sequence[Advice]) -> None:
        found = self._desk.compare([], TRYING, TRYING_SECONDS)
        limit = float(self._hall.rules.limits.wait_act_minutes)
        for trouble in troubles(found.compared.before, found.groups, limit)[:2]:
            acts = self._hall.read(lambda day, at, t=trouble: self._worth_trying(t, day, at))  # type: ignore[misc]
            acts = [one for one in acts if not _was_refused(one[0], advices, found.at)]
            if acts and (best := self._best_of(trouble, acts, limit)) is not None:
                if not _is_settled(self._book.of_day(best.day), best.at):  # another process may have been first
                    self._book.put(best)
                return

    def _worth_trying(self, trouble: Trouble, day: HallDay, at: datetime) -> list[tuple[Act, str]]:
        asked = self._desk.asked_now(day, at)
        breaks = {
            counter: found[1][0]
            for place, counter in enumerate(asked.counters)
            if (found := break_of(spans_at(asked.scenario, place))) is not None
        }
        return sensible_acts(trouble, self._services(trouble.category), day, breaks)

    def _best_of(self, trouble: Trouble, acts: Sequence[tuple[Act, str]], limit: float) -> Advice | None:
        """Found with few lives of each act, then told with the many lives of the one: another chance, so that the
        luckiest of many is not taken for the best."""
        tried = self._desk.compare([[act] for act, _ in acts], TRYING, TRYING_SECONDS)
        good = [
            (variant.hours_saved.mean, place)
            for place, variant in enumerate(tried.compared.variants)
            if helps(trouble, tried.compared.before, variant, limit)
        ]
        if not good:
            return None
        act, category = acts[max(good)[1]]
        found = self._desk.compare([[act]], REPETITIONS)
        variant = found.compared.variants[0]
        if not helps(trouble, found.compared.before, variant, limit):
            return None
        return Advice(
            secrets.token_hex(8),
            found.day,
            found.at,
            trouble.kind,
            trouble.zone,
            trouble.category,
            {**asdict(act), "services": list(act.services) if act.services else None, "category": category or None},
            promised_by(trouble, found, variant),
        )

    # --- afterwards

    def _followed(self, advice: Advice, day: HallDay, at: datetime) -> Advice:
        """The advice as it stands by now: lapsed, seen to be done, known how it went."""
        found = advice
        if found.state == OPEN and (at - found.at > ANSWERED_WITHIN or day.is_over):
            found = replace(found, state=LAPSED)
        if found.state == ACCEPTED and found.made is None:
            found = replace(found, made=self._was_made(found, at))
        if found.happened is None and found.state != OPEN:
            happened = what_happened(day, found.zone, self._services(found.category), found.at, at)
            found = replace(found, happened=None if happened is None else asdict(happened))
        if found != advice:
            self._book.put(found)
        return found

    def _was_made(self, advice: Advice, at: datetime) -> bool | None:
        """Only opening a counter can be seen in the log."""
        if advice.act["kind"] != "open":
            return None
        counter = advice.act["counter"]
        opened = any(
            isinstance(one.event, e.DeskOpened)
            and one.event.counter == counter
            and advice.at <= one.event.at <= advice.at + SEEN_WITHIN
            for one in self._hall.events()
        )
        return opened or (False if at > advice.at + SEEN_WITHIN else None)

    def _services(self, category: str) -> frozenset[str]:
        return frozenset(self._categories().get(category, ()))


def promised_by(trouble: Trouble, found: Comparison, variant: Variant) -> dict[str, Any]:
    """As it is told, and as it is held against what then was. Minutes and people."""
    change = variant.longest[trouble.group]
    return {
        "before": _told(found.compared.before, trouble.group),
        "after": _told(variant.outlook, trouble.group),
        "longest_low": round(change.low),
        "longest_high": round(change.high),
        "hours_saved": round(variant.hours_saved.mean, 1),
        "left_before": round(found.compared.before.left_over.mean),
        "left_after": round(variant.outlook.left_over.mean),
        "repetitions": found.compared.repetitions,
        "measured_services": found.measured,
    }


def _told(outlook: Outlook, group: int) -> dict[str, int | None]:
    waits = outlook.groups[group]
    figures = {"people": waits.people, "median": waits.median, "p90": waits.p90, "longest": waits.longest}
    return {name: round(value) if value != float("inf") else None for name, value in figures.items()}


def _has_anything_to_say(day: HallDay) -> bool:
    return any(day.waiting(zone) for zone in day.rules.zones)


def _is_settled(advices: Sequence[Advice], at: datetime) -> bool:
    """One thing at a time: an answer is waited for, or what was just done has not shown yet."""
    return any(
        one.state == OPEN or (one.state == ACCEPTED and one.decided_at and at - one.decided_at < QUIET_AFTER_YES)
        for one in advices
    )


def _was_refused(act: Act, advices: Sequence[Advice], at: datetime) -> bool:
    """The same counter, or more people for the same zone, was said no to lately, or nobody answered."""

    def same(one: Advice) -> bool:
        return (one.act["kind"], one.act["counter"], one.act["zone"]) == (act.kind, act.counter, act.zone)

    return any(one.state in (DECLINED, LAPSED) and at - one.at < NOT_AGAIN_WITHIN and same(one) for one in advices)
