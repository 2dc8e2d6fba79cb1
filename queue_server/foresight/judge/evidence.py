"""What one day's rows prove of who was open when, and of those who were not served."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from queue_server.foresight.judge.visits import UNSERVED, Day, History
from queue_server.foresight.roster import SLOT_MINUTES, SLOTS
from queue_server.foresight.simulation.scenario import Bools, Floats, Ints

DAY_MINUTES = 1440
PATIENT_MINUTES = 2  # a server that lets people wait so long without serving anybody calls nobody


@dataclass(frozen=True, slots=True)
class DayEvidence:
    was_open: Floats  # [servers, slots] 1: began a service
    was_closed: Floats  # [servers, slots] 1: served nobody though somebody it can serve was waiting
    missed: Bools  # [rows] left unserved when it was their turn


def evidence_of(day: Day, history: History, service_of: Ints, services: int) -> DayEvidence:
    servers, slots = len(history.servers), SLOTS
    waiting = _waiting(day, service_of, services)
    was_open, was_closed = np.zeros((servers, slots)), np.zeros((servers, slots))
    for server in range(servers):
        own = day.server == server
        if not own.any():
            continue
        was_open[server, (day.start[own] // SLOT_MINUTES).astype(int) % slots] = 1
        serves = np.isin(np.arange(services), service_of[day.label[own]])
        refused = _for_a_while(waiting[serves].any(axis=0) & ~_busy(day, own))
        was_closed[server] = refused.reshape(slots, SLOT_MINUTES).any(axis=1)
    was_closed[was_open > 0] = 0
    return DayEvidence(was_open, was_closed, _missed(day))


def _waiting(day: Day, service_of: Ints, services: int) -> Bools:
    """[services, minutes] whether somebody waits for it through the whole minute."""
    until = np.where(day.server == UNSERVED, day.end, day.start)
    waits = np.zeros((services, DAY_MINUTES), bool)
    for service, came, gone in zip(service_of[day.label], np.ceil(day.arrival), np.floor(until), strict=True):
        waits[service, int(came) : int(gone)] = True
    return waits


def _busy(day: Day, own: Bools) -> Bools:
    busy = np.zeros(DAY_MINUTES, bool)
    for start, end in zip(day.start[own], day.end[own], strict=True):
        busy[int(start) : int(end) + 1] = True
    return busy


def _for_a_while(minutes: Bools) -> Bools:
    """Minutes that end a stretch of PATIENT_MINUTES and more."""
    kept = minutes.copy()
    for back in range(1, PATIENT_MINUTES):
        kept[back:] &= minutes[:-back]
        kept[:back] = False
    return kept


def _missed(day: Day) -> Bools:
    missed = np.zeros(len(day.arrival), bool)
    until = np.where(day.server == UNSERVED, day.end, day.start)
    for row in np.flatnonzero(day.server == UNSERVED):
        same = (day.label == day.label[row]) & (day.arrival < day.arrival[row])
        missed[row] = not (until[same] > day.end[row]).any()
    return missed
