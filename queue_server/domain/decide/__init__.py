"""The hall's rules: given a command, the day so far and the moment, which events follow — or which refusal."""

from queue_server.domain.decide import (  # noqa: F401
    alerting,
    arriving,
    at_the_counter,
    being_heard,
    booked,
    by_hand,
    calling,
    company,
    desks,
    leased,
    more_minutes,
    noticing,
    on_the_floor,
    presence,
    several_services,
    the_day,
    today,
)
from queue_server.domain.decide.base import decide

__all__ = ["decide"]
