"""How many numbers a kiosk should keep for when it cannot reach the hall: by what it gave lately."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from math import ceil

from queue_server.domain.hall_day import HallDay
from queue_server.domain.numbers import split_number

LATELY = timedelta(minutes=60)


def kept_numbers(day: HallDay, kiosk: str) -> Counter[str]:
    """Letter → how many numbers this kiosk keeps, as far as the hall knows: some may be on paper already."""
    kept: Counter[str] = Counter()
    for lease in day.leases.values():
        if lease.kiosk == kiosk and not lease.revoked:
            kept[lease.prefix] += lease.last - lease.first + 1 - lease.handed_over
    return kept


def wanted_numbers(day: HallDay, kiosk: str, prefixes: set[str], at: datetime) -> dict[str, int]:
    """Letter → how many this kiosk (an actor) is to have in hand: enough for `lease_minutes` at the pace of its last
    hour and half as many again, never fewer than `lease_least`.
    """
    limits = day.rules.limits
    given: Counter[str] = Counter()
    for ticket in reversed(day.tickets.values()):
        if at - ticket.first_arrival_at > LATELY:
            break  # roughly in the order of arrival; a few handed over late change little
        if ticket.channel == kiosk:
            given[split_number(ticket.number)[0]] += 1
    per_minute = 1.5 / (LATELY.total_seconds() / 60)
    return {
        prefix: max(limits.lease_least, ceil(given[prefix] * per_minute * limits.lease_minutes))
        for prefix in sorted(prefixes)
    }
