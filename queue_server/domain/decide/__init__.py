"""The hall's rules: given a command, the day so far and the moment, which events follow — or which refusal."""

from queue_server.domain.decide import arriving, at_the_counter, being_heard, on_the_floor, the_day  # noqa: F401
from queue_server.domain.decide.base import decide

__all__ = ["decide"]
