"""Straightens forecast quantiles on days that are known: `quantile' = a + b·P50 + c·P90`, by quantile regression.

A simulation that knows its hall only roughly gives ranges that are too narrow (measured: P90 held in .81–.88 of the
cases). What has been too narrow lately will be so today. Koenker and Bassett 1978; solved as a linear program.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_SHARE = 0.88  # of those who wait, whatever the others do
LEAST_CASES = 200  # with fewer the raw quantiles are as good a guess


@dataclass(frozen=True, slots=True)
class Recalibration:
    """Coefficients over (1, P50, P90), for P50 and for P90."""

    low: tuple[float, float, float] = (0.0, 1.0, 0.0)
    high: tuple[float, float, float] = (0.0, 0.0, 1.0)

    def apply(self, p50: Floats, p90: Floats) -> tuple[Floats, Floats]:
        """Minutes, never below nothing nor out of order. Whoever need not wait in any run need not wait."""
        columns = np.stack([np.ones_like(p50), p50, p90])
        finite = np.isfinite(columns).all(axis=0)
        safe = np.where(finite, columns, 0.0)
        low = np.where(finite, np.maximum(np.array(self.low) @ safe, 0.0), p50)
        high = np.where(finite, np.maximum(np.array(self.high) @ safe, low), p90)
        nothing = p90 <= 0
        return np.where(nothing, 0.0, low), np.where(nothing, 0.0, high)


def fit_recalibration(p50: Floats, p90: Floats, waited: Floats) -> Recalibration:
    """From forecasts and the waits that followed, in minutes."""
    use = np.isfinite(p50) & np.isfinite(p90) & (p90 > 0)
    if use.sum() < LEAST_CASES:
        return Recalibration()
    ones = np.ones(int(use.sum()))
    middle = quantile_regression(np.stack([ones, p50[use]], axis=1), waited[use], 0.5)
    share = _share_of_those_who_wait(waited[~use & np.isfinite(p90)], int(use.sum()))
    high = quantile_regression(np.stack([ones, p50[use], p90[use]], axis=1), waited[use], share)
    return Recalibration((float(middle[0]), float(middle[1]), 0.0), (float(high[0]), float(high[1]), float(high[2])))


def _share_of_those_who_wait(waited_of_others: Floats, many: int) -> float:
    """P90 is to hold for nine of ten of all who are told a range. Whoever is told not to wait hardly ever does, so that
    of the `many` others it may miss a few more."""
    held = float((waited_of_others <= 0).sum())
    wanted = (0.9 * (len(waited_of_others) + many) - held) / many
    return min(max(wanted, LEAST_SHARE), 0.9)


def quantile_regression(columns: Floats, found: Floats, share: float) -> Floats:
    """The linear function of the columns below which a share of the found values lies, at the least pinball loss."""
    from scipy.optimize import linprog  # a fifth of a second to load, which the hall's start does not wait for
    from scipy.sparse import eye, hstack

    rows, many = columns.shape
    cost = np.concatenate([np.zeros(2 * many), np.full(rows, share), np.full(rows, 1 - share)])
    equal = hstack([columns, -columns, eye(rows), -eye(rows)], format="csc")
    solved = linprog(cost, A_eq=equal, b_eq=found, bounds=(0, None), method="highs")
    return np.asarray(solved.x[:many] - solved.x[many : 2 * many])
