"""What is arranged otherwise for this day alone: hours, counters, a visitor called back."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact, leave_queue, wait
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import Counter
from queue_server.domain.ticket import Stage


@fact
def _(event: e.HoursExtended, day: HallDay) -> None:
    hours = day.rules.hours
    others = {date: spans for date, spans in hours.other_days.items() if date != day.day}
    usual = replace(hours, other_days=others).of(day.day)
    if event.closes is not None and usual:
        closes = day.rules.local(event.closes).time()
        others[day.day] = _longer(usual, closes)
    day.work_by(replace(day.rules, hours=replace(hours, other_days=others)))
    day.rearranged += 1


def _longer(usual: tuple[tuple[time, time], ...], closes: time) -> tuple[tuple[time, time], ...]:
    *earlier, (opens, _) = usual
    return (*earlier, (opens, closes))


@fact
def _(event: e.CounterChanged, day: HallDay) -> None:
    """A zone or service that the hall's setup has given up since is left out: the setup was changed later."""
    day.rearranged += 1
    if event.zone not in day.rules.zones:
        return
    services = frozenset(event.services) & day.rules.services.keys() or None
    before = day.rules.counters.get(event.counter)
    if event.added:
        day.added_counters.add(event.counter)
        day.open_reserves.add(event.counter)
    elif before is not None:
        day.usual_counters.setdefault(event.counter, before)
    changed = replace(before or Counter(event.counter, event.zone, reserve=True), zone=event.zone, services=services)
    day.work_by(replace(day.rules, counters={**day.rules.counters, event.counter: changed}))


@fact
def _(event: e.CounterRestored, day: HallDay) -> None:
    day.rearranged += 1
    if usual := day.usual_counters.pop(event.counter, None):
        day.work_by(replace(day.rules, counters={**day.rules.counters, event.counter: usual}))


@fact
def _(event: e.TicketCalledBack, day: HallDay) -> None:
    """What it waited for what was done stays counted; what it waits now begins now."""
    ticket = day.tickets[event.ticket]
    leave_queue(day, ticket)
    if ticket.stage is Stage.SERVED and ticket.served_call_at is not None:
        ticket.waited += ticket.served_call_at - (ticket.wait_from or ticket.first_arrival_at)
    ticket.wait_from = ticket.front_at = event.at
    ticket.zone = event.zone
    ticket.for_counter, ticket.for_officer = event.counter, None
    ticket.before_step = ticket.before_transfer = None
    ticket.started_at = ticket.ended_at = ticket.reason = ticket.missed_at = None
    ticket.calls = 0
    day.unfinished[ticket.number] = ticket
    if ticket.holder is not None:
        day.held_by.setdefault(ticket.holder, {})[ticket.number] = ticket
    wait(day, ticket)
