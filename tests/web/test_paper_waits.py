"""What the paper says is worked out with the ticket in the queue, however new it is."""

from __future__ import annotations

from story import StoryHall

from queue_server.foresight.queue_work import QueueWork
from queue_server.stores.memory import MemoryLog
from queue_server.web.waits import Waits


def test_a_paper_printed_at_once_knows_who_is_ahead() -> None:
    story = StoryHall(MemoryLog()).officer_opens("3")
    waits = Waits(story.hall, QueueWork(), least_seconds=1000)
    story.visitor_takes_ticket()
    waits.refresh()
    number = story.visitor_takes_ticket()

    assert waits.picture().of(number) is None  # not a second old, and already too old for this ticket
    forecast = waits.picture_with([story.ticket(number)]).of(number)
    assert forecast is not None
    assert forecast.ahead == 1
    assert forecast.wait is not None
