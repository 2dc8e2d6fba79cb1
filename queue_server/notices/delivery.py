"""Trying again, with patience, until a notice has arrived or is no longer true."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import Enum

logger = logging.getLogger(__name__)

PAUSES_SECONDS = (1.0, 4.0, 10.0, 30.0)  # between the tries; a call is over after a minute or two
ANSWER_WITHIN_SECONDS = 10.0


class Outcome(Enum):
    ARRIVED = "arrived"
    AGAIN = "again"  # nobody answered, or only for now
    REFUSED = "refused"  # asking again would change nothing
    GONE = "gone"  # the receiver wants nothing more


def outcome_of(status: int) -> Outcome:
    """What an HTTP status means for a notice."""
    if 200 <= status < 300:
        return Outcome.ARRIVED
    if status in {404, 410}:
        return Outcome.GONE
    return Outcome.AGAIN if status in {408, 425, 429} or status >= 500 else Outcome.REFUSED


def deliver(
    name: str, attempt: Callable[[], Outcome], still_true: Callable[[], bool], sleep: Callable[[float], object]
) -> Outcome:
    """Try now and after each pause. `name` stands in the operator's log, so it must be nobody's number or address."""
    for pause in (*PAUSES_SECONDS, None):
        outcome = attempt()
        if outcome is not Outcome.AGAIN or pause is None:
            break
        sleep(pause)
        if not still_true():
            return Outcome.REFUSED  # late news is worse than none
    if outcome is not Outcome.ARRIVED:
        logger.warning("Notice %s: %s", name, outcome.value, extra={"action": "notice_not_delivered"})
    return outcome
