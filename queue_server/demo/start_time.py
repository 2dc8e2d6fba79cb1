"""When the demo's day begins: a newcomer who starts it at midnight should still meet an open hall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from queue_server.domain.rules import HallRules

AT_LEAST = timedelta(hours=2)  # of opening time left, or a fresh demo begins with the next opening


def demo_start(rules: HallRules, now: datetime, last_day: date | None, last_at: datetime | None) -> datetime:
    """The demo clock's first moment: now if the hall is open for a while yet, else the next opening.

    Never before the last event in the log, and never on a day that is over (`last_day` closed at `last_at`).
    """
    start = max(now, last_at) if last_at else now
    if last_day is not None and rules.day_of(start) < last_day:
        start = datetime.combine(last_day, time(0), tzinfo=rules.timezone)
    local = rules.local(start)
    closes = rules.hours.closing_time(local.date())
    if closes and rules.hours.is_open(local):
        end = datetime.combine(local.date(), closes, tzinfo=rules.timezone)
        goes_on = last_at is not None and rules.day_of(last_at) == local.date()  # today's tickets are not left behind
        if goes_on or end - local >= AT_LEAST:
            return start.astimezone(UTC)
        local = end
    opening = rules.hours.next_opening(local)
    return (opening or local).astimezone(UTC)
