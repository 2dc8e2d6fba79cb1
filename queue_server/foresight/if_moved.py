"""What a move would do to a wait, told before it is made. Nothing is changed; the hall's own rules say where it leads.

The move is decided as if it were made, so that whatever would be refused is refused here too. The people ahead are then
counted exactly. The wait is that of whoever stands at this place now, so that it agrees with what everybody is told;
only people who wait for the same counters, or for fewer of them, are asked, which errs on the safe side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.apply.on_the_floor import send_on
from queue_server.domain.calling_order import calling_order, competed_for, people_ahead
from queue_server.domain.commands import TransferTicket
from queue_server.domain.decide import decide
from queue_server.domain.events import TicketTransferred
from queue_server.domain.hall_day import HallDay
from queue_server.domain.lines import kind_of
from queue_server.domain.refusals import Refusal
from queue_server.domain.ticket import Ticket
from queue_server.foresight.base import Forecast, WaitRange

Queues = Mapping[str, Sequence[str]]  # zone → numbers in calling order, of a moment ago


@dataclass(frozen=True, slots=True)
class Prospect:
    """Where one ticket would stand. `refused`: the hall would say no; then the rest is empty."""

    zone: str | None = None
    ahead: int | None = None
    wait: WaitRange | None = None
    refused: Refusal | None = None


def if_moved(
    moves: Sequence[TransferTicket], day: HallDay, at: datetime, forecast: Forecast, queues: Queues
) -> list[Prospect]:
    """One prospect a move, all of them made at once: those of the same group who come earlier go before the later."""
    moved = [_moved(move, day, at) for move in moves]
    ghosts = [ghost for ghost in moved if isinstance(ghost, Ticket)]
    ghosts.sort(key=lambda ghost: calling_order(ghost, day.rules, at))
    before: Counter[str] = Counter()
    stands: dict[int, Prospect] = {}
    for ghost in ghosts:
        stands[id(ghost)] = _stand(ghost, before[ghost.zone], day, at, forecast, queues)
        before[ghost.zone] += 1
    return [stands[id(each)] if isinstance(each, Ticket) else Prospect(refused=each) for each in moved]


def _moved(move: TransferTicket, day: HallDay, at: datetime) -> Ticket | Refusal:
    """A likeness of the ticket as the move would leave it."""
    try:
        (event,) = decide(move, day, at)
    except Refusal as refusal:
        return refusal
    assert isinstance(event, TicketTransferred)
    ghost = copy(day.tickets[move.ticket])
    send_on(ghost, event)
    return ghost


def _stand(ghost: Ticket, others: int, day: HallDay, at: datetime, forecast: Forecast, queues: Queues) -> Prospect:
    ahead = people_ahead(ghost, day, at) - _itself_ahead(ghost, day, at) + others
    behind = _competing_behind(ghost, day, at, queues.get(ghost.zone, ()))
    taken = next((other for place, other in enumerate(behind) if place >= others), None)
    if taken is not None and (known := forecast.tickets.get(taken.number)) is not None:
        return Prospect(ghost.zone, ahead, known.wait)
    in_a_pool = ghost.for_counter is not None or ghost.for_officer is not None
    return Prospect(ghost.zone, ahead, None if in_a_pool else forecast.for_newcomer(ghost.zone, ghost.service))


def _itself_ahead(ghost: Ticket, day: HallDay, at: datetime) -> int:
    """1 when the ticket as it stands now would be counted among those before it."""
    itself = day.tickets[ghost.number]
    if not itself.is_waiting or itself.zone != ghost.zone:
        return 0
    crew = competed_for(kind_of(ghost), ghost.zone, day)
    if not crew.may_call(kind_of(itself), day):
        return 0
    return int(calling_order(itself, day.rules, at) < calling_order(ghost, day.rules, at))


def _competing_behind(ghost: Ticket, day: HallDay, at: datetime, queue: Sequence[str]) -> Iterator[Ticket]:
    """Those after its place who wait for the same counters or for fewer, nearest first."""
    own = {counter.id for counter in competed_for(kind_of(ghost), ghost.zone, day).counters}
    place = bisect_right(
        queue,
        calling_order(ghost, day.rules, at),
        key=lambda number: calling_order(day.tickets[number], day.rules, at),
    )
    for number in queue[place:]:
        other = day.tickets[number]
        if number == ghost.number or not other.is_waiting or other.zone != ghost.zone:
            continue
        if {counter.id for counter in competed_for(kind_of(other), ghost.zone, day).counters} <= own:
            yield other
