"""The wait of a visit of several services: its own, and roughly those that come after."""

from __future__ import annotations

from story import StoryHall

from queue_server.foresight.queue_work import QueueWork
from queue_server.stores.memory import MemoryLog


def test_the_waits_of_all_services_are_shown_together_and_called_rough() -> None:
    hall = StoryHall(MemoryLog()).officer_opens("3", "6")
    hall.visitor_takes_ticket("rent")
    number = hall.visitor_takes_ticket("rent", also=["loan"])

    known = hall.hall.read(QueueWork().forecast).tickets[number]
    (_, later), *more = known.services
    assert more == []
    assert known.wait is not None
    assert later is not None
    assert known.total is not None
    assert (known.total.low, known.total.high) == (known.wait.low + later.low, known.wait.high + later.high)
    assert known.total.rough


def test_no_total_is_invented_while_nobody_can_do_one_of_the_services() -> None:
    hall = StoryHall(MemoryLog()).officer_opens("6")
    number = hall.visitor_takes_ticket("loan", also=["rent"])

    assert hall.hall.read(QueueWork().forecast).tickets[number].total is None
