"""What could be known of a hall at one moment of a day in its history, and what follows from it as a scenario."""

from __future__ import annotations

from datetime import date

import numpy as np

from queue_server.foresight.habits import ARRIVAL_MINUTES
from queue_server.foresight.judge.learning import Learnt
from queue_server.foresight.judge.visits import UNSERVED, Day, History
from queue_server.foresight.roster import as_seen, from_now, span_table, usual_spans
from queue_server.foresight.simulation.scenario import (
    MOST_SERVICES_AFTER,
    Arrivals,
    Bools,
    CallRules,
    Counters,
    Ints,
    Kinds,
    Order,
    Pace,
    Scenario,
    Times,
    Waiting,
)

REFUSES_AFTER = 2.0  # minutes in which a free server has called nobody although somebody waits


class Moments:
    """Makes a scenario of any moment of a day. All that does not change with the moment is made once."""

    def __init__(self, history: History, learnt: Learnt) -> None:
        self._history, self._learnt = history, learnt
        labels, servers = len(history.labels), len(history.servers)
        self._kinds = Kinds(
            learnt.service_of,
            np.zeros(labels, np.int64),
            np.array([label.rate for label in history.labels]),
            np.zeros(labels),
            np.zeros(labels, np.bool_),
            np.zeros(labels, np.bool_),
            np.ascontiguousarray(learnt.serves[learnt.service_of]),
            np.zeros((labels, servers)),
            learnt.no_show,
            np.zeros(labels),
            np.full(labels, -1),
        )
        self._order = Order(0.0, 0, 0.0, np.zeros(1), False)
        self._times = Times(np.zeros(1), learnt.pause, 0.0, learnt.patience)
        self._call_rules = CallRules(
            np.zeros((0, servers), np.bool_),
            np.zeros((0, labels), np.bool_),
            np.zeros(0),
            np.zeros(0),
            np.zeros(0, np.bool_),
        )
        self._roster = [usual_spans(row) for row in learnt.open_share]

    def scenario(self, day: Day, row: int) -> Scenario:
        """Of the moment at which this row's visitor arrives; the probe is the visitor."""
        at = day.arrival[row]
        waiting = waits_at(day, row)
        return Scenario(
            self._kinds,
            self._learnt.services,
            self._waiting(day, np.flatnonzero(waiting), at),
            self._counters(day, row, waiting, at),
            self._arrivals(int(at // ARRIVAL_MINUTES), at, self.level(row, at)),
            self._call_rules,
            self._order,
            self._times,
            day.label[row : row + 1],
            self._pace(day, row, at),
        )

    def whole_day(self) -> Scenario:
        """Of midnight: nobody is there yet, everybody who usually comes will, and servers are open as usual."""
        nothing, none, servers = np.zeros(0), np.zeros(0, np.int64), len(self._history.servers)
        nobody = Day(date.min, nothing, nothing, nothing, none, none)
        opens, closes = span_table([from_now(usual, 0.0) for usual in self._roster])
        idle = np.full(servers, -1)
        return Scenario(
            self._kinds,
            self._learnt.services,
            self._waiting(nobody, none, 0.0),
            Counters(
                np.zeros(servers, np.int64),
                opens,
                closes,
                self._learnt.speed,
                idle,
                np.full(servers, -1.0),
                np.zeros(servers),
                np.full((servers, MOST_SERVICES_AFTER), -1),
                idle,
                np.zeros(servers),
            ),
            self._arrivals(0, 0.0, 1.0),
            self._call_rules,
            self._order,
            self._times,
            none,
            Pace(False, self._learnt.measured, self._learnt.day_error, none, nothing, nothing.astype(np.bool_)),
        )

    def _pace(self, day: Day, row: int, at: float) -> Pace:
        begun = (day.start < at) & (day.server != UNSERVED) & (np.arange(len(day.arrival)) < row)
        server, over = day.server[begun], day.end[begun] <= at
        return Pace(
            False,
            self._learnt.measured,
            self._learnt.day_error,
            self._learnt.service_of[day.label[begun]],
            np.where(over, day.end[begun] - day.start[begun], at - day.start[begun]) / self._learnt.speed[server],
            over,
        )

    def _waiting(self, day: Day, rows: Ints, at: float) -> Waiting:
        since = day.arrival[rows] - at
        return Waiting(
            day.label[rows], since, since, rows, np.zeros(len(rows)), np.full((len(rows), MOST_SERVICES_AFTER), -1)
        )

    def open_now(self, day: Day, row: int) -> Bools:
        """[servers] those at work at this moment, as far as one can tell."""
        counters = self._counters(day, row, waits_at(day, row), day.arrival[row])
        return np.asarray((counters.serving >= 0) | ((counters.opens <= 0) & (counters.closes > 0)).any(axis=1))

    def _counters(self, day: Day, row: int, waiting: Bools, at: float) -> Counters:
        servers = len(self._history.servers)
        serving, served_for = np.full(servers, -1), np.zeros(servers)
        now = np.flatnonzero((day.start <= at) & (at < day.end) & (np.arange(len(day.arrival)) < row))
        serving[day.server[now]], served_for[day.server[now]] = day.label[now], at - day.start[now]
        patient = waiting & (day.arrival <= at - REFUSES_AFTER)
        wanted = np.zeros(len(self._history.labels), bool)
        wanted[day.label[patient]] = True
        refuses = self._kinds.may[wanted].any(axis=0) & (serving < 0)
        ended = np.full(servers, -np.inf)
        over = (day.end <= at) & (day.server != UNSERVED)
        np.maximum.at(ended, day.server[over], day.end[over])
        refuses &= ended < at - REFUSES_AFTER
        spans = [
            as_seen(from_now(self._roster[server], at), at_work=serving[server] >= 0, absent=bool(refuses[server]))
            for server in range(servers)
        ]
        opens, closes = span_table(spans)
        return Counters(
            np.zeros(servers, np.int64),
            opens,
            closes,
            self._learnt.speed,
            serving,
            served_for,
            -served_for,
            np.full((servers, MOST_SERVICES_AFTER), -1),
            np.full(servers, -1),
            np.where(np.isfinite(ended), ended - at, -np.inf),
        )

    def _arrivals(self, slot: int, at: float, level: float) -> Arrivals:
        nothing = np.zeros(0)
        per_minute = np.ascontiguousarray(self._learnt.per_minute[slot:] * level)
        kinds = np.arange(len(self._history.labels))
        return Arrivals(
            float(ARRIVAL_MINUTES),
            slot * ARRIVAL_MINUTES - at,
            per_minute,
            kinds,
            nothing,
            nothing,
            nothing.astype(int),
            nothing,
        )

    def level(self, row: int, at: float) -> float:
        """Today's arrivals so far against what is usual by this time, leaning on the usual while they are few."""
        slot = int(at // ARRIVAL_MINUTES)
        usual = self._learnt.per_minute.sum(axis=1)
        expected = usual[:slot].sum() * ARRIVAL_MINUTES + usual[slot] * (at - slot * ARRIVAL_MINUTES)
        weight = self._learnt.level_weight
        return float((row + weight) / (expected + weight))


def waits_at(day: Day, row: int) -> Bools:
    """Who waits when this row's visitor arrives: those who came before, are not served yet and have not left."""
    at = day.arrival[row]
    until = np.where(day.server == UNSERVED, day.end, day.start)
    return np.asarray((np.arange(len(day.arrival)) < row) & (until > at))
