"""How fast services go today, compared with what is known: learnt from those that are over and those under way.

A service's time is taken as lognormal around what is known. Two things are unknown: by how much everything goes slower
or faster (the hall's pace), and each service's own. Both are 1 for all we know, and that is the surer the more has been
measured; what is seen today moves them (Bayes, on a grid of logarithms). The answer is not one pace but many: each life
of the simulation draws one, so that a range is wide as long as little is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from queue_server.foresight.simulation.scenario import Floats, Pace, Services

COMMON_ERROR = 0.25  # of the logarithm: by how much a whole catalogue is off, as long as nothing is measured …
OWN_ERROR = 0.30  # … and each of its services besides
DAY_ERROR = 0.10  # by how much whole days differ, as long as few are known
LEAST_DAYS = 5
USUAL_VARIANCE = 0.49  # of the logarithm of one service's time
LEAST_VARIANCE, MOST_VARIANCE = 0.05, 1.0
AT_MOST = 2.5  # standard deviations that one service says something by: a forgotten finish says no more
LEAST_MINUTES = 0.01
ROWS = 64  # paces drawn
GRID = np.linspace(-1.5, 1.5, 61)  # of logarithms: 0.22 to 4.5 times


class Known(NamedTuple):
    """What the past says, [S] of the services: of the logarithm of their minutes, and how sure that is."""

    mean: Floats
    variance: Floats
    own_error: Floats  # standard deviation of a service's own pace …
    common_error: float  # … and of the hall's


def paces_of(services: Services, pace: Pace, seed: int = 0) -> Floats:
    """[rows, S]: what each service's time is multiplied with. Every row is as likely as the others."""
    if pace.is_known:
        return np.ones((1, len(services.many)))
    known = known_of(services, pace)
    says = _likelihood(known, pace)
    around = -0.5 * ((GRID[:, None] - GRID) / known.own_error[:, None, None]) ** 2  # [S, hall's, own]
    own = around - _log_sum(around) + says[:, None, :]
    hall = -0.5 * (GRID / known.common_error) ** 2 + _log_sum(own)[:, :, 0].sum(axis=0)
    shares = (np.arange(ROWS) + 0.5) / ROWS
    of_hall = np.searchsorted(_cumulated(hall), shares).clip(0, len(GRID) - 1)
    chance = np.random.default_rng(seed).permuted(np.tile(shares, (len(says), 1)), axis=1)  # [S, rows]
    by_own = _cumulated(own)[:, of_hall, :]  # [S, rows, own]
    places = (by_own < chance[:, :, None]).sum(axis=2).clip(0, len(GRID) - 1)
    return np.ascontiguousarray(np.exp(GRID[places]).T)


def known_of(services: Services, pace: Pace) -> Known:
    samples = [own[:many] for own, many in zip(services.samples, services.many, strict=True)]
    means = np.maximum([own.mean() for own in samples], LEAST_MINUTES)
    variances = np.log1p(np.array([own.var() for own in samples]) / means**2).clip(LEAST_VARIANCE, MOST_VARIANCE)
    own_error = 1 / np.sqrt(1 / OWN_ERROR**2 + pace.measured / variances)
    of_catalogue = 1 / (1 / COMMON_ERROR**2 + pace.measured.sum() / USUAL_VARIANCE)
    common_error = float(np.sqrt(of_catalogue + pace.day_error**2))
    return Known(np.log(means) - variances / 2, variances, own_error, common_error)


def day_error(days: Sequence[Floats]) -> float:
    """By how much whole days differ, beyond what chance alone gives: the standard deviation of their paces' logarithms.

    `days`: of each day, the logarithms of its services' times ÷ what is known of them.
    """
    enough = [np.clip(day, -AT_MOST, AT_MOST) for day in days if len(day) > 1]
    if len(enough) < LEAST_DAYS:
        return DAY_ERROR
    by_chance = float(np.mean([day.var(ddof=1) / len(day) for day in enough]))
    return float(np.sqrt(max(0.0, np.var([day.mean() for day in enough], ddof=1) - by_chance)))


def _likelihood(known: Known, pace: Pace) -> Floats:
    """[S, grid] logarithm, of each service's own pace, by what is seen today."""
    from scipy.special import log_ndtr  # loaded when it is wanted: the hall's start does not wait for it

    spread = np.sqrt(known.variance)[pace.services]
    seen = (np.log(np.maximum(pace.minutes, LEAST_MINUTES)) - known.mean[pace.services]) / spread
    apart = np.clip(seen, -AT_MOST, AT_MOST)[:, None] - GRID / spread[:, None]
    each = np.where(pace.over[:, None], -0.5 * apart**2, log_ndtr(-apart))  # under way: it lasts at least so long
    found = np.zeros((len(known.mean), len(GRID)))
    np.add.at(found, pace.services, each)
    return found


def _log_sum(values: Floats) -> Floats:
    most = values.max(axis=-1, keepdims=True)
    return np.asarray(most + np.log(np.exp(values - most).sum(axis=-1, keepdims=True)))


def _cumulated(logarithms: Floats) -> Floats:
    """Shares that end at one, along the last axis."""
    shares = np.exp(logarithms - logarithms.max(axis=-1, keepdims=True)).cumsum(axis=-1)
    return np.asarray(shares / shares[..., -1:])
