"""Everything in a run that is left to chance."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def service_time(s, age, speed, services):
    """Minutes that a service takes in all, given that it has taken `age` so far."""
    many = services.many[s]
    samples = services.samples[s, :many]
    first = np.searchsorted(samples, age / speed, side="right") if age > 0 else 0
    if first >= many:  # longer than anything known: it may end at any moment, as likely now as later
        return age + speed * np.random.exponential(max(services.usual[s] / 2, 0.5))
    return speed * samples[first + np.random.randint(many - first)]


@njit(cache=True)
def one_of(samples):
    return samples[np.random.randint(samples.shape[0])]


@njit(cache=True)
def patience(times):
    return np.inf if times.patience == np.inf else np.random.exponential(times.patience)


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
