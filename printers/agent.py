"""The print agent of a kiosk: fetches jobs, spools them, prints them, and tells the server what became of each.

Four threads, each waiting for one thing: the feed, the look at the server every few seconds, the printer, the reports.
"""

import logging
import signal
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from printers.condition import WELL, Condition
from printers.devices import PrinterTrouble, advice_for, open_device
from printers.feed_ear import FeedEar
from printers.fonts import FontMissing
from printers.job_lines import lines_of
from printers.paper_ticket import BadJob, JobHeader
from printers.seeking import Seeker
from printers.server_link import Fetched, ServerAway, ServerLink
from printers.spool import EXPIRE_AFTER_MINUTES, Report, Spool, SpooledJob

logger = logging.getLogger(__name__)

FETCH_EVERY_SECONDS = 5.0
REPORT_AGAIN_SECONDS = 3.0
FULL_AGAIN_SECONDS = 3.0  # a disk is emptied by people
READY_WITHIN_SECONDS = 3.0
LONGEST_NAP_SECONDS = 1.0
LOOK_EVERY_SECONDS = 15.0  # at a printer that has nothing to do
NOT_OF_THE_PRINTER = {"bad_job", "expired", "program_fault"}
TELL_AGAIN_SECONDS = 60.0  # how the printer is, though it has not changed: the server may be a new one


def _now() -> datetime:
    return datetime.now(UTC)


