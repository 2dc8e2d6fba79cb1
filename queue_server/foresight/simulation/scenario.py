"""What is known of a hall at one moment, as arrays: all that the simulation of its coming hours needs.

Times are minutes from that moment (earlier ones negative), durations minutes. An index names a thing by its place:
`kind`, `service`, `zone` and `counter` count from 0, and −1 means none. People of one *kind* stand in one line, as in
`domain.lines`: same zone, same service, same counters that may call them, same class.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NONE = -1
MOST_SERVICES_AFTER = 4  # of one visit, after the present one
HORIZON_MINUTES = 600.0  # how far ahead is lived, unless said otherwise


class Kinds(NamedTuple):
    """[K] unless said otherwise. Credit grows as `credit + rate × (now − order_from)`, in minutes."""

    service: Ints
    zone: Ints
    rate: Floats
    credit: Floats
    priority: Bools  # counts against the priority budget
    front: Bools  # put first by a person
    may: Bools  # [K, C] this counter can serve it
    preference: Floats  # [K, C] minutes of credit that the counter adds
    no_show: Floats  # chance that nobody comes when called
    goes_on: Floats  # chance that its service ends in a transfer …
    goes_on_as: Ints  # … to this kind, first arrival kept


class Services(NamedTuple):
    """`samples[s, :many[s]]` are service times of service `s`, shortest first: what is known of its distribution."""

    samples: Floats  # [S, D]
    many: Ints  # [S]
    usual: Floats  # [S] by the hall's own book: what the priority budget reckons with


class Pace(NamedTuple):
    """What says how fast services go today. `services`, `minutes`, `over`: [X] those seen today until now."""

    is_known: bool  # exactly as the samples say, and nothing is to be learnt from today
    measured: Ints  # [S] how many of the samples were measured
    day_error: float  # by how much whole days differ: of the logarithm, standard deviation
    services: Ints
    minutes: Floats  # so far, as at a counter of usual speed
    over: Bools  # or still under way


class Waiting(NamedTuple):
    """Everybody who waits now. [N], in no order."""

    kind: Ints
    order_from: Floats
    placed_at: Floats  # when put first, else `order_from`
    tie: Ints  # smaller stands before, at equal `placed_at`
    overtaken_before: Floats  # seconds
    then: Ints  # [N, MOST_SERVICES_AFTER] kinds of the services after this one


class Counters(NamedTuple):
    """[C] unless said otherwise. `serving`: the kind under way; `served_for`: minutes so far, −1 before the start."""

    zone: Ints
    opens: Floats  # [C, M] from when …
    closes: Floats  # [C, M] … until when the counter calls; unused ones are inf
    speed: Floats  # service times here ÷ those of all counters
    serving: Ints
    served_for: Floats
    serving_from: Floats  # `order_from` of whom it serves
    serving_then: Ints  # [C, MOST_SERVICES_AFTER]
    calls_since_priority: Ints  # −1: none passed others yet
    idle_since: Floats  # the longest idle is the first to take a newcomer


class Arrivals(NamedTuple):
    """People still to come: as a Poisson stream, and booked ones by name."""

    slot_minutes: float
    first_slot_from: float  # minutes from now, ≤ 0
    per_minute: Floats  # [T, A] by slot and stream
    kind: Ints  # [A]
    booked_at: Floats  # [B] when they are expected, soonest first
    booked_from: Floats  # [B] from when they earn credit
    booked_kind: Ints  # [B]
    booked_comes: Floats  # [B] chance to come


class CallRules(NamedTuple):
    """WHEN more than so many wait, or somebody longer than, THEN these counters also call these kinds. [R, …]"""

    counters: Bools  # [R, C]
    kinds: Bools  # [R, K] what is counted and called
    more_than: Floats  # [R] inf: not asked
    longer_than: Floats  # [R] minutes, inf: not asked
    own_first: Bools  # [R] only while nobody of their own zone waits whom they may call


class Order(NamedTuple):
    """The hall's limits of the calling order; 0 turns one off."""

    longest_wait: float
    priority_one_in: int
    priority_delay_seconds: float
    overtaken_seconds: Floats  # [Z] so far
    continues_at_counter: bool


class Times(NamedTuple):
    """What passes between services."""

    walk: Floats  # call → start, samples
    pause: Floats  # end → next call though people wait, samples
    no_show: float  # a counter's minutes lost on one who does not come
    patience: float  # mean minutes until somebody waiting leaves; inf: nobody does


class Scenario(NamedTuple):
    kinds: Kinds
    services: Services
    waiting: Waiting
    counters: Counters
    arrivals: Arrivals
    call_rules: CallRules
    order: Order
    times: Times
    probes: Ints  # [P] kinds of newcomers who would take a number now
    pace: Pace


def known_pace(services: int) -> Pace:
    """Of so many services whose times are known exactly."""
    nothing = np.zeros(0)
    return Pace(True, np.zeros(services, np.int64), 0.0, nothing.astype(np.int64), nothing, nothing.astype(np.bool_))
