"""Who in a queue competes with whom for a counter: how many of those before somebody count as ahead of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from queue_server.domain.calling_order import Queues
from queue_server.domain.hall_day import HallDay, can_call
from queue_server.domain.lines import Kind as LineKind
from queue_server.domain.ticket import Ticket

Kind = tuple[str, str | None, str | None]  # service, and the one counter or officer that may call it, if any


@dataclass(slots=True)
class _Group:
    """People of kinds that the same counters may call."""

    capable: frozenset[str]
    wanted: frozenset[str]  # of these the open ones, if any is
    placed: int = 0
    rivals: list[_Group] = field(default_factory=list)  # whoever of them stands before is ahead


class Competition:
    """The people of one zone as they are placed in calling order, counted by group so that nobody is compared with
    everybody.
    """

    def __init__(self, day: HallDay, zone: str) -> None:
        self._day = day
        self._counters = day.rules.counters_of(zone)
        self._open = {desk.counter for desk in day.open_desks(zone)}
        self._groups: dict[frozenset[str], _Group] = {}
        self._group_of: dict[Kind, _Group] = {}

    def capable(self, kind: Kind) -> frozenset[str]:
        """The counters that may call this kind, open or not."""
        return self._group(kind).capable

    def place(self, ticket: Ticket) -> int:
        """Place one more; returns how many before it compete for a counter that could serve it, open if any is."""
        group = self._group((ticket.service, ticket.for_counter, ticket.for_officer))
        ahead = sum([rival.placed for rival in group.rivals])  # a list: a generator takes three times as long
        group.placed += 1
        return ahead

    def _group(self, kind: Kind) -> _Group:
        group = self._group_of.get(kind)
        if group is None:
            group = self._group_of[kind] = self._group_with(self._who_may_call(kind))
        return group

    def _who_may_call(self, kind: Kind) -> frozenset[str]:
        wanted = LineKind(*kind, order_class="ordinary", front=False)  # the class changes the order, not the skills
        return frozenset(counter.id for counter in self._counters if can_call(counter, wanted, self._day))

    def _group_with(self, capable: frozenset[str]) -> _Group:
        known = self._groups.get(capable)
        if known is not None:
            return known
        new = _Group(capable, (capable & self._open) or capable)
        for other in self._groups.values():
            if new.capable & other.wanted:
                other.rivals.append(new)
        self._groups[capable] = new
        new.rivals = [other for other in self._groups.values() if other.capable & new.wanted]
        return new


def ahead_of_everybody(queues: Queues, day: HallDay) -> dict[str, int]:
    """By ticket: people before it who compete for a counter that may serve it."""
    ahead: dict[str, int] = {}
    for zone, queue in queues.items():
        competition = Competition(day, zone)
        for ticket in queue:
            ahead[ticket.number] = competition.place(ticket)
    return ahead