class PrintAgent:
    """`run` blocks until `stop`, which any thread may call. Uses native threads: keep it out of an eventlet process."""

    def __init__(
        self,
        server_url: str,
        token: str,
        printer: str,
        device_url: str,
        spool_path: Path | str,
        *,
        expire_after_minutes: float = EXPIRE_AFTER_MINUTES,
        fetch_every_seconds: float = FETCH_EVERY_SECONDS,
        look_every_seconds: float = LOOK_EVERY_SECONDS,
        clock: Callable[[], datetime] = _now,
        has_another_paper: Callable[[dict[str, Any]], bool] = lambda job: False,
    ) -> None:
        """`has_another_paper`: whoever waits for the job was given another number meanwhile, and has its paper."""
        self.printer = printer
        self.paper_turn = threading.Lock()  # held while it is decided which paper a press gets
        self._has_another_paper = has_another_paper
        self.device = open_device(device_url)
        self._server_url = server_url
        self._token = token
        self._spool_path = spool_path
        self._expire_after_minutes = expire_after_minutes
        self._fetch_every_seconds = fetch_every_seconds
        self._look_every_seconds = look_every_seconds
        self._clock = clock
        self._condition = Condition()
        self._seeker = Seeker(server_url, token, printer)
        self._said_of_disk = ""
        self._stopped = threading.Event()
        self._is_ready = threading.Event()
        self._to_fetch = threading.Event()
        self._to_print = threading.Event()
        self._to_report = threading.Event()

    def run(self) -> None:
        spool = self._opened()
        if spool is None:
            return
        self._spool = spool
        self._is_ready.set()
        ear = FeedEar(self._server_url, self._token, self.printer, self._to_fetch.set)
        # Not waited for at the end: its goodbye may take seconds, and nothing depends on it.
        threading.Thread(target=ear.run, name="feed", daemon=True).start()
        loops = (self._fetch_loop, self._print_loop, self._report_loop)
        threads = [threading.Thread(target=loop, name=loop.__qualname__, daemon=True) for loop in loops]
        for thread in threads:
            thread.start()
        self._stopped.wait()
        ear.stop()
        for bell in (self._to_fetch, self._to_print, self._to_report):
            bell.set()
        for thread in threads:
            thread.join(timeout=10)
        self._spool.close()

    def _opened(self) -> Spool | None:
        """Waits for room where the disk is full. None when it was stopped meanwhile."""
        while not self._stopped.is_set():
            try:
                return Spool(self._spool_path, self._expire_after_minutes)
            except (sqlite3.OperationalError, OSError) as error:
                self._is_full(error)
                self._stopped.wait(FULL_AGAIN_SECONDS)
        return None

    def _is_full(self, error: Exception) -> None:
        said = str(error)
        if said != self._said_of_disk:
            logger.error("The spool of printer %s: %s", self.printer, said, extra={"action": "disk_full"})
        self._said_of_disk = said

    def _noted(self, note: Callable[[], None]) -> None:
        """Again until it is on the disk: a paper that is out and not noted would come out once more."""
        while True:
            try:
                note()
                self._said_of_disk = ""
                return
            except sqlite3.OperationalError as error:
                self._is_full(error)
                if self._stopped.wait(FULL_AGAIN_SECONDS):
                    return  # the next start finds it cut off, and says so on paper

    def take_own(self, content: dict[str, Any]) -> None:
        """A paper that this kiosk asks for itself. The same job comes out once, however often it is asked for.
        Raises sqlite3.OperationalError where it cannot be noted."""
        if not self._is_ready.wait(READY_WITHIN_SECONDS):
            raise sqlite3.OperationalError("the spool is not open")
        now = self._clock()
        self._spool.put(content["job"], content, now, now)
        self._to_print.set()

    def paper_of_press(self, press: str) -> dict[str, Any] | None:
        """The hall's paper for a press at this kiosk, once the hall has asked for it. Raises sqlite3.OperationalError
        where the spool cannot be read."""
        if not self._is_ready.wait(READY_WITHIN_SECONDS):
            raise sqlite3.OperationalError("the spool is not open")
        return self._spool.of_press(press)

    def paper_states(self) -> dict[str, str]:
        """Job → queued, sending, printed, failed or expired."""
        return self._spool.states() if self._is_ready.wait(READY_WITHIN_SECONDS) else {}

    def condition(self) -> str:
        """How the printer was when it was last asked: `ready`, `paper_near_end`, `unknown`, or a trouble's code."""
        return self._condition.state

    def printer_view(self) -> dict[str, Any]:
        """The same as the server shows it, for this kiosk's own screen while it is alone."""
        state = self._condition.state
        said = {
            language: "" if state in WELL else advice_for(state, language, self.printer) for language in ("zh", "en")
        }
        shown = {"ready": "ok", "paper_near_end": "low", "unknown": "unknown"}.get(state, "failing")
        return {"printer": self.printer, "state": shown, "problem": state, "advice": said["zh"], "advices": said}

    def stop(self) -> None:
        """The paper in hand is finished first."""
        self._stopped.set()

    # Fetching

    def _fetch_loop(self) -> None:
        link = ServerLink(self._server_url, self._token)
        is_away = False
        while not self._stopped.is_set():
            try:
                listed_at = self._clock()
                self._take_in(link.fetch(self.printer), listed_at)
                if is_away:
                    logger.info("Printer %s: the server is back", self.printer)
                    self._to_report.set()
                is_away = False
            except ServerAway as error:
                if not is_away:
                    logger.warning("Printer %s gets no jobs, will keep asking: %s", self.printer, error)
                is_away = True
            except sqlite3.OperationalError as error:  # the hall goes on listing what could not be taken in
                self._is_full(error)
            self._wait_for(self._to_fetch, self._fetch_every_seconds)
        link.close()

    def _take_in(self, fetched: Fetched, listed_at: datetime) -> None:
        now = self._clock()
        for content in fetched.jobs:
            if content.get("printer") not in (None, self.printer):
                logger.warning("Job %s is for printer %s, not %s", content["job"], content["printer"], self.printer)
                continue
            if "find" in content:
                self._seeker.seek(content["job"])
                continue
            asked_at = _asked_at(content, fetched.server_now, now)
            with self.paper_turn:
                if self._has_another_paper(content):
                    continue
                is_new = self._spool.put(content["job"], content, asked_at, now)
            if not is_new:
                self._spool.report_again(content["job"], listed_at)
        if fetched.jobs:
            self._to_print.set()
            self._to_report.set()

    # Printing

    def _print_loop(self) -> None:
        while not self._stopped.is_set():
            try:
                spooled = self._next_job()
            except sqlite3.OperationalError as error:  # nothing is printed that cannot be noted first
                self._is_full(error)
                self._stopped.wait(FULL_AGAIN_SECONDS)
                continue
            if spooled is None:
                self._look_at_printer()
                self._wait_for(self._to_print, LONGEST_NAP_SECONDS)
                continue
            self._print(spooled)
            self._to_report.set()

    def _next_job(self) -> SpooledJob | None:
        for job in self._spool.expire(self._clock()):
            logger.warning("Job %s waited too long for printer %s and was dropped", job, self.printer)
            self._to_report.set()
        return self._spool.take(self._clock())

    def _look_at_printer(self) -> None:
        """While nothing waits for it: a job that does asks the printer itself."""
        if not self._condition.is_older_than(self._look_every_seconds) or self._spool.next_try_at() is not None:
            return
        try:
            state = self.device.status().value
        except PrinterTrouble as trouble:
            state = trouble.code
        except Exception:  # a look must not end the printing
            logger.exception("Looking at printer %s failed", self.printer)
            state = "unknown"
        self._is_now(state)

    def _is_now(self, state: str) -> None:
        if self._condition.hear(state):
            if state not in WELL:
                self._warn(PrinterTrouble(state))
            self._to_report.set()

    def _warn(self, trouble: PrinterTrouble, job: str = "-") -> None:
        advice = advice_for(trouble.code, "en", self.printer)
        logger.warning("%s (job %s, %s)", advice, job, trouble, extra={"action": f"printer_{trouble.code}"})

    def _print(self, spooled: SpooledJob) -> None:
        trouble = self._trouble_in_printing(spooled)
        if trouble is None:
            self._noted(lambda: self._spool.mark_printed(spooled.job, self._clock()))
            return
        self._warn(trouble, spooled.job)
        self._noted(
            lambda: self._spool.mark_failed(
                spooled.job,
                trouble.code,
                self._clock(),
                permanent=trouble.permanent,
                interrupted=trouble.maybe_on_paper,
                may_move=_may_move(spooled.content, trouble),
            )
        )

    def _trouble_in_printing(self, spooled: SpooledJob) -> PrinterTrouble | None:
        try:
            self._is_now(self.device.print_lines(lines_of(spooled, self.printer, self.device.make)).value)
        except PrinterTrouble as trouble:
            self._is_now(trouble.code)
            return trouble
        except BadJob as error:
            return PrinterTrouble("bad_job", str(error))
        except FontMissing as error:
            return PrinterTrouble("no_font", str(error))
        except Exception as error:
            # One job must not end the printing of all others. It counts as cut off, so it is over after three tries.
            logger.exception("Printing job %s failed", spooled.job)
            return PrinterTrouble("program_fault", repr(error), maybe_on_paper=True)
        return None

    # Reporting

    def _report_loop(self) -> None:
        link = ServerLink(self._server_url, self._token)
        while not self._stopped.is_set():
            try:
                for report in self._spool.reports():
                    self._report(link, report)
                self._tell_condition(link)
                self._wait_for(self._to_report, self._fetch_every_seconds)
            except ServerAway as error:
                logger.info("Printer %s: reports are kept for later: %s", self.printer, error)
                self._stopped.wait(REPORT_AGAIN_SECONDS)
            except sqlite3.OperationalError as error:  # told again: the hall takes the same report twice
                self._is_full(error)
                self._stopped.wait(FULL_AGAIN_SECONDS)
        link.close()

    def _report(self, link: ServerLink, report: Report) -> None:
        """A job that was given up stays so, over a restart too, until it is certain whether another printer has it."""
        try:
            answered = link.report(report)
        except ServerAway as error:
            if report.given_up and not error.was_sent:
                self._spool.take_back(report.job)
                self._to_print.set()
            raise
        if not answered.is_heard:
            logger.warning("The server will not hear that job %s is %s", report.job, report.state)
        if report.given_up and answered.moved_to:
            logger.info("Job %s comes out at printer %s instead of %s", report.job, answered.moved_to, self.printer)
            self._spool.mark_moved(report.job, self._clock())
            return
        if report.given_up:
            self._spool.take_back(report.job)  # first: cut off in between, it is reported once more, not forgotten
            self._to_print.set()
        self._spool.mark_reported(report, self._clock())

    def _tell_condition(self, link: ServerLink) -> None:
        state = self._condition.to_tell(TELL_AGAIN_SECONDS)
        if state is not None and link.tell_state(self.printer, state):
            self._condition.is_told(state)

    def _wait_for(self, bell: threading.Event, seconds: float) -> None:
        if not self._stopped.is_set():
            bell.wait(seconds)
        bell.clear()


def _may_move(content: dict[str, Any], trouble: PrinterTrouble) -> bool:
    """A ticket, once, and where the printer is what hinders it."""
    return "ticket" in content and not content.get("asked_at") and trouble.code not in NOT_OF_THE_PRINTER


def _asked_at(content: dict[str, Any], server_now: datetime | None, now: datetime) -> datetime:
    """When the job was asked for, on this machine's clock: its age by the server's clock, counted back from now."""
    try:
        requested_at = JobHeader.from_json(content).requested_at
    except BadJob:
        return now  # printing it will say what is wrong
    age = (server_now or now) - requested_at
    return now - max(age, timedelta())


def until_told_to_stop(agent: PrintAgent) -> None:
    """Runs it as a process of its own, until SIGTERM or SIGINT."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: agent.stop())
    agent.run()
