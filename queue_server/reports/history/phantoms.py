"""Numbers that were never really people. They make a hall look busier, and its waits shorter, than it was.

Found by rules over the report tables, in SQL, so that page, export, report and ready-made questions cannot disagree.
The defaults are our own choices; each hall may set others, and 0 turns a rule off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from queue_server.reports.history.span import OF_THE_SPAN

REASONS = ("left", "double", "ended", "no_show")


class PhantomSettings(Protocol):
    phantom_left_seconds: int
    phantom_double_seconds: int
    phantom_ended_seconds: int
    phantom_no_shows: bool


@dataclass(frozen=True, slots=True)
class PhantomRules:
    left_seconds: int = 60  # left so soon after it was taken, never called
    double_seconds: int = 20  # taken so soon after another one of the same service at the same place, and not used
    ended_seconds: int = 15  # ended so soon after its service began that nobody can have been served
    no_shows: bool = False  # count everybody who was called and did not come

    @classmethod
    def of(cls, reports: PhantomSettings) -> PhantomRules:
        """As the hall's file has them."""
        return cls(
            reports.phantom_left_seconds,
            reports.phantom_double_seconds,
            reports.phantom_ended_seconds,
            reports.phantom_no_shows,
        )

    def values(self) -> dict[str, object]:
        """For `MARKED` in a question to the tables."""
        return {
            "left": self.left_seconds,
            "double": self.double_seconds,
            "ended": self.ended_seconds,
            "no_shows": int(self.no_shows),
        }


# Visits of the span with why each is taken for a phantom (`phantom`, empty: a person). Of two numbers that nobody used
# the second is the double; an unused first is one when the second was served.
MARKED = f"""
    timed AS (
        SELECT *,
            CAST(strftime('%s', arrival) AS INTEGER) AS arrived,
            CAST(strftime('%s', ended) AS INTEGER) AS went
        FROM visits WHERE {OF_THE_SPAN}
    ),
    neighbours AS (
        SELECT *,
            arrived - LAG(arrived) OVER same AS after_another,
            LEAD(arrived) OVER same - arrived AS before_another,
            LEAD(stage) OVER same AS other_stage
        FROM timed
        WINDOW same AS (PARTITION BY day, channel, kiosk, service ORDER BY arrived, ticket)
    ),
    marked AS (
        SELECT *,
            CASE
                WHEN :left > 0 AND stage = 'abandoned' AND NOT called AND went - arrived <= :left THEN 'left'
                WHEN :double > 0 AND stage IN ('abandoned', 'no_show')
                    AND (after_another <= :double OR (before_another <= :double AND other_stage = 'served'))
                    THEN 'double'
                WHEN :ended > 0 AND stage = 'served' AND service_minutes * 60 < :ended THEN 'ended'
                WHEN :no_shows AND stage = 'no_show' THEN 'no_show'
                ELSE ''
            END AS phantom
        FROM neighbours
    )
"""
