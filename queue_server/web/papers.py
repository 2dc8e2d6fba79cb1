"""Which papers are still to be printed where, and how each printer is: followed from the events, kept in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from queue_server.domain import events as e
from queue_server.domain.hall_day import list_mark, promise_mark
from queue_server.stores.base import Recorded
from queue_server.web.printer_state import PrinterState

Slip = e.TomorrowPromised | e.ListAsked


@dataclass(frozen=True, slots=True)
class PaperJob:
    day: date
    ticket: str
    paper: int
    printer: str
    asked_at: datetime
    instead_of: str | None = None  # the printer that gave it up
    maybe_on_paper: bool = True
    slip: Slip | None = None  # of a paper without a number; then `ticket` is its mark, see `promise_mark`, `list_mark`

    @property
    def id(self) -> str:
        return f"{self.day.isoformat()}.{self.ticket}.{self.paper}"


class Papers:
    def __init__(self, printers: list[str]) -> None:
        self._printers = printers
        self._day: date | None = None
        self.states = {printer: PrinterState(printer) for printer in printers}
        self._promises = self._lists = 0
        self._latest: dict[str, PaperJob] = {}  # by ticket: its last paper, wherever that stands
        self._pending: dict[str, dict[str, PaperJob]] = {}  # printer -> job id -> job

    def have_printers(self, printers: list[str]) -> None:
        """Those of the hall from now on; what is known of the others is forgotten."""
        self._printers = printers
        self.states = {printer: self.states.get(printer, PrinterState(printer)) for printer in printers}

    def hear(self, recorded: Recorded) -> bool:
        """Follow one event; whether a printer's state changed by it."""
        if recorded.day != self._day:
            self._day, self._latest, self._pending = recorded.day, {}, {}
            self._promises = self._lists = 0
        event = recorded.event
        match event:
            case e.TicketIssued(printer=str(printer)):
                self._ask(PaperJob(recorded.day, event.ticket, 1, printer, event.at))
            case e.TomorrowPromised():
                self._promises += 1
                if event.printer is not None:
                    mark = promise_mark(self._promises)
                    self._ask(PaperJob(recorded.day, mark, 1, event.printer, event.at, slip=event))
            case e.ListAsked():
                self._lists += 1
                self._ask(PaperJob(recorded.day, list_mark(self._lists), 1, event.printer, event.at, slip=event))
            case e.PaperAsked():
                moved = {"instead_of": event.instead_of, "maybe_on_paper": event.maybe_on_paper}
                self._ask(PaperJob(recorded.day, event.ticket, event.paper, event.printer, event.at, **moved))
            case e.PaperPrinted():
                return self._settle(event.ticket, "ok", None, event.at)
            case e.PaperFailed():
                return self._settle(event.ticket, "failing", event.problem, event.at)
        return False

    def _ask(self, job: PaperJob) -> None:
        if earlier := self._latest.get(job.ticket):
            self._pending.get(earlier.printer, {}).pop(earlier.id, None)
        self._latest[job.ticket] = job
        self._pending.setdefault(job.printer, {})[job.id] = job

    def _settle(self, ticket: str, state: str, problem: str | None, at: datetime) -> bool:
        job = self._latest.get(ticket)
        if job is None:
            return False
        self._pending.get(job.printer, {}).pop(job.id, None)
        before = self.states.get(job.printer, PrinterState(job.printer))
        if (before.state, before.problem) == (state, problem):
            return False
        self.states[job.printer] = PrinterState(job.printer, state, problem, at)
        return True

    def pending(self, printer: str) -> list[PaperJob]:
        return list(self._pending.get(printer, {}).values())

    def latest(self, ticket: str) -> PaperJob | None:
        return self._latest.get(ticket)
