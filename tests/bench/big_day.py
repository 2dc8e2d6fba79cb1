"""A day that is there before the server starts: written into the log, for it to replay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from queue_server.demo.start_time import demo_start
from queue_server.domain.events import TicketAbandoned, TicketIssued
from queue_server.hall_file import read_hall_file
from queue_server.settings import DEPLOY
from queue_server.stores.sqlite import SqliteLog

HALL = DEPLOY / "halls" / "lanzhou.toml"


def write_a_day(data: Path, tickets: int, *, leaving: bool) -> None:
    """Today's tickets, so that the server must replay them: all wait, or all have left."""
    rules = read_hall_file(HALL).rules
    at = demo_start(rules, datetime.now(UTC), None, None)
    events: list[TicketIssued | TicketAbandoned] = []
    for n in range(tickets):
        number = f"T{n + 1:04d}"
        events.append(
            TicketIssued(
                at=at,
                actor="kiosk:K1",
                command=f"press-{n}",
                ticket=number,
                service="TQ04",
                zone="special",
                way="counter",
                care=False,
                language="zh",
                printer=None,
            )
        )
        if leaving:
            events.append(TicketAbandoned(at=at, actor="visitor", command=f"leave-{n}", ticket=number, reason="left"))
    log = SqliteLog(data / "hall.sqlite")
    log.append(rules.hall, rules.day_of(at), events, after=0)
    log.close()
