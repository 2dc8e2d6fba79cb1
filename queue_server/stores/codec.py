"""The stored shape of events: a stable name, a version, plain JSON. Nobody else knows it.

Never a class path: renaming a class must not break last year's data. When an event changes, raise its version here
and lift the older one in LIFTS; stored events are never migrated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, get_type_hints

import orjson
from msgspec.structs import asdict

from queue_server.domain import events as e

EVENTS: dict[str, type[e.Event]] = {
    "ticket_issued": e.TicketIssued,
    "paper_asked": e.PaperAsked,
    "paper_printed": e.PaperPrinted,
    "paper_failed": e.PaperFailed,
    "ticket_called": e.TicketCalled,
    "service_started": e.ServiceStarted,
    "service_held": e.ServiceHeld,
    "service_resumed": e.ServiceResumed,
    "service_ended": e.ServiceEnded,
    "ticket_parked": e.TicketParked,
    "ticket_missed": e.TicketMissed,
    "ticket_no_show": e.TicketNoShow,
    "ticket_returned": e.TicketReturned,
    "ticket_transferred": e.TicketTransferred,
    "transfer_undone": e.TransferUndone,
    "ticket_abandoned": e.TicketAbandoned,
    "feedback_given": e.FeedbackGiven,
    "help_asked": e.HelpAsked,
    "help_answered": e.HelpAnswered,
    "desk_opened": e.DeskOpened,
    "desk_paused": e.DeskPaused,
    "desk_closed": e.DeskClosed,
    "zone_closed": e.ZoneClosed,
    "zone_reopened": e.ZoneReopened,
    "alert_raised": e.AlertRaised,
    "alert_eased": e.AlertEased,
    "alert_taken": e.AlertTaken,
    "alert_closed": e.AlertClosed,
    "day_closed": e.DayClosed,
    "tomorrow_promised": e.TomorrowPromised,
    "list_asked": e.ListAsked,
    "booking_missed": e.BookingMissed,
    "service_added": e.ServiceAdded,
    "service_dropped": e.ServiceDropped,
    "step_undone": e.StepUndone,
    "presence_asked": e.PresenceAsked,
    "presence_confirmed": e.PresenceConfirmed,
    "reserve_opened": e.ReserveOpened,
    "reserve_closed": e.ReserveClosed,
    "hours_extended": e.HoursExtended,
    "counter_changed": e.CounterChanged,
    "counter_restored": e.CounterRestored,
    "ticket_called_back": e.TicketCalledBack,
    "notice_put_up": e.NoticePutUp,
    "notice_taken_down": e.NoticeTakenDown,
    "day_reopened": e.DayReopened,
    "minutes_asked": e.MinutesAsked,
    "on_the_way_said": e.OnTheWaySaid,
    "escort_taken": e.EscortTaken,
    "place_noted": e.PlaceNoted,
    "materials_checked": e.MaterialsChecked,
    "supervisor_asked": e.SupervisorAsked,
    "supervisor_answered": e.SupervisorAnswered,
    "numbers_leased": e.NumbersLeased,
    "lease_revoked": e.LeaseRevoked,
    "handed_over_late": e.HandedOverLate,
    "served_by_hand": e.ServedByHand,
}
NAMES = {event: name for name, event in EVENTS.items()}
VERSIONS: dict[str, int] = dict.fromkeys(EVENTS, 1) | {
    # 2: several services, groups, bookings, the closing-time promise; 3: what is missing; 4: given by a kiosk alone
    "ticket_issued": 4,
    "ticket_called": 2,  # the rule that chose it, and whom it passed over
    "service_ended": 2,  # the visit's next service; ends that were inferred
    "ticket_parked": 2,  # whose pool it returns to
    "ticket_transferred": 2,  # to an officer; first, fair or last
    "tomorrow_promised": 2,  # what is missing
}
ENVELOPE = ("at", "actor", "command")


def _fields_added(body: dict[str, Any]) -> dict[str, Any]:
    """Only fields were added, and what the old event meant is what their defaults say."""
    return body


# (name, version) -> the body one version later
LIFTS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("ticket_issued", 1): _fields_added,
    ("ticket_issued", 2): _fields_added,
    ("ticket_issued", 3): _fields_added,
    ("tomorrow_promised", 1): _fields_added,
    ("ticket_called", 1): _fields_added,
    ("service_ended", 1): _fields_added,
    ("ticket_parked", 1): _fields_added,
    ("ticket_transferred", 1): _fields_added,
}

MOMENTS = (datetime, datetime | None)
_HINTS = {event: get_type_hints(event) for event in NAMES}
_BODY = {event: tuple(name for name in event.__struct_fields__ if name not in ENVELOPE) for event in NAMES}
_DATES = {event: tuple(name for name in _BODY[event] if _HINTS[event][name] in MOMENTS) for event in NAMES}
_TUPLES = {event: tuple(name for name in _BODY[event] if _HINTS[event][name] == tuple[str, ...]) for event in NAMES}


class Stored(NamedTuple):
    """One event as a row: what is asked for by SQL stands alone, the rest is JSON."""

    name: str
    version: int
    at: str
    actor: str
    command: str
    body: str


def name_of(event: e.Event) -> str:
    return NAMES[type(event)]


def body_of(event: e.Event) -> dict[str, Any]:
    """The event's own fields as plain JSON values."""
    body = asdict(event)
    for name in ENVELOPE:
        del body[name]
    for name in _DATES[type(event)]:
        if body[name] is not None:
            body[name] = body[name].isoformat()
    return body


def encode(event: e.Event) -> Stored:
    name = name_of(event)
    body = orjson.dumps(body_of(event)).decode()
    return Stored(name, VERSIONS[name], event.at.isoformat(), event.actor, event.command, body)


def decode(stored: Stored) -> e.Event:
    """The event a row says. Raises ValueError for a name or version this program does not know."""
    kind = EVENTS.get(stored.name)
    if kind is None or stored.version > VERSIONS[stored.name]:
        raise ValueError(
            f"The log holds {stored.name} version {stored.version}, which this version of Xinting cannot read. "
            "Start the newer version that wrote it."
        )
    body = orjson.loads(stored.body)
    for version in range(stored.version, VERSIONS[stored.name]):
        body = LIFTS[stored.name, version](body)
    for name in _DATES[kind]:
        if body.get(name) is not None:
            body[name] = datetime.fromisoformat(body[name])
    for name in _TUPLES[kind]:
        if name in body:
            body[name] = tuple(body[name])
    return kind(at=datetime.fromisoformat(stored.at), actor=stored.actor, command=stored.command, **body)
