"""What is still to be printed, and what became of it. For print agents (`xinting kiosk`)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.hall_day import HallDay
from queue_server.hall_file import Printer
from queue_server.screen_words import PAPER
from queue_server.stores.printer_errands import TEST
from queue_server.stores.sheet_jobs import PREFIX
from queue_server.web.api.common import COMMAND, Done, Wish, done, handle, make_api, wish_id
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.papers import PaperJob
from queue_server.web.printer_views import errand_view, job_view, printer_instead_of, printer_states, printer_view
from queue_server.web.security import limit, needs_device, who
from queue_server.web.slip_papers import slip_job_view
from queue_server.web.tools.paper import sheet_job_view
from queue_server.web.views import Json
from queue_server.web.words import LANGUAGES, own_words, reader_language

api = make_api("print-jobs", "Papers to print")
STATES_A_MINUTE = 60
JOB = re.compile(r"(\d{4}-\d\d-\d\d)\.([A-Z]\d{4}|\+L?\d{1,5})\.(\d{1,3})")


class Which(BaseModel):
    printer: str = Field(max_length=32)


class JobPath(BaseModel):
    job: str = Field(max_length=40, description="<day>.<ticket>.<paper>; instead of a ticket +<count>, +L<count>")


class Report(Wish):
    state: Literal["printed", "failed"]
    problem: str | None = Field(None, max_length=64)
    given_up: bool = Field(False, description="Failed, and the printer waits to hear whether it comes out elsewhere")
    maybe_on_paper: bool = True


class Reported(Done):
    """`moved_to`: the printer where the paper comes out instead; then it must never come out here any more."""

    moved_to: str | None = None


def _own_printer(printer: str) -> None:
    if who().id != printer:
        raise ApiError(403, "not_allowed", role=who().actor)


@api.get("/print-jobs")
@needs_device("kiosk", "printer")
def read_print_jobs(query: Which) -> Json:
    """Papers asked for at this printer and not yet reported; `now` is the hall's own time."""
    _own_printer(query.printer)
    context = here()
    context.hall.catch_up()  # papers are followed from the events, and another process may have given the number
    wanted = context.papers.pending(query.printer)
    tickets = context.hall.read(
        lambda day, at: [day.tickets[job.ticket] for job in wanted if job.ticket in day.tickets]
    )
    picture = context.waits.picture_with(tickets)
    sheets = context.sheet_jobs.pending(query.printer, context.hall.clock.now())
    errands = context.printer_errands.pending(query.printer, context.hall.clock.now())
    sheet_views = [view for job in sheets if (view := sheet_job_view(job, context))]

    own = {language: said for language in LANGUAGES if (said := own_words(PAPER, language))}
    words = {"words": own} if own else {}  # what this hall says otherwise on paper

    def jobs(day: HallDay, at: datetime) -> Json:
        of_today = [(job, day.ticket(job.ticket)) for job in wanted if job.day == day.day]
        views = [
            *(
                job_view(job, ticket, day, picture, context)
                for job, ticket in of_today
                if ticket and not ticket.is_over
            ),
            *(slip_job_view(job, context) for job in wanted if job.slip and job.day == day.day),
            *sheet_views,
            *(errand_view(errand, context) for errand in errands),
        ]
        return {"now": at.isoformat(), "jobs": [view | words for view in views]}

    return context.hall.read(jobs)


class PrinterPath(BaseModel):
    printer: str = Field(max_length=32)


class PrinterSays(Wish):
    state: str = Field(pattern="^[a-z_]{1,32}$", description="ready, paper_near_end, unknown, or what is wrong")


class PrinterAround(BaseModel):
    address: str = Field(
        max_length=200, description="As the hall's file wants it: tcp://…, usb://…, serial://…, cups://…"
    )
    way: Literal["network", "usb", "serial", "cups"]
    name: str = Field("", max_length=200)
    says: str = Field("", pattern="^[a-z_]{0,32}$", description="How it is; empty where it was not asked")


class WayUnseen(BaseModel):
    way: Literal["network", "usb", "serial", "cups"]
    why: str = Field(pattern="^[a-z_]{1,32}$", description="no_network, no_libusb, no_cups, not_allowed, no_answer")
    detail: str = Field("", max_length=400)


class PrintersAround(Wish):
    job: str = Field(max_length=40)
    found: list[PrinterAround] = Field(max_length=50)
    unseen: list[WayUnseen] = Field([], max_length=8)


