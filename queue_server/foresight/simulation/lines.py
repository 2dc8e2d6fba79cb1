"""The people of a run and the lines they stand in, as linked lists over arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from queue_server.foresight.simulation.choosing import stands_before
from queue_server.foresight.simulation.scenario import MOST_SERVICES_AFTER, Floats, Ints


class People(NamedTuple):
    """[N + C + those to come]: first everybody waiting, then whom the counters serve, then the others as they come."""

    kind: Ints
    order_from: Floats
    placed_at: Floats
    tie: Ints
    overtaken_before: Floats  # what its zone had let ahead when it joined, less what it had been delayed before
    delayed: Floats  # seconds by priority until it was last called
    then: Ints
    leaves_at: Floats  # would not have stayed longer
    behind: Ints  # the next of the same line
    key: Ints  # by which chance knows it, whatever else is changed in the hall
    turn: Ints  # services of the visit that are over


class Lines(NamedTuple):
    """[K]"""

    heads: Ints
    tails: Ints
    lengths: Ints


@njit(cache=True)
def no_people(many):
    return People(
        np.zeros(many, np.int64),
        np.zeros(many),
        np.zeros(many),
        np.zeros(many, np.int64),
        np.zeros(many),
        np.zeros(many),
        np.full((many, MOST_SERVICES_AFTER), -1),
        np.full(many, np.inf),
        np.full(many, -1),
        np.zeros(many, np.int64),
        np.zeros(many, np.int64),
    )


@njit(cache=True)
def empty_lines(kinds):
    return Lines(np.full(kinds, -1), np.full(kinds, -1), np.zeros(kinds, np.int64))


@njit(cache=True)
def join(lines, people, one):
    """Stand where one's place is; a newcomer's is the end, which is found at once."""
    k = people.kind[one]
    lines.lengths[k] += 1
    tail = lines.tails[k]
    if tail < 0:
        lines.heads[k] = lines.tails[k] = one
        people.behind[one] = -1
        return
    if not before(people, one, tail):
        people.behind[tail] = one
        people.behind[one] = -1
        lines.tails[k] = one
        return
    previous, here = -1, lines.heads[k]
    while not before(people, one, here):
        previous, here = here, people.behind[here]
    people.behind[one] = here
    if previous < 0:
        lines.heads[k] = one
    else:
        people.behind[previous] = one


@njit(cache=True)
def before(people, a, b):
    return stands_before(people.placed_at[a], people.tie[a], people.placed_at[b], people.tie[b])


@njit(cache=True)
def take_head(lines, people, k):
    one = lines.heads[k]
    lines.heads[k] = people.behind[one]
    if lines.heads[k] < 0:
        lines.tails[k] = -1
    lines.lengths[k] -= 1
    return one
