"""The coming hours of a hall, lived through many times over: when is whom called?"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from queue_server.foresight.pace import paces_of
from queue_server.foresight.simulation.chance import (
    GOES_ON,
    NO_SHOW,
    PATIENCE,
    PAUSE,
    SERVICE,
    WALK,
    arrivals_of_slot,
    life_of,
    lot,
    most_arrivals,
    one_of,
    pace_in,
    patience,
    service_time,
)
from queue_server.foresight.simulation.choosing import (
    NOBODY,
    PROBE,
    choose,
    in_reach,
    next_opening,
    overtook_seconds,
    own_waits_for,
    reach_by_rules,
)
from queue_server.foresight.simulation.lines import empty_lines, join, no_people, take_head
from queue_server.foresight.simulation.scenario import HORIZON_MINUTES, Floats, Ints, Scenario

FROM_COUNTERS, FROM_NEWCOMERS = 1 << 20, 1 << 21  # where the keys of those begin whom the counters serve, who come


class Lives(NamedTuple):
    """What became of everybody: minutes from the scenario's moment, inf where nothing came of it within the horizon.

    A visit counts once, until its first call.
    """

    waits: Floats  # [repetitions, N] of everybody waiting, until the call
    came: Floats  # [repetitions, most that could come] of those to come; inf: nobody
    called: Floats
    kinds: Ints  # −1: nobody


def simulate(
    scenario: Scenario, repetitions: int, seed: int, horizon: float = HORIZON_MINUTES
) -> tuple[Floats, Floats]:
    """Minutes from now until the call: of everybody waiting [repetitions, N] and of each probe [repetitions, P].

    inf: not called within the horizon. The same seed gives the same waits.
    """
    waits, probes = _simulate(scenario, own_paces(scenario), repetitions, seed, horizon)
    return waits, probes


def live(
    scenario: Scenario, repetitions: int, seed: int, horizon: float, first: int = 0, paces: Floats | None = None
) -> Lives:
    """The whole time until the horizon, with everybody who comes. Of two scenarios with the same people and the same
    seed the same repetitions can be compared one by one. `first`: the first repetition's number. `paces`: the
    scenario's own, where somebody lives it batch by batch; working them out takes some milliseconds."""
    paces = own_paces(scenario) if paces is None else paces
    waits, came, called, kinds = _lives(scenario, paces, repetitions, seed, horizon, first)
    return Lives(waits, came, called, kinds)


def own_paces(scenario: Scenario) -> Floats:
    return paces_of(scenario.services, scenario.pace)


@njit(cache=True)
def _lives(scenario, paces, repetitions, seed, horizon, first):
    room = most_arrivals(scenario.arrivals)
    waits = np.full((repetitions, scenario.waiting.kind.shape[0]), np.inf)
    came, called = np.full((repetitions, room), np.inf), np.full((repetitions, room), np.inf)
    kinds = np.full((repetitions, room), -1)
    nobody_asks = np.empty(0)
    for r in range(repetitions):
        life = life_of(seed, first + r)
        _live(scenario, paces, life, waits[r], nobody_asks, horizon, came[r], called[r], kinds[r])
    return waits, came, called, kinds


@njit(cache=True)
def _simulate(scenario, paces, repetitions, seed, horizon):
    waits = np.full((repetitions, scenario.waiting.kind.shape[0]), np.inf)
    probes = np.full((repetitions, scenario.probes.shape[0]), np.inf)
    nothing, none = np.empty(0), np.empty(0, np.int64)
    for r in range(repetitions):
        _live(scenario, paces, life_of(seed, r), waits[r], probes[r], horizon, nothing, nothing, none)
    return waits, probes


@njit(cache=True)
def _seat(scenario, pace, life, people, lines, acts_at, serving):
    """Put everybody where the scenario says: waiting people in line, others at their counters."""
    waiting, counters = scenario.waiting, scenario.counters
    many = waiting.kind.shape[0]
    for one in range(many):
        people.kind[one] = waiting.kind[one]
        people.order_from[one] = waiting.order_from[one]
        people.placed_at[one] = waiting.placed_at[one]
        people.tie[one] = waiting.tie[one]
        people.overtaken_before[one] = waiting.overtaken_before[one]
        people.then[one] = waiting.then[one]
        people.key[one] = one
        people.leaves_at[one] = patience(scenario.times, lot(life, one, 0, PATIENCE))
    for one in np.argsort(waiting.placed_at, kind="mergesort"):
        join(lines, people, one)
    for c in range(counters.zone.shape[0]):
        k = counters.serving[c]
        if k < 0:
            acts_at[c] = next_opening(c, 0.0, counters)
            continue
        one = many + c
        people.kind[one], people.order_from[one], people.placed_at[one] = k, counters.serving_from[c], 0.0
        people.placed_at[one], people.tie[one] = counters.serving_from[c], -1
        people.then[one] = counters.serving_then[c]
        people.key[one] = FROM_COUNTERS + c
        serving[c] = one
        age = counters.served_for[c]
        took = _service_time(one, max(age, 0.0), c, scenario, pace, life, people)
        acts_at[c] = took - age if age >= 0 else _walk(one, scenario, life, people) + took


