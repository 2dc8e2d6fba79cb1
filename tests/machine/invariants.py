"""What holds of a hall day at every moment, whatever happened. Each says it from the log or from scratch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.domain.lines import Kind, kind_of, place_in_line
from queue_server.domain.rules import HallRules
from queue_server.domain.ticket import AT_A_COUNTER, Ticket


def no_number_is_given_twice(events: Sequence[e.Event], day: HallDay) -> None:
    numbers = [event.ticket for event in events if isinstance(event, e.TicketIssued)]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == set(day.tickets)  # none lost


def everybody_is_in_one_place(day: HallDay) -> None:
    for ticket in day.tickets.values():
        queues = [zone for zone, waiting in day.waiting_in.items() if ticket.number in waiting]
        assert queues == ([ticket.zone] if ticket.is_waiting else [])
        counters = [counter for counter, present in day.at_counter_now.items() if present is ticket]
        assert counters == ([ticket.counter] if ticket.stage in AT_A_COUNTER else [])
        assert (ticket.number in day.unfinished) is not ticket.is_over


def the_lines_are_those_who_wait(day: HallDay) -> None:
    for zone, waiting in day.waiting_in.items():
        lines = day.lines[zone].by_kind
        assert all(lines.values())  # none is empty
        assert {kind: list(line) for kind, line in lines.items()} == _in_lines(waiting.values())


def _in_lines(tickets: Iterable[Ticket]) -> dict[Kind, list[Ticket]]:
    """The lines as one would make them from nothing."""
    lines: dict[Kind, list[Ticket]] = {}
    for ticket in sorted(tickets, key=place_in_line):
        lines.setdefault(kind_of(ticket), []).append(ticket)
    return lines


def the_priority_budget_is_kept(events: Iterable[e.Event], rules: HallRules) -> None:
    """At each counter, of so many calls in a row at most one passes others over."""
    since: dict[str, int] = {}
    for event in events:
        # nobody else could have been called instead of a visit that goes on, or of somebody without a number
        if not isinstance(event, e.TicketCalled) or event.attempt > 1 or event.rule in {"continues", "direct"}:
            continue
        if event.passed_over is not None:
            assert since.get(event.counter, rules.limits.priority_one_in) >= rules.limits.priority_one_in - 1
            since[event.counter] = 0
        elif event.counter in since:
            since[event.counter] += 1


def time_never_runs_backward(events: Sequence[e.Event]) -> None:
    moments = [event.at for event in events]
    assert moments == sorted(moments)
