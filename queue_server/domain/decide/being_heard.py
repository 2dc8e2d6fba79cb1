"""Asking for a person, and saying how it was."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp, the_counter, the_ticket
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import (
    FeedbackGivenBefore,
    FeedbackNotUnderstood,
    FeedbackTooSoon,
    HelpNotAsked,
    MarkIsNotLow,
    SupervisorNotAsked,
)

LOW_MARKS = frozenset({1, 2})  # 差评
LEVELS = range(1, 6)  # GB/T 39734: 1 very dissatisfied … 5 very satisfied


@rule
def ask_for_help(command: c.AskForHelp, day: HallDay, at: datetime) -> list[e.Event]:
    if command.ticket is not None:
        the_ticket(day, command.ticket)
    if command.counter is not None:
        the_counter(day, command.counter)
    if command.place in day.help_calls:
        return []  # already asked and not yet answered: asking louder brings nobody sooner
    return [
        e.HelpAsked(
            **stamp(command, at),
            place=command.place,
            ticket=command.ticket,
            question=command.question,
            wanted=command.wanted,
            counter=command.counter,
        )
    ]


@rule
def answer_help(command: c.AnswerHelp, day: HallDay, at: datetime) -> list[e.Event]:
    if command.place not in day.help_calls:
        raise HelpNotAsked(place=command.place)
    return [e.HelpAnswered(**stamp(command, at), place=command.place)]


@rule
def ask_for_supervisor(command: c.AskForSupervisor, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket)
    if ticket.feedback not in LOW_MARKS:
        raise MarkIsNotLow(ticket=ticket.number)
    if ticket.supervisor_asked_at is not None:
        return []
    return [e.SupervisorAsked(**stamp(command, at), ticket=ticket.number)]


@rule
def answer_supervisor_call(command: c.AnswerSupervisorCall, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket)
    if ticket.supervisor_asked_at is None:
        raise SupervisorNotAsked(ticket=ticket.number)
    if ticket.supervisor_answered_at is not None:
        return []
    return [e.SupervisorAnswered(**stamp(command, at), ticket=ticket.number)]


@rule
def give_feedback(command: c.GiveFeedback, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket)
    if command.level not in LEVELS:
        raise FeedbackNotUnderstood(level=command.level)
    done, unrated = len(ticket.services_done), ticket.unrated
    handling = command.handling or next(iter(unrated), done)
    if not 1 <= handling <= done:
        raise FeedbackTooSoon(ticket=ticket.number)
    if handling not in unrated:
        raise FeedbackGivenBefore(ticket=ticket.number)
    return [
        e.FeedbackGiven(
            **stamp(command, at),
            ticket=ticket.number,
            level=command.level,
            reasons=command.reasons,
            with_words=command.with_words,
            handling=handling,
        )
    ]
