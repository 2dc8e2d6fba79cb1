"""The best time to come, in words: for the public page and for the kiosk's service page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from queue_server.domain.rules import HallRules, Purpose
from queue_server.foresight.base import WaitRange
from queue_server.foresight.best_time.keeper import ComingDays
from queue_server.foresight.best_time.outlook import Outlook, TimeToCome, best_time, is_worth_saying, still_to_come
from queue_server.web.words import word

A_WEEK = 6  # days within which a weekday's name says enough


def ways_of(service: str, coaching: bool, rules: HallRules) -> list[str]:
    """Zones in which this hall offers the service to somebody without priority, the staffed counter first."""
    counter, coached = rules.zone_for(Purpose.COUNTER), rules.zone_for(Purpose.COACHING) if coaching else None
    return [zone.id for zone in (counter, coached) if zone is not None]


def outlooks_now(said: ComingDays | None, service: str, zone: str, local: datetime) -> list[Outlook]:
    """What can still be chosen at this moment of the hall."""
    if said is None:
        return []
    return still_to_come(said.of(service, zone), local.date(), local.hour * 60 + local.minute)


def better_time(
    said: ComingDays | None, service: str, waits: dict[str, WaitRange | None], local: datetime, language: str
) -> str | None:
    """For somebody at the kiosk: a time that would save much waiting, whichever way they would choose; else None."""
    found: list[TimeToCome] = []
    for zone, wait in waits.items():
        time = best_time(outlooks_now(said, service, zone, local))
        if wait is None or time is None or not is_worth_saying(time, wait.low):
            return None
        found.append(time)
    if not found:
        return None
    return word("when.kiosk_better", language, time=written_time(found[0], local.date(), language),
                wait=written_wait(found[0].mean, language))  # fmt: skip


def written_time(time: TimeToCome, today: date, language: str) -> str:
    """周三 15:00 以后, 明天 9:00–10:30."""
    day = written_day(time.day, today, language)
    if time.until_closing:
        return word("when.after", language, day=day, begins=clock(time.begins))
    return word("when.between", language, day=day, begins=clock(time.begins), ends=clock(time.ends))


def written_day(day: date, today: date, language: str) -> str:
    ahead = (day - today).days
    if ahead in (0, 1):
        return word(f"when.ahead_{ahead}", language)
    weekday = word(f"when.weekday_{day.weekday()}", language)
    return weekday if ahead <= A_WEEK else word("when.dated", language, day=short_date(day, language), weekday=weekday)


def column_name(day: date, today: date, language: str) -> str:
    """As short as a column of a phone's table wants it."""
    return word("when.ahead_0" if day == today else f"when.weekday_{day.weekday()}", language)


def column_date(day: date, language: str) -> str:
    return f"{day.day} {day:%b}" if language == "en" else f"{day.month}/{day.day}"


def short_date(day: date, language: str) -> str:
    return f"{day.day} {day:%b}" if language == "en" else f"{day.month}月{day.day}日"


def written_wait(mean: float, language: str) -> str:
    return word("when.wait_none" if mean < 1 else "when.wait_about", language, minutes=round(mean))


def clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def busiest(outlooks: Sequence[Outlook], zone: str) -> Outlook | None:
    """Of the zone's groups the one that most people belong to: what is said of the zone where no service is named."""
    own = [one for one in outlooks if one.zone == zone]
    return max(own, key=lambda one: (sum(half.people for half in one.half_hours), len(one.services)), default=None)
