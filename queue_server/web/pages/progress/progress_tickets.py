"""The ticket behind a link, or one calm answer for every link that opens nothing."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.hall_day import HallDay
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.progress_link import ProgressLinks, TicketOfLink
from queue_server.web.security import address, limit


class UnknownLink(ApiError):
    """Wrong, of another day, or never made: one answer for all, so that nobody learns which."""

    def __init__(self) -> None:
        super().__init__(404, "unknown_link")


def find(link: str, links: ProgressLinks | None = None) -> TicketOfLink:
    """The ticket of today behind the link. Whoever tries many wrong ones has to wait; right ones always open."""
    context = here()
    links = links or context.progress_links

    def ticket_of_today(day: HallDay, at: datetime) -> TicketOfLink | None:
        found = links.read(link, day.day)
        return found if found and found.day == day.day and found.ticket in day.tickets else None

    found = context.hall.read(ticket_of_today)
    if found is None:
        limit("wrong_link", address(), context.limits.wrong_links_per_address)
        raise UnknownLink
    return found


def language_of(found: TicketOfLink) -> str:
    """The one in which the visitor took the number."""
    language: str = here().hall.read(lambda day, at: day.tickets[found.ticket].language)
    return language
