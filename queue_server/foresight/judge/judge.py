"""Predictors side by side on days that none of them has seen: learnt from earlier days, judged on later ones.

The last of the earlier days are kept back to straighten the quantiles; then everything is learnt anew from all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from queue_server.foresight.judge.learning import learn
from queue_server.foresight.judge.moment import Moments
from queue_server.foresight.judge.predictors import REPETITIONS, asked_of, predictors
from queue_server.foresight.judge.visits import Day, History
from queue_server.foresight.recalibration import Recalibration, fit_recalibration
from queue_server.foresight.simulation.scenario import Bools, Floats

RECALIBRATION_DAYS = 10
KNOW_THEIR_SPREAD = ("monte_carlo",)


@dataclass(frozen=True, slots=True)
class Guesses:
    """One predictor's guesses of the served visits of some days, with what then was. Minutes."""

    p50: Floats
    p90: Floats
    waited: Floats
    priority: Bools


@dataclass(frozen=True, slots=True)
class Score:
    """`pinball`: mean of the P50 and the P90 loss. `coverage`: share of waits that were not longer than P90."""

    mae: float
    rmse: float
    bias: float
    p90_coverage: float
    pinball: float
    mae_priority: float
    mae_ordinary: float
    visits: int


def judge(
    train: History, test: History, names: Iterable[str] | None = None, repetitions: int = REPETITIONS
) -> dict[str, Score]:
    """Each predictor's score on the test days."""
    return {name: score(guesses) for name, guesses in guess(train, test, names, repetitions).items()}


def guess(
    train: History, test: History, names: Iterable[str] | None = None, repetitions: int = REPETITIONS
) -> dict[str, Guesses]:
    straight = _recalibrations(train, names, repetitions)
    raw = _raw_guesses(train, test.days, names, repetitions)
    return {name: _straightened(name, guesses, straight.get(name)) for name, guesses in raw.items()}


def _recalibrations(train: History, names: Iterable[str] | None, repetitions: int) -> dict[str, Recalibration]:
    kept = min(RECALIBRATION_DAYS, len(train.days) // 3)
    if not kept:
        return {}
    earlier = History(train.labels, train.servers, train.days[:-kept])
    raw = _raw_guesses(earlier, train.days[-kept:], names, repetitions)
    return {name: fit_recalibration(one.p50, one.p90, one.waited) for name, one in raw.items()}


def _straightened(name: str, raw: Guesses, straight: Recalibration | None) -> Guesses:
    """A method that knows no spread keeps its own P50 and is given a P90; see docs/decisions."""
    if straight is None:
        return raw
    low, high = straight.apply(raw.p50, raw.p90)
    return Guesses(low if name in KNOW_THEIR_SPREAD else raw.p50, high, raw.waited, raw.priority)


def _raw_guesses(
    train: History, days: Sequence[Day], names: Iterable[str] | None, repetitions: int
) -> dict[str, Guesses]:
    learnt = learn(train)
    moments = Moments(train, learnt)
    known = predictors(train, learnt, repetitions)
    chosen = {name: known[name] for name in (names or known)}
    served = [(day, int(row)) for day in days for row in np.flatnonzero(np.isfinite(day.start))]
    asked = [asked_of(day, row, moments) for day, row in served]
    waited = np.array([day.start[row] - day.arrival[row] for day, row in served])
    fastest = min(label.rate for label in train.labels)
    priority = np.array([train.labels[day.label[row]].rate > fastest for day, row in served], bool)
    found = {}
    for name, predict in chosen.items():
        both = np.array([predict(one) for one in asked]).reshape(-1, 2)
        found[name] = Guesses(both[:, 0], both[:, 1], waited, priority)
    return found


def score(guesses: Guesses) -> Score:
    """Guesses of no end count as the longest finite one, so that a method cannot win by refusing to guess."""
    finite = guesses.p50[np.isfinite(guesses.p50)]
    p50 = np.minimum(guesses.p50, finite.max() if len(finite) else 0.0)
    error = p50 - guesses.waited
    missed = np.abs(error)
    high = np.where(np.isfinite(guesses.p90), guesses.p90, np.maximum(p50, guesses.waited))
    return Score(
        mae=_mean(missed),
        rmse=float(np.sqrt(_mean(error**2))),
        bias=_mean(error),
        p90_coverage=_mean(guesses.waited <= guesses.p90 + 1e-9),
        pinball=(_mean(pinball(p50, guesses.waited, 0.5)) + _mean(pinball(high, guesses.waited, 0.9))) / 2,
        mae_priority=_mean(missed[guesses.priority]),
        mae_ordinary=_mean(missed[~guesses.priority]),
        visits=len(missed),
    )


def pinball(quantile: Floats, found: Floats, share: float) -> Floats:
    over = found - quantile
    return np.maximum(share * over, (share - 1) * over)


def _mean(values: Floats | Bools) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
