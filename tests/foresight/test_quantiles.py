"""What a simulation gave for everybody at once is what each alone would be told of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from queue_server.foresight.base import WaitRange
from queue_server.foresight.monte_carlo import Quantiles
from queue_server.foresight.queue_work import TOO_LONG_MINUTES


def range_by_the_book(p50: float, p90: float, since: float) -> WaitRange | None:
    """Whole minutes from now on, never below nothing and never without a width."""
    if not math.isfinite(p50) or not math.isfinite(p90) or p90 - since > TOO_LONG_MINUTES:
        return None
    low = max(0, math.floor(p50 - since))
    return WaitRange(low, max(math.ceil(p90 - since), low + 1), rough=False)


@pytest.mark.parametrize("since", [0.0, 0.5, 1.7])
def test_ranges_of_all_at_once_are_those_of_each(since: float) -> None:
    p50 = [0.0, 0.3, 1.0, 12.5, 12.5, 200.0, math.inf, 3.0, 241.0, 1.7]
    p90 = [0.0, 0.4, 1.0, 19.2, math.inf, 240.5, math.inf, 240.0 + since, 242.0, 1.7]
    columns = [np.array(each) for each in (p50, p90, p50, p90)]

    found = Quantiles(range(len(p50)), *columns).ranges(since, rough=False)

    expected = [range_by_the_book(low, high, since) for low, high in zip(p50, p90, strict=True)]
    assert list(found.values()) == expected
    assert all(wait.p90 == max(0.0, p90[place] - since) for place, wait in found.items() if wait is not None)
