"""What each event makes of the day: dull on purpose. One file for each part of it, as in `decide`."""

from queue_server.domain.apply import (
    alerting,
    arriving,
    at_the_counter,
    being_heard,
    by_hand,
    calling,
    company,
    on_the_floor,
    the_day,
    today,
)
from queue_server.domain.apply.base import apply, replay

__all__ = [
    "alerting",
    "apply",
    "arriving",
    "at_the_counter",
    "being_heard",
    "by_hand",
    "calling",
    "company",
    "on_the_floor",
    "replay",
    "the_day",
    "today",
]