@njit(cache=True)
def _service_time(one, age, c, scenario, pace, life, people):
    service = scenario.kinds.service[people.kind[one]]
    drawn = lot(life, people.key[one], people.turn[one], SERVICE)
    return service_time(service, age, scenario.counters.speed[c] * pace[service], scenario.services, drawn)


@njit(cache=True)
def _walk(one, scenario, life, people):
    return one_of(scenario.times.walk, lot(life, people.key[one], people.turn[one], WALK))


@njit(cache=True)
def _live(scenario, paces, life, waits, probes, horizon, came, called, came_as):
    np.random.seed(np.int64(life >> np.uint64(33)))  # of those to come
    kinds, services, waiting, counters, arrivals, call_rules, order, times, probe_kinds, _ = scenario
    pace = paces[pace_in(life, paces)]
    room = most_arrivals(arrivals)
    come_at, come_kind, come_from = np.full(room, np.inf), np.empty(room, np.int64), np.empty(room)
    known, slots_known = 0, 0  # arrivals are drawn slot by slot: most runs end long before the day does
    many, seats = waiting.kind.shape[0], counters.zone.shape[0]
    people = no_people(many + seats + come_at.shape[0])
    lines = empty_lines(kinds.service.shape[0])
    acts_at, serving = np.full(seats, np.inf), np.full(seats, -1)
    idle_since = counters.idle_since.copy()
    since_priority, overtaken = counters.calls_since_priority.copy(), order.overtaken_seconds.copy()
    reach = np.zeros(kinds.service.shape[0], np.int8)
    _seat(scenario, pace, life, people, lines, acts_at, serving)
    to_the_end = called.shape[0] > 0
    newest, to_call, to_answer = 0, many, probe_kinds.shape[0]

    while to_call > 0 or to_answer > 0 or to_the_end:
        c = _first(acts_at, idle_since)
        drawn_until = arrivals.first_slot_from + slots_known * arrivals.slot_minutes
        if newest == known and drawn_until <= acts_at[c] and drawn_until < horizon:
            known = arrivals_of_slot(slots_known, arrivals, come_at, come_kind, come_from, known)
            slots_known += 1
            continue
        if newest < known and come_at[newest] < acts_at[c]:
            now = come_at[newest]
            one = many + seats + newest
            _comes(one, newest, now, come_kind[newest], come_from[newest], times, life, people)
            if to_the_end and now < horizon:
                came[newest], came_as[newest] = now, people.kind[one]
            newest += 1
            _enter(one, now, scenario, people, lines, acts_at, serving, idle_since, overtaken, reach)
            continue
        now = acts_at[c]
        if now >= horizon:
            return
        if serving[c] >= 0:
            acts_at[c] = _end(
                c, now, scenario, pace, life, people, lines, acts_at, serving, idle_since, overtaken, reach
            )
            continue
        acts_at[c] = next_opening(c, now, counters)
        if acts_at[c] > now:
            continue
        if call_rules.counters.shape[0] > 0:
            reach_by_rules(c, now, lines.heads, lines.lengths, people, call_rules, reach)
        to_answer -= _answer_probes(c, now, probes, lines, people, reach, since_priority, overtaken, scenario)
        k, passed_zone = choose(c, now, lines.heads, people, reach, since_priority, overtaken, scenario, NOBODY)
        if k == NOBODY:
            acts_at[c] = np.inf
            continue
        one = take_head(lines, people, k)
        people.delayed[one] = overtaken[kinds.zone[k]] - people.overtaken_before[one]
        if one < many and waits[one] == np.inf:
            waits[one] = now
            to_call -= 1
        newcomer = one - many - seats
        if to_the_end and newcomer >= 0:
            called[newcomer] = min(called[newcomer], now)
        if people.leaves_at[one] <= now:
            continue  # has left before: the counter calls the next one at once
        if passed_zone >= 0:
            since_priority[c] = 0
            overtaken[passed_zone] += overtook_seconds(k, now, kinds, services, counters)
        elif since_priority[c] >= 0:
            since_priority[c] += 1
        acts_at[c] = _called(one, k, c, now, scenario, pace, life, people, serving)