@api.get("/printers/<printer>")
@needs_device("kiosk", "printer")
def read_printer(path: PrinterPath) -> Json:
    """Where a print agent finds its printer, as the hall's file says; and how the printer is."""
    found = _own_setup(path.printer)
    state = printer_states(here())[path.printer]
    return {"device": found.address, **printer_view(state, reader_language())}


@api.post("/printers/<printer>/state", openapi_extensions=COMMAND)
@needs_device("kiosk", "printer")
def say_state(path: PrinterPath, body: PrinterSays) -> Json:
    """The printer says how it is: when that changes, and each minute."""
    context = here()
    _own_setup(path.printer)
    limit("printer_state", path.printer, STATES_A_MINUTE)
    if context.accounts.printers_told.hear(path.printer, body.state, context.hall.clock.now()):
        context.feed.tell_printers()
    return printer_view(printer_states(context)[path.printer], reader_language())


def _own_setup(printer: str) -> Printer:
    _own_printer(printer)
    known = {one.id: one for one in here().hall_file.printers}
    if printer not in known:
        raise ApiError(404, "unknown_printer", printer=printer)
    return known[printer]


def settle_sheet(job: str) -> Json:
    """Printed or failed: the sheet is forgotten; whoever wants it asks again."""
    if not here().sheet_jobs.settle(job, who().id):
        raise ApiError(404, "unknown_job", job=job)
    return {"seq": here().hall.read(lambda day, at: day.seq)}


def settle_test(job: str, report: Report) -> Json:
    """A failed one may still come out, and is then reported once more."""
    context = here()
    state = "done" if report.state == "printed" else "failed"
    if not context.printer_errands.settle(job, who().id, state, report.problem, context.hall.clock.now()):
        raise ApiError(404, "unknown_job", job=job)
    return {"seq": context.hall.read(lambda day, at: day.seq)}


@api.post("/printers/<printer>/found", responses={200: Done}, openapi_extensions=COMMAND)
@needs_device("kiosk", "printer")
def say_found(path: PrinterPath, body: PrintersAround) -> Json:
    """Which printers this kiosk can reach, as an administrator asked it by a job with `find`."""
    context = here()
    _own_setup(path.printer)
    found = body.model_dump(include={"found", "unseen"})
    if not context.printer_errands.keep_found(body.job, path.printer, found, context.hall.clock.now()):
        raise ApiError(404, "unknown_job", job=body.job)
    return {"seq": context.hall.read(lambda day, at: day.seq)}


@api.post("/print-jobs/<job>", responses={200: Reported}, openapi_extensions=COMMAND)
@needs_device("kiosk", "printer")
def report_print_job(path: JobPath, body: Report) -> Json:
    """Say what became of a paper."""
    context = here()
    if path.job.startswith(PREFIX):
        return settle_sheet(path.job)
    if path.job.startswith(f"{TEST}."):
        return settle_test(path.job, body)
    context.hall.catch_up()
    found = JOB.fullmatch(path.job)
    known = context.papers.latest(found[2]) if found else None
    if found is None or known is None or found[1] != known.day.isoformat():
        raise ApiError(404, "unknown_job", job=path.job)
    if int(found[3]) >= known.paper:  # the report of an earlier paper, perhaps printed elsewhere, changes nothing
        _own_printer(known.printer)
    instead = printer_instead_of(known, context) if body.given_up and int(found[3]) == known.paper else None
    if body.given_up and instead is None and int(found[3]) == known.paper and _is_known_to_fail(known, body.problem):
        return {"seq": context.hall.read(lambda day, at: day.seq), "moved_to": None}
    someone = who()
    command = c.ReportPaper(
        id=wish_id(someone, "report"),
        actor=someone.actor,
        ticket=found[2],
        paper=int(found[3]),
        printed=body.state == "printed",
        problem=body.problem,
        printer=known.printer,
        instead=instead,
        maybe_on_paper=body.maybe_on_paper,
    )
    said = handle(command, done)
    last = context.papers.latest(found[2])
    return said | {"moved_to": last.printer if last is not None and last.paper > int(found[3]) else None}


def _is_known_to_fail(job: PaperJob, problem: str | None) -> bool:
    """Asked again and again where else a paper could come out: the log need not hold each time."""
    state = here().papers.states.get(job.printer)
    return state is not None and state.is_failing and state.problem == problem
