"""The rows of the report tables, made from one hall day. Moments are in the hall's own time, durations in minutes.

Nothing personal: no mark of a phone, no booking's code, nothing that was said. What a figure means is decided in
`domain/measures`; here it only gets a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import (
    feedback_measures,
    hall_measures,
    mean,
    minutes,
    percentile,
    service_time,
    wait_time,
)
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import ServiceDone, Ticket
from queue_server.foresight.ledger import is_foreseeable, served_that_day
from queue_server.stores.base import Recorded

Row = dict[str, object]

# by the first part of who asked, as `kiosk:K1`
CHANNELS = {"kiosk": "kiosk", "visitor": "phone", "phone": "phone", "hall": "hall"}


class Walks:
    """From which call to which start people walked; the ticket itself remembers only its latest."""

    def __init__(self) -> None:
        self._called_at: dict[tuple[str, datetime], datetime] = {}

    def note(self, event: e.Event, day: HallDay) -> None:
        """After the event was applied."""
        if isinstance(event, e.ServiceStarted):
            called_at = day.tickets[event.ticket].served_call_at
            if called_at is not None:
                self._called_at[event.ticket, event.at] = called_at

    def of(self, ticket: str, started_at: datetime) -> timedelta | None:
        called_at = self._called_at.get((ticket, started_at))
        return None if called_at is None else started_at - called_at


def visit_row(ticket: Ticket, day: HallDay, walks: Walks) -> Row:
    started = [done.started_at for done in ticket.services_done]
    if ticket.started_at is not None and ticket.started_at not in started:
        started.append(ticket.started_at)  # the service under way
    walked = [walk for one in started if (walk := walks.of(ticket.number, one)) is not None]
    asked = [done.service for done in ticket.services_done]
    asked += [] if ticket.is_over and asked else [ticket.service]
    was_called = ticket.first_called_at is not None
    return {
        "day": day.day.isoformat(),
        "ticket": ticket.number,
        "service": asked[0],
        "services": " ".join([*asked, *ticket.services_to_do]),
        "zone": ticket.zone,
        "channel": channel_kind(ticket.channel),
        "care": ticket.care,
        "booked": ticket.booking is not None,
        "people": ticket.people,
        "promise": ticket.promise,
        "arrival": moment(ticket.first_arrival_at, day.rules),
        "first_call": moment(ticket.first_called_at, day.rules),
        "started": moment(min(started, default=None), day.rules),
        "ended": moment(ticket.ended_at, day.rules),
        "wait_minutes": wait_time(ticket, ticket.ended_at) if ticket.ended_at else None,
        "walk_minutes": minutes(sum(walked, timedelta(0))) if walked else None,
        "service_minutes": service_time(ticket),
        "stage": ticket.stage.value,
        "outcome": ticket.outcome,
        "called": was_called,
        "missed": ticket.misses,
        "transfers": ticket.transfers,
        "bounced": ticket.bounced,
        "feedback": ticket.feedback,
        "kiosk": ticket.channel.partition(":")[2] if channel_kind(ticket.channel) == "kiosk" else "",
        "foreseeable": is_foreseeable(ticket),
        "served_that_day": served_that_day(ticket),
    }


def service_rows(ticket: Ticket, day: HallDay, walks: Walks) -> Iterator[Row]:
    for place, done in enumerate(ticket.services_done, start=1):
        yield {
            "day": day.day.isoformat(),
            "ticket": ticket.number,
            "place": place,
            "service": done.service,
            "counter": done.counter,
            "started": moment(done.started_at, day.rules),
            "ended": moment(done.ended_at, day.rules),
            "walk_minutes": _walk_minutes(ticket, done, walks),
            "service_minutes": minutes(done.took),
            "outcome": done.outcome,
            "inferred": done.inferred,
            "officer": done.officer,
            "mark": _mark(ticket, place),
        }


def _mark(ticket: Ticket, place: int) -> int | None:
    """A mark of earlier versions is for the visit: it says something of one officer only where one service was all."""
    of_visit = ticket.marks.get(0) if len(ticket.services_done) == 1 else None
    return ticket.marks.get(place, of_visit)


def _walk_minutes(ticket: Ticket, done: ServiceDone, walks: Walks) -> float | None:
    walk = walks.of(ticket.number, done.started_at)
    return None if walk is None else minutes(walk)


def call_rows(recorded: Iterable[Recorded], rules: HallRules) -> Iterator[Row]:
    for one in recorded:
        event = one.event
        if isinstance(event, e.TicketCalled):
            yield {
                "day": one.day.isoformat(),
                "seq": one.seq,
                "at": moment(event.at, rules),
                "ticket": event.ticket,
                "counter": event.counter,
                "actor": event.actor,
                "attempt": event.attempt,
                "rule": event.rule,
                "passed_over": event.passed_over,
                "overtook_minutes": event.overtook_seconds / 60,
            }


def day_row(day: HallDay) -> Row:
    """The day as a whole. Waits are those of visits that are over."""
    at = day.last_at
    assert at is not None, "a day without events has no row"
    whole, marks = hall_measures(day, at), feedback_measures(day)
    over = [ticket for ticket in day.tickets.values() if ticket.is_over]
    waits = [wait_time(ticket, at) for ticket in over]
    services = [minutes(done.took) for ticket in day.tickets.values() for done in ticket.services_done]
    return {
        "day": day.day.isoformat(),
        "closed": day.is_over,
        "visits": len(day.tickets),
        "served": whole.served,
        "abandoned": whole.abandoned,
        "no_show": whole.no_show,
        "unfinished": len(day.unfinished),
        "bounced": whole.bounced,
        "transferred": sum(ticket.transfers > 0 for ticket in day.tickets.values()),
        "care": sum(ticket.care for ticket in day.tickets.values()),
        "bookings_missed": len(day.bookings_missed),
        "promised_tomorrow": day.promised_tomorrow,
        "services": len(services),
        "mean_wait_minutes": mean(waits),
        "p50_wait_minutes": percentile(waits, 0.5),
        "p90_wait_minutes": percentile(waits, 0.9),
        "mean_service_minutes": mean(services),
        "feedback": marks.count,
        "feedback_average": marks.average,
        "feedback_low": marks.low,
    }


def channel_kind(channel: str) -> str:
    """kiosk, phone, hall or staff: how the number was taken, not by whom."""
    return CHANNELS.get(channel.split(":", 1)[0], "staff")


def moment(at: datetime | None, rules: HallRules) -> str | None:
    return None if at is None else rules.local(at).isoformat(timespec="seconds")
