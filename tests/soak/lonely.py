"""Kills, cuts and mends while people come, then asks whether every number is in the log once and where it belongs."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from queue_server.domain import events as e
from queue_server.stores.base import Recorded
from tests.soak.lone_kiosks import LonelyHall, Press
from tests.soak.paper_tray import Paper

LULL_SECONDS = 4.0  # so long nobody waits for answers that may not come: kiosks that are cut off run out of numbers
SAME_MOMENT = 0.5  # seconds by which a kiosk may know the hall's time wrongly


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it; lists of numbers, each with why."""

    kills: int
    kiosk_kills: int
    cuts: int
    presses: int
    alone: int  # of the presses that were answered
    papers: int
    doubts: dict[str, int]
    lost: list[str]
    twice: list[str]
    paper_without_log: list[str]
    out_of_order: list[str]

    def lines(self) -> Iterable[str]:
        yield f"kills {self.kills}, kiosk kills {self.kiosk_kills}, cuts {self.cuts}"
        yield f"presses {self.presses}, numbers given alone {self.alone}, papers {self.papers}, doubts {self.doubts}"
        yield f"numbers_lost {len(self.lost)}"
        yield f"numbers_twice {len(self.twice)}"
        yield f"paper_without_log {len(self.paper_without_log)}"
        yield f"out_of_order {len(self.out_of_order)}"
        yield from (f"  {finding}" for finding in self.findings)

    @property
    def findings(self) -> list[str]:
        return [*self.lost, *self.twice, *self.paper_without_log, *self.out_of_order]


def kill_and_cut(hall: LonelyHall, kills: int, seed: int, between: int = 12) -> Found:
    """`between`: at most so many answers from one mishap to the next."""
    chance, hall.street.seed = random.Random(seed), seed
    kiosk_kills = cuts = 0
    hall.start()
    visitors = [kiosk.visitors() for kiosk in hall.kiosks]
    for _ in range(kills):
        some_answers(hall, chance.randint(1, between))
        cut_off = [kiosk for kiosk in hall.kiosks if chance.random() < 0.3]
        for kiosk in cut_off:
            kiosk.cable.cut()
        cuts += len(cut_off)
        some_answers(hall, chance.randint(0, between))
        hall.server.end()
        if chance.random() < 0.5:
            killed = chance.choice(hall.kiosks)
            killed.end()
            killed.start()
            kiosk_kills += 1
        some_answers(hall, chance.randint(0, between))
        hall.server.start()
        for kiosk in cut_off:
            some_answers(hall, chance.randint(0, between // 2))
            kiosk.cable.mend()
    some_answers(hall, 5)
    hall.street.over.set()
    for visitor in visitors:
        visitor.join()
    hall.settle()
    printed = {kiosk.name: kiosk.printed() for kiosk in hall.kiosks}
    papers = {kiosk.name: kiosk.tray.papers for kiosk in hall.kiosks}
    hall.stop()
    street = hall.street.presses
    issued = [one.event for one in hall.log() if isinstance(one.event, e.TicketIssued)]
    return Found(
        kills,
        kiosk_kills,
        cuts,
        len(street),
        sum(press.alone for press in street),
        sum(map(len, papers.values())),
        dict(Counter(doubt for event in issued for doubt in event.doubts)),
        *judged(hall.log(), street, papers, printed),
    )


def some_answers(hall: LonelyHall, more: int) -> None:
    enough, latest = hall.street.answers + more, time.monotonic() + LULL_SECONDS
    while hall.street.answers < enough and time.monotonic() < latest:
        time.sleep(0.02)


def judged(
    log: Sequence[Recorded], presses: Sequence[Press], papers: dict[str, list[Paper]], printed: dict[str, set[str]]
) -> tuple[list[str], list[str], list[str], list[str]]:
    """Lost, twice, on paper and not in the log, out of order. `printed`: what each kiosk's spool says, by kiosk."""
    issued = [one.event for one in log if isinstance(one.event, e.TicketIssued)]
    on_paper = {
        (number, kiosk)
        for kiosk, some in papers.items()
        for number in {paper.number for paper in some} | printed.get(kiosk, set())
    }
    without_log = [
        f"{number} came out of {kiosk} and is not in the log"
        for number, kiosk in sorted(on_paper)
        if number not in names(issued)
    ]
    return (
        list(lost(presses, issued)),
        list(twice(presses, issued, log, papers)),
        without_log,
        list(out_of_order(presses, issued)),
    )


def names(issued: Sequence[e.TicketIssued]) -> set[str]:
    return {event.number_on_paper or event.ticket for event in issued}


def lost(presses: Sequence[Press], issued: Sequence[e.TicketIssued]) -> Iterable[str]:
    for press in presses:
        if press.number is not None and press.number not in names(issued):
            yield f"{press.number} was shown at {press.kiosk} and is not in the log"


def twice(
    presses: Sequence[Press], issued: Sequence[e.TicketIssued], log: Sequence[Recorded], papers: dict[str, list[Paper]]
) -> Iterable[str]:
    for number, times in Counter(event.ticket for event in issued).items():
        if times > 1:
            yield f"{number} is {times} times in the log"
    for number, times in Counter(press.number for press in presses if press.number).items():
        if times > 1:
            yield f"{number} was shown to {times} people"
    first_papers = Counter(paper.number for some in papers.values() for paper in some if not paper.again)
    for number, times in first_papers.items():
        if times > 1:
            yield f"{times} papers say {number} and not that they are printed again"
    ended = {
        one.event.ticket for one in log if isinstance(one.event, e.TicketAbandoned) and one.event.reason == "double"
    }
    keys = Counter(event.command.rsplit("/", 1)[-1] for event in issued if event.ticket not in ended)
    for key, times in keys.items():
        if times > 1:
            yield f"the press {key} holds {times} places"


def out_of_order(presses: Sequence[Press], issued: Sequence[e.TicketIssued]) -> Iterable[str]:
    """Each stands in the log between its press and its answer: who was answered before another pressed is first."""
    arrived = {event.number_on_paper or event.ticket: (event.taken_at or event.at) for event in issued}
    for press in presses:
        if press.number is None or press.heard is None or press.number not in arrived:
            continue
        at = arrived[press.number].timestamp()
        if not press.sent - SAME_MOMENT <= at <= press.heard + SAME_MOMENT:
            real, by_log = (datetime.fromtimestamp(one, UTC).strftime("%H:%M:%S.%f") for one in (press.sent, at))
            yield f"{press.number} of {press.kiosk}: pressed at {real}, in the log at {by_log}"
