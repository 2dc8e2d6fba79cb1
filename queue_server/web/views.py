"""The hall's things as JSON, as docs/api.md says. Pure: values in, plain dicts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from queue_server.clock import HallClock
from queue_server.domain.hall_day import HallDay, HelpCall
from queue_server.domain.rules import Counter, HallRules, Limits
from queue_server.domain.ticket import Desk, Stage, Ticket
from queue_server.foresight.base import TicketForecast, WaitRange

if TYPE_CHECKING:
    from queue_server.hall_file_model import Voice
from queue_server.guidance.catalogue import Bilingual

Json = dict[str, Any]
RECENT_CALLS = 8
STILL_SHOWN = timedelta(minutes=15)  # how long a finished ticket stays on the floor's list


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def both(words: Bilingual) -> Json:
    return {"zh": words.zh, "en": words.en}


def said(words: Bilingual, language: str) -> str:
    return words.en if language == "en" else words.zh


# --- tickets


def ticket_view(ticket: Ticket, limits: Limits) -> Json:
    """Everything staff may know of a ticket."""
    return {
        "ticket": ticket.number,
        "number_on_paper": ticket.number_on_paper,
        "service": ticket.service,
        "zone": ticket.zone,
        "care": ticket.care,
        "language": ticket.language,
        "channel": ticket.channel,
        "stage": ticket.stage.value,
        "for_counter": ticket.for_counter,
        "counter": ticket.counter,
        "calls": ticket.calls,
        "first_arrival_at": iso(ticket.first_arrival_at),
        "called_at": iso(ticket.called_at),
        "started_at": iso(ticket.started_at),
        "held_at": iso(ticket.held_at),
        "ended_at": iso(ticket.ended_at),
        "missed_at": iso(ticket.missed_at),
        "outcome": ticket.outcome,
        "reason": ticket.reason,
        "came_back": ticket.came_back,
        "transfers": ticket.transfers,
        "bounced": ticket.bounced,
        "undo_until": iso(undo_until(ticket, limits)),
        "recall_from": iso(recall_from(ticket, limits)),
        "asked_for_help": ticket.asked_for_help_at is not None,
        "paper": ticket.paper,
        "issue": ticket.issue,
        "services_to_do": list(ticket.services_to_do),
        "services_done": [done.service for done in ticket.services_done],
        "people": ticket.people,
        "statutory": ticket.statutory,
        "slot": iso(ticket.slot),
        "promise": ticket.promise,
        "for_officer": ticket.for_officer,
        "put_first": ticket.front_at is not None,
        "missing": list(ticket.missing),
        "misses": ticket.misses,
        "presence": presence_of(ticket),
        "step_undo_until": iso(step_undo_until(ticket, limits)),
        "on_the_way": ticket.on_the_way_at is not None,
        "back_at": iso(ticket.back_at),
        "escort": ticket.escort,
        "place": ticket.place,
        "materials_checked": ticket.materials_checked_at is not None,
    }


def presence_of(ticket: Ticket) -> str:
    """unasked | asked | here: whether the visitor has said to be in the hall. No answer means nothing."""
    if ticket.presence_confirmed_at is not None:
        return "here"
    return "asked" if ticket.presence_asked_at is not None else "unasked"


def step_undo_until(ticket: Ticket, limits: Limits) -> datetime | None:
    """Until when its end, parking or miss can be taken back."""
    if ticket.before_step is None:
        return None
    return ticket.before_step.transferred_at + timedelta(seconds=limits.undo_within_seconds)


def undo_until(ticket: Ticket, limits: Limits) -> datetime | None:
    """Until when its last transfer can be undone."""
    if ticket.before_transfer is None or not ticket.is_waiting:
        return None
    return ticket.before_transfer.transferred_at + timedelta(seconds=limits.undo_within_seconds)


def recall_from(ticket: Ticket, limits: Limits) -> datetime | None:
    """From when it may be called again."""
    if ticket.stage is not Stage.CALLED or ticket.called_at is None:
        return None
    pause = limits.recall_after_seconds + (limits.care_recall_extra_seconds if ticket.care else 0)
    return ticket.called_at + timedelta(seconds=pause)


def public_ticket_view(ticket: Ticket) -> Json:
    """What everybody in the hall may see. Never the service, never who asked for what."""
    return {
        "ticket": ticket.number,
        "zone": ticket.zone,
        "stage": ticket.stage.value,
        "counter": ticket.counter,
        "calls": ticket.calls,
        "called_at": iso(ticket.called_at),
        "care": ticket.care,
    }


def visitor_ticket_view(ticket: Ticket, forecast: TicketForecast | None) -> Json:
    """What the visitor's own phone shows."""
    return {
        "ticket": ticket.number,
        "zone": ticket.zone,
        "stage": ticket.stage.value,
        "counter": ticket.counter if ticket.is_at_a_counter else ticket.for_counter,
        "calls": ticket.calls,
        "called_at": iso(ticket.called_at),
        "ahead": forecast.ahead if forecast else None,
        "wait": wait_view(forecast.wait) if forecast else None,
        "total": wait_view(forecast.total) if forecast else None,
        "feedback": ticket.feedback,
        "unrated": ticket.unrated,
        "asked_for_help": ticket.asked_for_help_at is not None,
        "services_to_do": list(ticket.services_to_do),
        "missing": list(ticket.missing),
        "promise": ticket.promise,
        "presence": presence_of(ticket),
        "on_the_way": ticket.on_the_way_at is not None,
        "back_at": iso(ticket.back_at),
        "supervisor": supervisor_of(ticket),
    }


