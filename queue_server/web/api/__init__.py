"""REST under /api/v1, one file a surface. An endpoint parses, calls the door, answers."""

from queue_server.web.api import (
    board,
    counters,
    demo,
    events,
    floor,
    hall,
    help,
    measures,
    print_jobs,
    services,
    session,
    tickets,
    zones,
)

APIS = [
    session.api,
    hall.api,
    services.api,
    tickets.api,
    counters.api,
    help.api,
    zones.api,
    board.api,
    floor.api,
    measures.api,
    events.api,
    print_jobs.api,
    demo.api,
]

__all__ = ["APIS"]
