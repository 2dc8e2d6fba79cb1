"""The number itself, and how many people may stand behind one."""

from __future__ import annotations

from queue_server.domain.hall_day import HallDay
from queue_server.domain.numbers import LAST_NUMBER, whole_number
from queue_server.domain.refusals import NumbersUsedUp, TooManyPeople


def next_number(day: HallDay, prefix: str) -> str:
    """The letter and four digits, counting from 1 each day."""
    number = day.issued_by_prefix.get(prefix, 0) + 1
    if number > LAST_NUMBER:
        raise NumbersUsedUp(prefix=prefix)
    return whole_number(prefix, number)


def people_on_one_number(people: int, day: HallDay) -> int:
    """A family or group on one number. Raises TooManyPeople."""
    most = day.rules.limits.people_per_ticket
    if not 1 <= people <= most:
        raise TooManyPeople(people=people, most=most)
    return people