def supervisor_of(ticket: Ticket) -> str:
    """no | asked | coming: whether a supervisor was wanted after a low mark. The visitor's own business."""
    if ticket.supervisor_asked_at is None:
        return "no"
    return "asked" if ticket.supervisor_answered_at is None else "coming"


def wait_view(wait: WaitRange | None) -> Json | None:
    return {"low": wait.low, "high": wait.high, "rough": wait.rough} if wait else None


# --- desks, zones, help


def desk_view(desk: Desk, day: HallDay, name_of: Callable[[str], str]) -> Json:
    current = day.at_counter(desk.counter)
    return {
        "counter": desk.counter,
        "zone": day.rules.counters[desk.counter].zone,
        "officer": desk.officer,
        "officer_name": name_of(desk.officer),
        "paused": desk.paused,
        "pause_reason": desk.pause_reason,
        "opened_at": iso(desk.opened_at),
        "idle_since": iso(desk.idle_since),
        "ticket": current.number if current else None,
    }


def desk_views(day: HallDay, name_of: Callable[[str], str]) -> list[Json]:
    return [desk_view(desk, day, name_of) for desk in day.desks.values()]


def zone_view(zone: str, day: HallDay, wait: WaitRange | None) -> Json:
    return {
        "zone": zone,
        "waiting": len(day.waiting_in.get(zone, ())),
        "wait": wait_view(wait),
        "open_desks": len(day.open_desks(zone)),
        **zone_state_view(zone, day),
    }


def zone_state_view(zone: str, day: HallDay) -> Json:
    return {"closed": zone in day.closed_zones, "notice": day.closed_zones.get(zone, "")}


def notice_views(day: HallDay) -> list[Json]:
    """The supervisor's words to everybody in the hall that hang now: emergencies, then the others, the newest first."""
    return [
        {
            "notice": notice.id,
            "zh": notice.text_zh,
            "en": notice.text_en,
            "speak": notice.speak,
            "emergency": notice.emergency,
            "put_up_at": iso(notice.put_up_at),
            "until": iso(notice.until),
        }
        for notice in sorted(reversed(day.notices.values()), key=lambda notice: not notice.emergency)
    ]


def help_view(call: HelpCall) -> Json:
    return {
        "place": call.place,
        "ticket": call.ticket,
        "question": call.question,
        "asked_at": iso(call.asked_at),
        "wanted": call.wanted,
        "counter": call.counter,
    }


def help_views(day: HallDay) -> list[Json]:
    return [help_view(call) for call in day.help_calls.values()]


# --- the board of the displays


def calls_now(day: HallDay) -> list[Json]:
    """Called and not yet at the counter, newest first."""
    called = [ticket for ticket in day.at_counter_now.values() if ticket.stage is Stage.CALLED]
    return [public_ticket_view(ticket) for ticket in newest_first(called)]


def recent_calls(day: HallDay) -> list[Json]:
    """The last calls that are no longer being called."""
    was_called = (t for t in day.tickets.values() if t.called_at and t.counter and t.stage is not Stage.CALLED)
    return [
        {"ticket": t.number, "counter": t.counter, "zone": t.zone, "called_at": iso(t.called_at)}
        for t in newest_first(t for t in was_called if not t.is_waiting)[:RECENT_CALLS]
    ]


def newest_first(tickets: Iterable[Ticket]) -> list[Ticket]:
    return sorted(tickets, key=lambda ticket: (ticket.called_at or ticket.first_arrival_at, ticket.issue), reverse=True)


def missed_now(day: HallDay) -> list[Json]:
    missed = [ticket for ticket in day.unfinished.values() if ticket.stage is Stage.MISSED]
    return [{"ticket": ticket.number, "zone": ticket.zone} for ticket in missed]


def served_now(day: HallDay) -> list[Json]:
    """Who is at which counter, for the screens above the counters."""
    served = (ticket for ticket in day.at_counter_now.values() if ticket.stage is not Stage.CALLED)
    return [{"ticket": ticket.number, "counter": ticket.counter} for ticket in served]


def public_desks(day: HallDay) -> list[Json]:
    """Which counters are open; never by whom, nor why one pauses."""
    return [{"counter": desk.counter, "paused": desk.paused} for desk in day.desks.values()]


def floor_tickets(day: HallDay, at: datetime) -> list[Json]:
    """Everybody in the building, and who has just left it."""
    limits = day.rules.limits
    over = [t for t in day.tickets.values() if t.is_over and t.ended_at and at - t.ended_at <= STILL_SHOWN]
    return [ticket_view(ticket, limits) for ticket in [*day.unfinished.values(), *over]]


# --- the hall


def clock_view(clock: HallClock, rules: HallRules) -> Json:
    return {
        "now": clock.now().isoformat(),
        "rate": clock.rate,
        "simulated": clock.simulated,
        "timezone": rules.timezone.key,
    }


def voice_view(voice: Voice) -> Json:
    """How the hall wants to be spoken to; each loudspeaker has what it does otherwise."""
    return voice.model_dump(mode="json")


def hours_view(rules: HallRules, at: datetime) -> Json:
    local = rules.local(at)
    spans = rules.hours.of(local.date())
    open_now = rules.hours.is_open(local)
    closes = next((until for opens, until in spans if opens <= local.time() < until), None)
    return {
        "today": [[f"{opens:%H:%M}", f"{until:%H:%M}"] for opens, until in spans],
        "open_now": open_now,
        "opens_at": None if open_now else iso(rules.hours.next_opening(local)),
        "closes_at": iso(datetime.combine(local.date(), closes, tzinfo=rules.timezone)) if closes else None,
    }


def counter_view(counter: Counter) -> Json:
    services = None if counter.services is None else sorted(counter.services)
    return {"id": counter.id, "zone": counter.zone, "services": services, "reserve": counter.reserve}
