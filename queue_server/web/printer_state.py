"""How a printer is: what became of its papers, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.accounts.printers_told import Told
from queue_server.web.views import Json, iso


@dataclass(frozen=True, slots=True)
class PrinterState:
    printer: str
    state: str = "unknown"  # ok | low: prints, the roll ends soon | failing | unknown: nothing is known of it
    problem: str | None = None
    since: datetime | None = None

    @property
    def is_failing(self) -> bool:
        return self.state == "failing"

    def view(self, advice: dict[str, str], language: str) -> Json:
        return {
            "printer": self.printer,
            "state": self.state,
            "problem": self.problem,
            "advice": advice[language],
            "advices": advice,
            "since": iso(self.since),
        }


def state_now(by_papers: PrinterState, told: Told | None) -> PrinterState:
    """What the printer says itself counts, where it says something; else what became of its last paper.

    One that can be reached and says nothing of itself may have been mended: then nothing is known until it prints.
    """
    printer = by_papers.printer
    match told:
        case None:
            return by_papers
        case Told(state="ready"):
            return by_papers if by_papers.state == "ok" else PrinterState(printer, "ok", None, told.since)
        case Told(state="paper_near_end"):
            return PrinterState(printer, "low", "paper_near_end", told.since)
        case Told(state="unknown"):
            return PrinterState(printer, since=told.since) if by_papers.is_failing else by_papers
    return PrinterState(printer, "failing", told.state, told.since)
