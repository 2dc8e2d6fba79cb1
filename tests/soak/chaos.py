"""One simulated day in which every device fails at random, and what a checker finds in the log afterwards.

`python -m tests.soak.run --chaos 16 --report docs/chaos.md`: sixteen minutes of the world at most. The hall's clock
stands while its server is down, so its day is shorter than sixty times that.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from displays.led.counters_board import CountersBoard
from displays.led.message import message_of
from queue_server.domain import events as e
from queue_server.stores.base import Recorded
from tests.e2e.hall_process import wait_until
from tests.soak.chaos_hall import SPEED, ChaosHall
from tests.soak.lonely import lost, names, twice

BETWEEN_SECONDS = (1.5, 6.0)  # of the world, from one mishap to the next
LASTS_SECONDS = (2.0, 12.0)
PRINTER_FAULTS = ("paper_out", "cover_open", "cutter_jam", "stalled", "garbage", "silent", "cut_after_bytes")
PANELS_RIGHT_WITHIN_SECONDS = 60.0
TEMPLATE = Path(__file__).with_name("chaos_report.txt")


@dataclass
class Mishap:
    """What happened, and how it is put right; nothing where it ended by itself."""

    name: str
    mend: Callable[[], object] | None = None
    until: float = 0.0


@dataclass
class Chaos:
    """What came of it. `findings` must be empty; the counts say what was tried."""

    seed: int
    began: datetime
    real_seconds: float
    hall_hours: float
    mishaps: Counter[str]
    counts: dict[str, int]
    spoken: Counter[str]
    findings: list[str] = field(default_factory=list)


def live_a_day(hall: ChaosHall, minutes: float, seed: int) -> Chaos:
    """`minutes` of the world, or until the hall's evening. Everything is mended at the end, and given time to be put
    right. The seed gives the same mishaps in the same order and the same people; which of them meet is the machine's
    affair."""
    chance, hall.street.seed = random.Random(seed), seed
    began, mishaps, broken = datetime.now(UTC), Counter[str](), list[Mishap]()
    hall.start()
    visitors = [kiosk.visitors() for kiosk in hall.kiosks]
    started, end = time.monotonic(), time.monotonic() + minutes * 60
    while time.monotonic() < end and not hall.is_late():
        time.sleep(chance.uniform(*BETWEEN_SECONDS))
        broken = [one for one in broken if not is_mended(one)]
        mishap = something_happens(hall, chance)
        mishaps[mishap.name] += 1
        if mishap.mend is not None:
            mishap.until = time.monotonic() + chance.uniform(*LASTS_SECONDS)
            broken.append(mishap)
    for mishap in broken:
        mishap.until = 0.0
        is_mended(mishap)
    seconds = time.monotonic() - started
    hall.street.over.set()
    for visitor in visitors:
        visitor.join()
    hall.calm()
    hall.settle()
    panels = wrong_panels(hall)
    printed = {kiosk.name: kiosk.printed() for kiosk in hall.kiosks}
    papers = {kiosk.name: kiosk.tray.papers for kiosk in hall.kiosks}
    spoken = spoken_of(hall.voice_folder)
    hall.stop()
    log = hall.log()
    findings = [*panels, *wrong_numbers(hall, log, papers, printed), *wrong_words(log, spoken)]
    hours = (log[-1].event.at - log[0].event.at).total_seconds() / 3600
    outcomes = Counter("unsettled" if outcome is None else outcome for _, _, outcome in spoken)
    return Chaos(seed, began, seconds, hours, mishaps, counts_of(hall, log, papers), outcomes, findings)


def is_mended(mishap: Mishap) -> bool:
    if time.monotonic() < mishap.until:
        return False
    assert mishap.mend is not None
    mishap.mend()
    return True


def something_happens(hall: ChaosHall, chance: random.Random) -> Mishap:
    kiosk = chance.choice(hall.kiosks)
    panel = hall.panels[chance.choice(sorted(hall.panels))]
    fault = chance.choice(PRINTER_FAULTS)
    broken = Path(f"{hall.player}.broken")
    match chance.randrange(9):
        case 0:
            hall.restart_server()
            return Mishap("server killed")
        case 1:
            kiosk.end()
            kiosk.start()
            return Mishap("kiosk program killed")
        case 2:
            kiosk.cable.cut()
            return Mishap("kiosk's network cable pulled", kiosk.cable.mend)
        case 3 | 4:
            kiosk.tray.set(**{fault: 400 if fault == "cut_after_bytes" else True})
            well = None if fault == "cut_after_bytes" else False
            return Mishap(f"printer: {fault}", lambda: kiosk.tray.set(**{fault: well}))
        case 5:
            hall.voice.end()
            hall.voice.start()
            return Mishap("voice killed")
        case 6:
            hall.voice.kill_children()
            return Mishap("voice's engine killed")
        case 7:
            broken.touch()
            return Mishap("loudspeaker refuses", lambda: broken.unlink(missing_ok=True))
        case _:
            if chance.random() < 0.5:
                hall.led.end()
                hall.led.start()
                return Mishap("panels' program killed")
            panel.unplug()
            return Mishap("panel unplugged", lambda: panel.plug())


# --- the checker


def wrong_numbers(
    hall: ChaosHall, log: Sequence[Recorded], papers: dict[str, list], printed: dict[str, set[str]]
) -> Iterable[str]:
    """Numbers lost, given twice, or on paper and not in the log."""
    issued = [one.event for one in log if isinstance(one.event, e.TicketIssued)]
    yield from lost(hall.street.presses, issued)
    yield from twice(hall.street.presses, issued, log, papers)
    for kiosk, some in papers.items():
        for number in sorted({paper.number for paper in some} | printed[kiosk]):
            if number not in names(issued):
                yield f"{number} came out of {kiosk} and is not in the log"


def wrong_words(log: Sequence[Recorded], spoken: Sequence[tuple[int, int, str | None]]) -> Iterable[str]:
    """What was said and never called, said more often than once and once more after it was cut off, or left hanging."""
    called = {one.seq for one in log if isinstance(one.event, e.TicketCalled | e.NoticePutUp)}
    for seq, begun, outcome in spoken:
        if seq not in called:
            yield f"{seq} was spoken and is no call of the log"
        if begun > 2:
            yield f"{seq} was begun {begun} times"
        if outcome is None:
            yield f"{seq} was neither said nor given up"


def spoken_of(folder: Path) -> list[tuple[int, int, str | None]]:
    with sqlite3.connect(f"file:{folder}/speaker/spoken.sqlite?mode=ro", uri=True) as db:
        return db.execute("SELECT seq, begun, outcome FROM spoken ORDER BY day, seq").fetchall()


def wrong_panels(hall: ChaosHall) -> list[str]:
    """Counters whose panel does not come to show what the board says."""

    def wrong() -> list[str]:
        board = CountersBoard()
        board.take(hall.board())
        return [
            f"panel {counter} shows {panel.shown[-1].text if panel.shown else 'nothing'!r}, not {wanted!r}"
            for counter, panel in hall.panels.items()
            if not panel.shown or panel.shown[-1].text != (wanted := message_of(board.counter(counter)).text)
        ]

    try:
        wait_until(lambda: not wrong(), PANELS_RIGHT_WITHIN_SECONDS)
    except (AssertionError, TimeoutError):
        return wrong()
    return []


def counts_of(hall: ChaosHall, log: Sequence[Recorded], papers: dict[str, list]) -> dict[str, int]:
    kinds = Counter(type(one.event).__name__ for one in log)
    presses = hall.street.presses
    return {
        "events in the log": len(log),
        "numbers given": kinds["TicketIssued"],
        "of these by a kiosk alone": sum(press.alone for press in presses),
        "presses at the three kiosks": len(presses),
        "papers at their printers": sum(map(len, papers.values())),
        "of these marked as printed again": sum(paper.again for some in papers.values() for paper in some),
        "papers reported as failed": kinds["PaperFailed"],
        "calls": kinds["TicketCalled"],
        "services ended": kinds["ServiceEnded"],
    }


# --- the report


def report_of(chaos: Chaos) -> str:
    """Written by the run itself; nobody edits it."""
    mishaps = "\n".join(f"| {name} | {many} |" for name, many in sorted(chaos.mishaps.items()))
    found = "\n".join(f"* {finding}" for finding in chaos.findings) or "Nothing was found."
    counts = "\n".join(f"| {name} | {many} |" for name, many in chaos.counts.items())
    spoken = ", ".join(f"{many} {outcome}" for outcome, many in sorted(chaos.spoken.items())) or "none"
    return TEMPLATE.read_text(encoding="utf-8").format(
        seed=chaos.seed,
        began=f"{chaos.began:%Y-%m-%d %H:%M}",
        minutes=f"{chaos.real_seconds / 60:.1f}",
        hours=f"{chaos.hall_hours:.1f}",
        speed=SPEED,
        mishaps=mishaps,
        together=chaos.mishaps.total(),
        low=LASTS_SECONDS[0],
        high=LASTS_SECONDS[1],
        counts=counts,
        spoken=spoken,
        found=found,
    )
