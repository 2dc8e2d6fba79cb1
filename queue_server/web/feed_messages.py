"""What the feed says of an event, and to whom: all to staff, the hall's business to displays, a phone its own.

Pure. `after` shows the touched things as they are after the event, so that a screen replaces what it holds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Ticket
from queue_server.stores.base import Recorded
from queue_server.stores.codec import body_of, name_of
from queue_server.web.views import (
    Json,
    desk_view,
    desk_views,
    help_views,
    iso,
    notice_views,
    public_ticket_view,
    ticket_view,
    zone_state_view,
)

NameOf = Callable[[str], str]

# The fields of an event that everybody in the hall may see. Events that are not here are staff's alone.
PUBLIC_FIELDS: dict[str, tuple[str, ...]] = {
    "ticket_issued": ("ticket", "zone", "care"),
    "ticket_called": ("ticket", "counter", "attempt"),
    "service_started": ("ticket", "counter"),
    "service_held": ("ticket", "counter"),
    "service_resumed": ("ticket", "counter"),
    "service_ended": ("ticket", "counter"),
    "ticket_parked": ("ticket", "counter"),
    "ticket_missed": ("ticket", "counter"),
    "ticket_no_show": ("ticket",),
    "served_by_hand": ("ticket",),
    "minutes_asked": ("ticket",),
    "ticket_returned": ("ticket",),
    "ticket_transferred": ("ticket", "zone", "from_zone", "for_counter"),
    "transfer_undone": ("ticket", "zone", "counter", "stage"),
    "ticket_abandoned": ("ticket",),
    "step_undone": ("ticket", "counter", "stage"),
    "desk_opened": ("counter",),
    "desk_paused": ("counter",),
    "desk_closed": ("counter",),
    "zone_closed": ("zone", "notice"),
    "zone_reopened": ("zone",),
    "hours_extended": ("closes",),
    "counter_changed": ("counter", "zone", "added"),
    "counter_restored": ("counter",),
    "ticket_called_back": ("ticket", "counter", "zone"),
    "notice_put_up": ("notice", "text_zh", "text_en", "speak", "until", "emergency"),
    "notice_taken_down": ("notice", "text_zh", "text_en", "speak", "until", "emergency"),
    "reserve_opened": ("counter",),
    "reserve_closed": ("counter",),
    "day_closed": (),
    "day_reopened": (),
}
# In the log so that the hall can act on them, and told to nobody: a booking's code admits whoever has it, and the mark
# of a phone would tie its numbers together.
NEVER_TOLD = frozenset({"holder", "booking"})
# What a visitor's phone hears of its own ticket beyond that.
OWN_FIELDS: dict[str, tuple[str, ...]] = {
    **PUBLIC_FIELDS,
    "feedback_given": ("ticket", "level", "handling"),
    "help_asked": ("ticket",),
    "help_answered": ("place",),
    "service_added": ("ticket", "service"),
    "service_dropped": ("ticket", "service"),
    "presence_asked": ("ticket",),
    "presence_confirmed": ("ticket",),
    "on_the_way_said": ("ticket",),
    "supervisor_asked": ("ticket",),
    "supervisor_answered": ("ticket",),
}
# What a kiosk hears of the papers it asked for and of its own call for help.
KIOSK_FIELDS: dict[str, tuple[str, ...]] = {
    "paper_asked": ("ticket", "printer", "paper", "instead_of"),
    "paper_printed": ("ticket", "paper"),
    "paper_failed": ("ticket", "paper", "problem"),
    "help_asked": ("place",),
    "help_answered": ("place",),
}


OF_ALERTS = (e.AlertRaised, e.AlertEased, e.AlertTaken, e.AlertClosed)
FOR_SUPERVISORS = (e.FeedbackGiven, e.SupervisorAsked, e.SupervisorAnswered, *OF_ALERTS)
OF_NOTICES = (e.NoticePutUp, e.NoticeTakenDown)


def rearranges(event: e.Event) -> bool:
    """After it hours or counters are others: whoever remembers the hall reads it anew."""
    return isinstance(event, e.HoursExtended | e.CounterChanged | e.CounterRestored)


def setup_mark(held: int, day: HallDay) -> str:
    """Another one whenever another version of the setup holds, or hours or counters were changed for today."""
    return f"{held}+{day.rearranged}@{day.day}" if day.rearranged else str(held)


def is_for_every_phone(event: e.Event) -> bool:
    return isinstance(event, OF_NOTICES)


def is_of_alerts(event: e.Event) -> bool:
    return isinstance(event, OF_ALERTS)


def is_for_supervisors(event: e.Event) -> bool:
    """A mark is between the visitor and those who can mend things: who served never learns who gave it, or when.
    Alerts speak of marks and of officers."""
    return isinstance(event, FOR_SUPERVISORS)


def staff_message(recorded: Recorded, day: HallDay, name_of_person: NameOf) -> Json:
    event = recorded.event
    message = _head(recorded)
    message["actor"] = event.actor
    message.update((name, value) for name, value in body_of(event).items() if name not in NEVER_TOLD)
    message["after"] = _after_for_staff(event, day, name_of_person)
    return message


def public_message(recorded: Recorded, day: HallDay) -> Json | None:
    """For displays, kiosks and voices; None for what is none of theirs."""
    message = _chosen(recorded, PUBLIC_FIELDS)
    if message is None:
        return None
    after: Json = {}
    if ticket := ticket_of(recorded.event, day):
        after["ticket"] = public_ticket_view(ticket)
    if isinstance(recorded.event, e.ZoneClosed | e.ZoneReopened):
        after["zone"] = {"zone": recorded.event.zone, **zone_state_view(recorded.event.zone, day)}
    if isinstance(recorded.event, OF_NOTICES):
        after["notices"] = notice_views(day)
    message["after"] = after
    return message


def own_message(recorded: Recorded, day: HallDay) -> Json | None:
    """For the phone of the ticket that the event is about, and every phone when it is about the hall."""
    if isinstance(recorded.event, OF_NOTICES):
        return public_message(recorded, day)
    ticket = ticket_of(recorded.event, day)
    message = _chosen(recorded, OWN_FIELDS) if ticket else None
    if message is not None and ticket is not None:
        message["after"] = {"ticket": {**public_ticket_view(ticket), "feedback": ticket.feedback}}
    return message


def kiosk_message(recorded: Recorded, day: HallDay) -> tuple[str, Json] | None:
    """The kiosk it belongs to, and what that one hears beyond what everybody does."""
    message = _chosen(recorded, KIOSK_FIELDS)
    if message is None:
        return None
    event = recorded.event
    if isinstance(event, e.HelpAsked | e.HelpAnswered):
        message["after"] = {}
        return event.place, message
    if slip := day.slips.get(getattr(event, "ticket", "")):
        message["after"] = {}
        return _kiosk_of(slip.asked_by, message)
    ticket = ticket_of(event, day)
    if ticket is None:
        return None
    message["after"] = {"ticket": {**public_ticket_view(ticket), "paper": ticket.paper}}
    return _kiosk_of(ticket.channel, message)


def _kiosk_of(actor: str, message: Json) -> tuple[str, Json] | None:
    return (actor.removeprefix("kiosk:"), message) if actor.startswith("kiosk:") else None


def ticket_of(event: e.Event, day: HallDay) -> Ticket | None:
    """The ticket an event is about. Help asked from a phone has the ticket's number as its place."""
    number = getattr(event, "ticket", None) or getattr(event, "place", None)
    return day.tickets.get(number) if number is not None else None