@njit(cache=True)
def _comes(one, newest, now, kind, order_from, times, life, people):
    """Somebody new is in the hall, and stands in no line yet."""
    people.kind[one] = kind
    people.order_from[one] = people.placed_at[one] = order_from
    people.tie[one] = (1 << 40) + newest
    people.key[one] = FROM_NEWCOMERS + newest
    people.leaves_at[one] = now + patience(times, lot(life, people.key[one], 0, PATIENCE))


@njit(cache=True)
def _called(one, k, c, now, scenario, pace, life, people, serving):
    """They come to the counter and are served, or do not come. Returns when the counter acts again."""
    no_show = scenario.kinds.no_show[k]
    if no_show > 0 and lot(life, people.key[one], people.turn[one], NO_SHOW) < no_show:
        return now + scenario.times.no_show
    serving[c] = one
    return now + _walk(one, scenario, life, people) + _service_time(one, 0.0, c, scenario, pace, life, people)


@njit(cache=True)
def _answer_probes(c, now, probes, lines, people, reach, since_priority, overtaken, scenario):
    """Which newcomers this counter would call now; returns how many have their answer by it."""
    answered = 0
    own_waits = own_waits_for(c, lines.heads, scenario.kinds, scenario.counters)
    for p in range(probes.shape[0]):
        asked = scenario.probes[p]
        if probes[p] == np.inf and in_reach(c, asked, reach, own_waits, scenario.kinds, scenario.counters):
            chosen, _ = choose(c, now, lines.heads, people, reach, since_priority, overtaken, scenario, asked)
            if chosen == PROBE:
                probes[p] = now
                answered += 1
    return answered


@njit(cache=True)
def _first(acts_at, idle_since):
    """The counter that acts first; of those that act at once, the one that has been idle longest."""
    first = 0
    for c in range(1, acts_at.shape[0]):
        if acts_at[c] < acts_at[first] or (acts_at[c] == acts_at[first] and idle_since[c] < idle_since[first]):
            first = c
    return first


@njit(cache=True)
def _end(c, now, scenario, pace, life, people, lines, acts_at, serving, idle_since, overtaken, reach):
    """The service at `c` ends: the visit goes on here, elsewhere, or is over. Returns when the counter acts again."""
    kinds, counters = scenario.kinds, scenario.counters
    one = serving[c]
    goes_on = lot(life, people.key[one], people.turn[one], GOES_ON)
    pause = one_of(scenario.times.pause, lot(life, people.key[one], people.turn[one], PAUSE))
    people.turn[one] += 1
    following = people.then[one, 0]
    if following >= 0:
        people.then[one, :-1] = people.then[one, 1:]
        people.then[one, -1] = -1
        people.kind[one] = following
        stays = scenario.order.continues_at_counter and next_opening(c, now, counters) <= now
        if stays and kinds.may[following, c] and kinds.zone[following] == counters.zone[c]:
            return now + _service_time(one, 0.0, c, scenario, pace, life, people)
    elif kinds.goes_on[people.kind[one]] > 0 and goes_on < kinds.goes_on[people.kind[one]]:
        following = kinds.goes_on_as[people.kind[one]]
        people.kind[one] = following
    serving[c] = -1
    acts_at[c] = now  # not idle: it is not woken by the one it has just sent on
    if following >= 0:
        _enter(one, now, scenario, people, lines, acts_at, serving, idle_since, overtaken, reach)
    idle_since[c] = now
    return now + pause


@njit(cache=True)
def _enter(one, now, scenario, people, lines, acts_at, serving, idle_since, overtaken, reach):
    """Join the line, and wake the counter that has been idle longest, if one may call this kind.

    An idle one that is shut now looks for itself when it opens: nobody would wake it then.
    """
    kinds, counters = scenario.kinds, scenario.counters
    k = people.kind[one]
    people.overtaken_before[one] = overtaken[kinds.zone[k]] - people.delayed[one]
    join(lines, people, one)
    longest = -1
    for c in range(acts_at.shape[0]):
        if acts_at[c] != np.inf or serving[c] >= 0:
            continue
        opens = next_opening(c, now, counters)
        if opens > now:
            acts_at[c] = opens if kinds.may[k, c] else np.inf
            continue
        if longest >= 0 and idle_since[c] >= idle_since[longest]:
            continue
        if scenario.call_rules.counters.shape[0] > 0:
            reach_by_rules(c, now, lines.heads, lines.lengths, people, scenario.call_rules, reach)
        if in_reach(c, k, reach, False, kinds, counters):  # it is idle: nobody of its own waits for it
            longest = c
    if longest >= 0:
        acts_at[longest] = now
