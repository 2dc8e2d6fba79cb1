"""Whom a counter calls, as `domain.choice` says it, over arrays. A test over random days holds the two equal."""

from __future__ import annotations

import numpy as np
from numba import njit

NOBODY = -1
PROBE = -2  # the newcomer that is asked about, not a real line


@njit(cache=True)
def in_reach(c, k, reach, kinds, counters):
    """Whether counter `c` may call kind `k` now: of its own zone, or as a call rule that holds lets it (`reach`)."""
    return kinds.may[k, c] and (kinds.zone[k] == counters.zone[c] or reach[k])


@njit(cache=True)
def reach_by_rules(c, now, heads, lengths, place, rules, reach):
    """Fills `reach[k]`: kinds of other zones that this counter helps with at this moment."""
    reach[:] = False
    for r in range(rules.counters.shape[0]):
        if not rules.counters[r, c]:
            continue
        waiting = 0
        oldest = np.inf
        for k in range(heads.shape[0]):
            if rules.kinds[r, k] and heads[k] >= 0:
                waiting += lengths[k]
                oldest = min(oldest, place.order_from[heads[k]])
        if waiting > rules.more_than[r] or now - oldest > rules.longer_than[r]:
            reach |= rules.kinds[r]


@njit(cache=True)
def stands_before(a_time, a_tie, b_time, b_tie):
    return a_time < b_time or (a_time == b_time and a_tie < b_tie)


@njit(cache=True)
def choose(c, now, heads, place, reach, since_priority, overtaken, kinds, counters, order, probe):
    """(kind, zone of whoever was passed over or −1). `probe` ≥ 0: a newcomer of that kind, of moment 0, stands last."""
    first, first_rank, first_value, first_time, first_tie = NOBODY, 9, np.inf, np.inf, 1 << 62
    best, best_value, best_time, best_tie = NOBODY, -np.inf, np.inf, 1 << 62
    other, other_value, other_time, other_tie = NOBODY, -np.inf, np.inf, 1 << 62
    earliest, earliest_time, earliest_tie = NOBODY, np.inf, 1 << 62
    best_from, earliest_from = np.inf, np.inf

    for candidate in range(heads.shape[0] + 1):
        if candidate < heads.shape[0]:
            k = candidate
            if heads[k] < 0:
                continue
            ticket = heads[k]
            order_from, time, tie, named = place.order_from[ticket], place.placed_at[ticket], place.tie[ticket], k
        elif probe >= 0:
            k, order_from, time, tie, named = probe, 0.0, 0.0, 1 << 60, PROBE
        else:
            continue
        if not in_reach(c, k, reach, kinds, counters):
            continue
        credit = kinds.credit[k] + kinds.rate[k] * (now - order_from)
        if kinds.front[k]:
            rank, value = 0, 0.0
        elif order.longest_wait > 0 and now - order_from >= order.longest_wait:
            rank, value = 1, 0.0
        else:
            rank, value = 2, -credit
        if (rank, value) < (first_rank, first_value) or (
            rank == first_rank and value == first_value and stands_before(time, tie, first_time, first_tie)
        ):
            first, first_rank, first_value, first_time, first_tie = named, rank, value, time, tie
        liked = credit + kinds.preference[k, c]
        if liked > best_value or (liked == best_value and stands_before(time, tie, best_time, best_tie)):
            best, best_value, best_time, best_tie, best_from = named, liked, time, tie, order_from
        if not kinds.priority[k]:
            if liked > other_value or (liked == other_value and stands_before(time, tie, other_time, other_tie)):
                other, other_value, other_time, other_tie = named, liked, time, tie
            if stands_before(time, tie, earliest_time, earliest_tie):
                earliest, earliest_time, earliest_tie, earliest_from = named, time, tie, order_from

    if first == NOBODY or first_rank < 2:
        return first, -1
    best_kind = probe if best == PROBE else best
    if not kinds.priority[best_kind] or earliest == NOBODY or earliest_from >= best_from:
        return best, -1
    earliest_kind = probe if earliest == PROBE else earliest
    zone = kinds.zone[earliest_kind]
    if order.priority_delay_seconds > 0:
        came_now = earliest == PROBE
        before = order.overtaken_seconds[zone] if came_now else place.overtaken_before[heads[earliest_kind]]
        if overtaken[zone] - before >= order.priority_delay_seconds:
            return earliest, -1
    if order.priority_one_in > 0 and since_priority[c] >= 0 and since_priority[c] < order.priority_one_in - 1:
        return other, -1
    return best, zone
