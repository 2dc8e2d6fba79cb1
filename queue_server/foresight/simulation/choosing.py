"""Whom a counter calls, as `domain.choice` says it, over arrays. A test over random days holds the two equal."""

from __future__ import annotations

import numpy as np
from numba import njit

NOBODY = -1
PROBE = -2  # the newcomer that is asked about, not a real line
LAST = 1 << 60  # a tie that nobody stands behind
NEVER, ALWAYS, OWN_FIRST = range(3)  # whether a counter helps with a kind of another zone
PUT_FIRST, WAITED_LONGEST, BY_CREDIT = range(3)


@njit(cache=True)
def in_reach(c, k, reach, own_waits, kinds, counters):
    """Whether counter `c` may call kind `k` now: of its own zone, or as a call rule that holds lets it (`reach`)."""
    if not kinds.may[k, c]:
        return False
    if kinds.zone[k] == counters.zone[c] or reach[k] == ALWAYS:
        return True
    return reach[k] == OWN_FIRST and not own_waits


@njit(cache=True)
def own_waits_for(c, heads, kinds, counters):
    """Whether somebody of its own zone waits whom this counter may call."""
    waits = False
    for k in range(heads.shape[0]):
        waits |= heads[k] >= 0 and kinds.may[k, c] and kinds.zone[k] == counters.zone[c]
    return waits


@njit(cache=True)
def reach_by_rules(c, now, heads, lengths, place, rules, reach):
    """Fills `reach[k]`: kinds of other zones that this counter helps with at this moment."""
    reach[:] = NEVER
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
            for k in range(reach.shape[0]):
                if rules.kinds[r, k] and reach[k] != ALWAYS:
                    reach[k] = OWN_FIRST if rules.own_first[r] else ALWAYS


@njit(cache=True)
def stands_before(a_time, a_tie, b_time, b_tie):
    return a_time < b_time or (a_time == b_time and a_tie < b_tie)


@njit(cache=True)
def open_counters(zone, now, counters):
    many = 0
    for c in range(counters.zone.shape[0]):
        if counters.zone[c] == zone and next_opening(c, now, counters) <= now:
            many += 1
    return many


@njit(cache=True)
def next_opening(c, now, counters):
    """The next moment from `now` on at which the counter calls people; inf: no more."""
    soonest = np.inf
    for m in range(counters.opens.shape[1]):
        if counters.closes[c, m] > now:
            soonest = min(soonest, max(now, counters.opens[c, m]))
    return soonest


@njit(cache=True)
def overtook_seconds(k, now, kinds, services, counters):
    """What calling one of this kind adds to the wait of those passed over."""
    return np.rint(services.usual[kinds.service[k]] * 60 / max(1, open_counters(kinds.zone[k], now, counters)))


@njit(cache=True)
def choose(c, now, heads, place, reach, since_priority, overtaken, scenario, probe):
    """(kind, zone of whoever was passed over or −1). `probe` ≥ 0: a newcomer of that kind, of moment 0, stands last."""
    kinds, services, counters, order = scenario.kinds, scenario.services, scenario.counters, scenario.order
    first, first_rank, first_value, first_time, first_tie = NOBODY, 9, np.inf, np.inf, LAST
    own_waits = own_waits_for(c, heads, kinds, counters)
    if probe >= 0 and kinds.may[probe, c] and kinds.zone[probe] == counters.zone[c]:
        own_waits = True
    best, best_value, best_time, best_tie, best_from = NOBODY, -np.inf, np.inf, LAST, np.inf
    other, other_value, other_time, other_tie = NOBODY, -np.inf, np.inf, LAST
    for k in range(heads.shape[0] + 1):
        kind, named, order_from, time, tie = _candidate(k, heads, place, probe)
        if kind < 0 or not in_reach(c, kind, reach, own_waits, kinds, counters):
            continue
        credit = kinds.credit[kind] + kinds.rate[kind] * (now - order_from)
        rank, value = BY_CREDIT, -credit
        if kinds.front[kind]:
            rank, value = PUT_FIRST, 0.0
        elif order.longest_wait > 0 and now - order_from >= order.longest_wait:
            rank, value = WAITED_LONGEST, 0.0
        alike = rank == first_rank and value == first_value
        if (rank, value) < (first_rank, first_value) or (alike and stands_before(time, tie, first_time, first_tie)):
            first, first_rank, first_value, first_time, first_tie = named, rank, value, time, tie
        liked = credit + kinds.preference[kind, c]
        if liked > best_value or (liked == best_value and stands_before(time, tie, best_time, best_tie)):
            best, best_value, best_time, best_tie, best_from = named, liked, time, tie, order_from
        if kinds.priority[kind]:
            continue
        if liked > other_value or (liked == other_value and stands_before(time, tie, other_time, other_tie)):
            other, other_value, other_time, other_tie = named, liked, time, tie
    if first == NOBODY or first_rank < BY_CREDIT:
        return first, -1
    best_kind = probe if best == PROBE else best
    if not kinds.priority[best_kind]:
        return best, -1

    costs = overtook_seconds(best_kind, now, kinds, services, counters)
    passed, passed_time, passed_tie, passed_zone = NOBODY, np.inf, LAST, -1
    spared, spared_time, spared_tie = NOBODY, np.inf, LAST
    for k in range(heads.shape[0] + 1):
        kind, named, order_from, time, tie = _candidate(k, heads, place, probe)
        if kind < 0 or kinds.priority[kind] or order_from >= best_from:
            continue
        if not in_reach(c, kind, reach, own_waits, kinds, counters):
            continue
        zone = kinds.zone[kind]
        if stands_before(time, tie, passed_time, passed_tie):
            passed, passed_time, passed_tie, passed_zone = named, time, tie, zone
        before = order.overtaken_seconds[zone] if named == PROBE else place.overtaken_before[heads[kind]]
        delayed_enough = overtaken[zone] - before + costs > order.priority_delay_seconds
        if delayed_enough and stands_before(time, tie, spared_time, spared_tie):
            spared, spared_time, spared_tie = named, time, tie
    if passed == NOBODY:
        return best, -1
    if order.priority_delay_seconds > 0 and spared != NOBODY:
        return spared, -1
    if order.priority_one_in > 0 and since_priority[c] >= 0 and since_priority[c] < order.priority_one_in - 1:
        return other, -1
    return best, passed_zone


@njit(cache=True)
def _candidate(k, heads, place, probe):
    """(kind, its name in the answer, order_from, placed_at, tie) of the k-th line's head; the probe is the last."""
    if k < heads.shape[0]:
        one = heads[k]
        if one < 0:
            return -1, NOBODY, 0.0, 0.0, 0
        return k, k, place.order_from[one], place.placed_at[one], place.tie[one]
    return probe, PROBE, 0.0, 0.0, LAST - 1
