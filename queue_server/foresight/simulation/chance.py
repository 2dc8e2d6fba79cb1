"""Everything in a run that is left to chance.

What happens to a person hangs on the life and on the person alone, not on the order in which things happen: somebody's
service takes as long whether six counters are open or seven. So two runs with the same seed differ by nothing but what
was changed between them (common random numbers), and a small effect can be told from chance.
"""

from __future__ import annotations

import numpy as np
from numba import njit

SERVICE, WALK, NO_SHOW, GOES_ON, PAUSE, PATIENCE, PACE = range(7)  # what a lot is drawn for
ODD = np.uint64(0x9E3779B97F4A7C15)
ODDER = np.uint64(0xD1B54A32D192ED03)
ODDEST = np.uint64(0x8CB92BA72F3D8DD7)
FIRST_FACTOR, SECOND_FACTOR = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BY_30, BY_27, BY_31, BY_11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
UNIT = 2.0**-53


@njit(cache=True)
def mixed(bits):
    """Every bit of the answer hangs on every bit of the question (the finalizer of SplitMix64, Steele et al. 2014)."""
    bits = (bits ^ (bits >> BY_30)) * FIRST_FACTOR
    bits = (bits ^ (bits >> BY_27)) * SECOND_FACTOR
    return bits ^ (bits >> BY_31)


@njit(cache=True)
def life_of(seed, repetition):
    """The bits of one life."""
    return mixed(np.uint64(seed) * ODD + np.uint64(repetition + 1) * ODDER)


@njit(cache=True)
def lot(life, key, turn, purpose):
    """In [0, 1): the same for the same life, person (`key`), service of the visit (`turn`) and purpose."""
    bits = mixed(life + np.uint64(key) * ODD + np.uint64(turn * 8 + purpose + 1) * ODDEST)
    return np.float64(bits >> BY_11) * UNIT


@njit(cache=True)
def pace_in(life, paces):
    """Which row of the paces holds in this life."""
    return int(lot(life, 0, 0, PACE) * paces.shape[0])


@njit(cache=True)
def service_time(s, age, speed, services, drawn):
    """Minutes that a service takes in all, given that it has taken `age` so far. `drawn`: in [0, 1)."""
    many = services.many[s]
    samples = services.samples[s, :many]
    first = np.searchsorted(samples, age / speed, side="right") if age > 0 else 0
    if first >= many:  # longer than anything known: it may end at any moment, as likely now as later
        return age + speed * exponential(max(services.usual[s] / 2, 0.5), drawn)
    return speed * samples[first + int(drawn * (many - first))]


@njit(cache=True)
def exponential(mean, drawn):
    return -mean * np.log(1 - drawn)


@njit(cache=True)
def one_of(samples, drawn):
    return samples[int(drawn * samples.shape[0])]


@njit(cache=True)
def patience(times, drawn):
    return np.inf if times.patience == np.inf else exponential(times.patience, drawn)


@njit(cache=True)
def most_arrivals(arrivals):
    """Room enough: more than this come once in a thousand million runs."""
    expected = arrivals.per_minute.sum() * arrivals.slot_minutes
    return int(expected + 8 * np.sqrt(expected) + 20) + arrivals.booked_at.shape[0]


@njit(cache=True)
def arrivals_of_slot(t, arrivals, at, kind, since, many):
    """Adds those who come in slot `t`, soonest first, after the `many` known; returns how many are known then."""
    slots, streams = arrivals.per_minute.shape
    begins = max(0.0, arrivals.first_slot_from + t * arrivals.slot_minutes)
    ends = arrivals.first_slot_from + (t + 1) * arrivals.slot_minutes
    first = many
    for a in range(streams if t < slots else 0):
        rate = arrivals.per_minute[t, a]
        come = np.random.poisson(rate * (ends - begins)) if rate > 0 else 0
        for _ in range(min(come, at.shape[0] - many)):
            at[many] = np.random.uniform(begins, ends)
            kind[many], since[many] = arrivals.kind[a], at[many]
            many += 1
    for b in range(arrivals.booked_at.shape[0]):
        when = max(0.0, arrivals.booked_at[b])
        if begins <= when < ends and many < at.shape[0] and np.random.random() < arrivals.booked_comes[b]:
            at[many], kind[many], since[many] = when, arrivals.booked_kind[b], arrivals.booked_from[b]
            many += 1
    order = np.argsort(at[first:many])
    at[first:many] = at[first:many][order]
    kind[first:many] = kind[first:many][order]
    since[first:many] = since[first:many][order]
    return many
