"""The number itself, and how many people may stand behind one.

Numbers of a letter are given from 1 on; those that kiosks keep for when they are alone are a row of their own, from
`lease_from` on. Where the two rows meet each skips the other.
"""

from __future__ import annotations

from queue_server.domain.hall_day import HallDay
from queue_server.domain.numbers import LAST_NUMBER, whole_number
from queue_server.domain.refusals import NumbersUsedUp, TooManyPeople


def next_number(day: HallDay, prefix: str) -> str:
    """The letter and four digits. Raises NumbersUsedUp."""
    number = day.issued_by_prefix.get(prefix, 0) + 1
    kept_to = day.leased_by_prefix.get(prefix, 0)
    if day.rules.limits.lease_from <= number <= kept_to:
        number = kept_to + 1
    if number > LAST_NUMBER:
        raise NumbersUsedUp(prefix=prefix)
    return whole_number(prefix, number)


def numbers_to_keep(day: HallDay, prefix: str, count: int) -> tuple[int, int]:
    """The first and the last of some numbers for a kiosk. Raises NumbersUsedUp."""
    given_to = day.issued_by_prefix.get(prefix, 0)
    before = max(day.rules.limits.lease_from - 1, day.leased_by_prefix.get(prefix, 0))
    first = max(before, given_to) + 1 if given_to >= day.rules.limits.lease_from else before + 1
    if first > LAST_NUMBER:
        raise NumbersUsedUp(prefix=prefix)
    return first, min(first - 1 + count, LAST_NUMBER)


def people_on_one_number(people: int, day: HallDay) -> int:
    """A family or group on one number. Raises TooManyPeople."""
    most = day.rules.limits.people_per_ticket
    if not 1 <= people <= most:
        raise TooManyPeople(people=people, most=most)
    return people
