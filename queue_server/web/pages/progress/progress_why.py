"""Why somebody stands where they stand, in plain words: own facts, the one ahead without a number, the rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from queue_server.domain.calling_order import queue_of
from queue_server.domain.explain import explain_order, known_of
from queue_server.domain.hall_day import HallDay, may_serve
from queue_server.domain.ticket import Ticket
from queue_server.web.views import Json

Say = Callable[..., str]
# What is told of oneself. Credit and rates are the staff's language; a class would say why somebody has it.
OWN = frozenset({"arrived", "booked", "sent_on", "came_back", "counted_from", "kept_for_counter", "kept_for_officer"})
BEFORE = {"came_earlier": "earlier", "lower_number": "earlier", "put_first": "put_first", "longest_wait": "longest"}


def why_this_order(ticket: Ticket, day: HallDay, at: datetime) -> list[tuple[str, Json]]:
    """(word key, values) of each sentence; nothing for somebody who is not waiting."""
    if not ticket.is_waiting:
        return []
    own = [(f"why_{reason.code}", dict(reason.details)) for reason in known_of(ticket, day, at) if reason.code in OWN]
    return [*own, (f"why_ahead_{_why_ahead(ticket, day, at)}", {}), *_rule(day)]


def _why_ahead(ticket: Ticket, day: HallDay, at: datetime) -> str:
    """What put the person right ahead there, as far as it is anybody's business."""
    ahead = _right_ahead(ticket, day, at)
    if ahead is None:
        return "nobody"
    code = explain_order(ticket, ahead, day, at).decided_by.code
    if code == "more_credit":
        return "earlier" if ahead.order_from <= ticket.order_from else "by_rule"
    return BEFORE.get(code, "by_rule")


def _right_ahead(ticket: Ticket, day: HallDay, at: datetime) -> Ticket | None:
    counters = [counter for counter in day.rules.counters_of(ticket.zone) if may_serve(counter, ticket, day)]
    ahead = None
    for other in queue_of(ticket.zone, day, at):
        if other is ticket:
            return ahead
        if any(may_serve(counter, other, day) for counter in counters):
            ahead = other
    return None


def _rule(day: HallDay) -> list[tuple[str, Json]]:
    limits = day.rules.limits
    if not limits.priority_one_in or not limits.priority_delay_minutes:
        return [("why_rule", {})]
    return [("why_rule_limited", {"one_in": limits.priority_one_in, "minutes": limits.priority_delay_minutes})]
