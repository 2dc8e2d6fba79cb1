"""The engine alone, without HTTP: deciding, appending, calling among many, replaying a day."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from queue_server.clock import HallClock
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.apply import apply, replay
from queue_server.domain.decide import decide
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.hall_file import read_hall_file
from queue_server.service.hall import Hall
from queue_server.settings import DEPLOY
from queue_server.stores import codec
from queue_server.stores.memory import MemoryLog
from queue_server.stores.sqlite import INSERT, SqliteLog
from tests.bench.figures import Figure, median, percentile

HALL = DEPLOY / "halls" / "lanzhou.toml"
BATCH = 32
BATCHES = 250
OLD_DAYS, EVENTS_A_DAY = 400, 5000  # 2,000,000 events
BIG_DAY = 20_000
CALL_ROUNDS, CALLS_A_ROUND = 15, 500  # a letter has 9,999 numbers


class NineOClock(HallClock):
    def __init__(self, rules: HallRules) -> None:
        self.moment = datetime(2026, 11, 23, 9, 30, tzinfo=rules.timezone)

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=20)
        return self.moment


def engine_figures(folder: Path) -> list[Figure]:
    rules = read_hall_file(HALL).rules
    return [
        *append_figures(folder, rules),
        *many_waiting_figures(rules),
        *history_figures(folder, rules),
        *replay_figures(folder, rules),
    ]


def issues(first: int, many: int) -> Iterator[c.Command]:
    for n in range(first, first + many):
        yield c.IssueTicket(id=f"press-{n}", actor=f"kiosk:K{n % 4}", service=("TQ04", "DK01", "TQ11")[n % 3])


# --- deciding and appending


def append_figures(folder: Path, rules: HallRules) -> list[Figure]:
    """decide + apply + durable append of a batch, then raw sqlite3 inserting the same rows, batch after batch.

    Medians of a batch, since the disk is slower at one moment than at another. Wishes and rows are made beforehand.
    """
    log = SqliteLog(folder / "engine.sqlite")
    SqliteLog(folder / "raw.sqlite").close()
    raw = raw_connection(folder / "raw.sqlite")
    day, clock = HallDay(rules, date(2026, 11, 23)), NineOClock(rules)
    engine, floor, alone = [], [], []
    for number in range(BATCHES):
        wishes = [(wish, clock.now()) for wish in issues(number * BATCH, BATCH)]
        after, events = day.seq, []
        began = time.perf_counter()
        for wish, at in wishes:
            events += decided_and_applied(wish, day, at)
        decided = time.perf_counter()
        log.append(rules.hall, day.day, events, after)
        engine.append(time.perf_counter() - began)
        alone.append(decided - began)
        rows = [(rules.hall, "2026-11-23", after + n, *codec.encode(one)) for n, one in enumerate(events, start=1)]
        floor.append(raw_insert(raw, rows))
    log.close()
    raw.close()
    note = f"batches of {BATCH}; raw sqlite3 {BATCH / median(floor):.0f}/s"
    return [
        Figure("engine_append_over_sqlite", median(floor) / median(engine), "ratio", note),
        Figure("engine_append_per_s", BATCH / median(engine), "1/s", "decide + apply + durable append, one thread"),
        Figure("decide_apply_per_s", BATCH / median(alone), "1/s", "issuing, nothing written"),
    ]


def decided_and_applied(command: c.Command, day: HallDay, at: datetime) -> list[e.Event]:
    events = decide(command, day, at)
    for event in events:
        apply(day, event)
    return events


def raw_connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def raw_insert(connection: sqlite3.Connection, rows: list[tuple[object, ...]]) -> float:
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, rows)
    connection.execute("COMMIT")
    return time.perf_counter() - started


# --- calling among many


def many_waiting_figures(rules: HallRules) -> list[Figure]:
    """One call among 4,000 waiting against one among 10, in turn on two halls that are refilled after each call.

    The ratio is the median of rounds: of a call that takes 30 µs the slowest hundredth is what else the machine did.
    """
    halls = {waiting: hall_with(rules, waiting, MemoryLog()) for waiting in (10, 4000)}
    worst: dict[int, list[float]] = {10: [], 4000: []}
    for turn in range(CALL_ROUNDS + 1):  # the first warms both up and does not count
        times: dict[int, list[float]] = {10: [], 4000: []}
        for n in range(CALLS_A_ROUND):
            for waiting, hall in halls.items():
                times[waiting].append(one_call(hall, turn * CALLS_A_ROUND + n))
        for waiting in halls if turn else ():
            worst[waiting].append(percentile(times[waiting], 0.99))
    ratio = median([many / few for few, many in zip(worst[10], worst[4000], strict=True)])
    note = f"P99 {median(worst[4000]) * 1000:.2f} ms against {median(worst[10]) * 1000:.2f} ms"
    return [Figure("call_next_4000_over_10_p99", ratio, "ratio", note)]


def hall_with(rules: HallRules, waiting: int, log: MemoryLog | SqliteLog) -> Hall:
    hall = Hall(log, rules, NineOClock(rules))
    for command in issues(0, waiting):
        hall.handle(command)
    hall.handle(c.OpenDesk(id="open", actor="officer:zhao", counter="3", officer="zhao"))
    return hall


def one_call(hall: Hall, n: int) -> float:
    """Seconds of the call; afterwards the visitor leaves and another comes for the same, so that as many wait as before
    and for as many services.
    """
    started = time.perf_counter()
    called = hall.handle(c.CallNext(id=f"call-{n}", actor="officer:zhao", counter="3"))
    took = time.perf_counter() - started
    ticket = called.recorded[0].event.ticket  # type: ignore[attr-defined]
    hall.handle(c.AbandonTicket(id=f"leave-{n}", actor="visitor", ticket=ticket))
    service = hall.read(lambda day, _: day.tickets[ticket].service)
    hall.handle(c.IssueTicket(id=f"more-{n}", actor="kiosk:K1", service=service))
    return took


# --- history


def history_figures(folder: Path, rules: HallRules) -> list[Figure]:
    """Calling with two million old events in the file against an empty file."""
    old = SqliteLog(folder / "old.sqlite")
    write_history(folder / "old.sqlite", rules)
    halls = {"empty": hall_with(rules, 50, SqliteLog(folder / "new.sqlite")), "old": hall_with(rules, 50, old)}
    times: dict[str, list[float]] = {"empty": [], "old": []}
    for n in range(600):
        for name, hall in halls.items():
            times[name].append(one_call(hall, n))
    ratio = median(times["old"][100:]) / median(times["empty"][100:])
    return [Figure("call_next_history2m_over_empty", ratio, "ratio", f"{OLD_DAYS * EVENTS_A_DAY:,} old events, P50")]


def write_history(path: Path, rules: HallRules) -> None:
    day, clock = HallDay(rules, date(2026, 11, 23)), NineOClock(rules)
    events = [event for command in issues(0, EVENTS_A_DAY) for event in decided_and_applied(command, day, clock.now())]
    stored = [codec.encode(event) for event in events]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")  # only for making it
    for back in range(OLD_DAYS):
        name = (date(2026, 11, 22) - timedelta(days=back)).isoformat()
        connection.execute("BEGIN")
        connection.executemany(INSERT, [(rules.hall, name, n, *one) for n, one in enumerate(stored, start=1)])
        connection.execute("COMMIT")
    connection.close()


# --- replaying


def replay_figures(folder: Path, rules: HallRules) -> list[Figure]:
    log = SqliteLog(folder / "day.sqlite")
    day, clock = HallDay(rules, date(2026, 11, 23)), NineOClock(rules)
    events: list[e.Event] = []
    for n, command in enumerate(issues(0, BIG_DAY // 2)):
        issued = decided_and_applied(command, day, clock.now())
        number = issued[0].ticket  # type: ignore[attr-defined]
        left = decided_and_applied(c.AbandonTicket(id=f"leave-{n}", actor="visitor", ticket=number), day, clock.now())
        events += [*issued, *left]
    log.append(rules.hall, day.day, events, 0)
    many = len(events)
    with timed() as read_and_replay:
        replay(rules, day.day, (one.event for one in log.read(rules.hall, day.day)))
    with timed() as replay_alone:
        replay(rules, day.day, events)
    log.close()
    return [
        Figure(
            "replay_events_per_s", len(events) / read_and_replay(), "1/s", f"read from disk and replayed, {BIG_DAY}"
        ),
        Figure("replay_alone_per_s", many / replay_alone(), "1/s", "already in memory"),
    ]


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    """Gives a function that says the seconds the block took."""
    started, ended = time.perf_counter(), 0.0
    yield lambda: ended - started
    ended = time.perf_counter()