def _head(recorded: Recorded) -> Json:
    event = recorded.event
    return {
        "seq": recorded.seq,
        "day": recorded.day.isoformat(),
        "name": name_of(event),
        "at": iso(event.at),
    }


def _chosen(recorded: Recorded, fields: dict[str, tuple[str, ...]]) -> Json | None:
    chosen = fields.get(name_of(recorded.event))
    if chosen is None:
        return None
    message = _head(recorded)
    body = body_of(recorded.event)
    for name in chosen:
        message[name] = body[name]
    return message


def _after_for_staff(event: e.Event, day: HallDay, name_of_person: NameOf) -> Json:
    after: Json = {}
    counter: Any = getattr(event, "counter", None)
    if ticket := ticket_of(event, day):
        after["ticket"] = ticket_view(ticket, day.rules.limits)
        counter = counter or ticket.counter
    if counter and (desk := day.desks.get(counter)):
        after["desk"] = desk_view(desk, day, name_of_person)
    if isinstance(event, e.DeskOpened | e.DeskPaused | e.DeskClosed | e.DayClosed | e.DayReopened):
        after["desks"] = desk_views(day, name_of_person)
    if isinstance(event, e.HelpAsked | e.HelpAnswered):
        after["help"] = help_views(day)
        after["by"] = name_of_person(event.actor.partition(":")[2])
    if isinstance(event, e.ReserveOpened | e.ReserveClosed):
        after["reserves"] = sorted(day.open_reserves)
    if isinstance(event, e.ZoneClosed | e.ZoneReopened):
        after["zone"] = {"zone": event.zone, **zone_state_view(event.zone, day)}
    if isinstance(event, OF_NOTICES):
        after["notices"] = notice_views(day)
    return after
