"""Numbers that kiosks keep, and those they gave by themselves, as screens see them."""

from __future__ import annotations

from queue_server.domain.hall_day import HallDay, Lease
from queue_server.domain.numbers import whole_number
from queue_server.domain.ticket import Ticket
from queue_server.web.views import Json, iso


def lease_view(lease: Lease) -> Json:
    return {
        "lease": whole_number(lease.prefix, lease.first),
        "kiosk": lease.kiosk.partition(":")[2],
        "prefix": lease.prefix,
        "first": lease.first,
        "last": lease.last,
        "leased_at": iso(lease.leased_at),
        "revoked": lease.revoked,
        "handed_over": lease.handed_over,
    }


def lease_views(day: HallDay) -> list[Json]:
    """The newest first."""
    return [lease_view(lease) for lease in reversed(day.leases.values())]


def handed_over_views(day: HallDay) -> list[Json]:
    """What a kiosk gave alone and was not as it should be, the newest first; then what came after the day was over."""
    doubtful = [ticket for ticket in reversed(day.tickets.values()) if ticket.doubts]
    late = [{"ticket": number, "doubts": ["day_over"]} for number in reversed(day.handed_over_late)]
    return [_doubtful(ticket) for ticket in doubtful] + late


def to_look_at(day: HallDay) -> int:
    """How many numbers with doubts are of visitors who are still in the hall."""
    return sum(1 for ticket in day.tickets.values() if ticket.doubts and not ticket.is_over)


def _doubtful(ticket: Ticket) -> Json:
    return {
        "ticket": ticket.number,
        "number_on_paper": ticket.number_on_paper or ticket.number,
        "kiosk": ticket.channel.partition(":")[2],
        "taken_at": iso(ticket.first_arrival_at),
        "stage": ticket.stage.value,
        "is_here": not ticket.is_over,
        "doubts": list(ticket.doubts),
    }
