"""REST under /api/v1, one file a surface. An endpoint parses, calls the door, answers."""

from queue_server.web.api import (
    board,
    bookings,
    counters,
    day,
    demo,
    events,
    floor,
    hall,
    help,
    in_hand,
    measures,
    own_marks,
    print_jobs,
    services,
    session,
    speech,
    tickets,
    tools,
    visits,
    zones,
)

APIS = [
    session.api,
    hall.api,
    services.api,
    tickets.api,
    visits.api,
    counters.api,
    help.api,
    in_hand.api,
    speech.api,
    zones.api,
    day.api,
    board.api,
    bookings.api,
    floor.api,
    measures.api,
    own_marks.api,
    events.api,
    print_jobs.api,
    tools.api,
    demo.api,
]

__all__ = ["APIS"]
