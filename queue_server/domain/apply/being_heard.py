"""Marks and calls for help."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.apply.base import fact
from queue_server.domain.hall_day import HallDay, HelpCall


@fact
def _(event: e.FeedbackGiven, day: HallDay) -> None:
    day.tickets[event.ticket].marks[event.handling] = event.level


@fact
def _(event: e.SupervisorAsked, day: HallDay) -> None:
    day.tickets[event.ticket].supervisor_asked_at = event.at


@fact
def _(event: e.SupervisorAnswered, day: HallDay) -> None:
    day.tickets[event.ticket].supervisor_answered_at = event.at


@fact
def _(event: e.HelpAsked, day: HallDay) -> None:
    day.help_calls[event.place] = HelpCall(
        event.place, event.ticket, event.question, event.at, event.wanted, event.counter
    )
    if event.ticket is not None:
        day.tickets[event.ticket].asked_for_help_at = event.at


@fact
def _(event: e.HelpAnswered, day: HallDay) -> None:
    call = day.help_calls.pop(event.place)
    if call.ticket is not None:
        day.tickets[call.ticket].asked_for_help_at = None
