"""How the printers are, with the one thing that staff can do about it; and the jobs that are still to be printed."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Ticket
from queue_server.guidance.catalogue import ServiceGuide
from queue_server.guidance.notices import is_confirmed
from queue_server.stores.printer_errands import TEST, Errand
from queue_server.web.papers import PaperJob
from queue_server.web.printer_state import PrinterState, state_now
from queue_server.web.views import Json, said, wait_view
from queue_server.web.waits import Picture
from queue_server.web.words import DEFAULT_LANGUAGE, find_word, word

if TYPE_CHECKING:
    from queue_server.web.context import Context


LANGUAGES = ("zh", "en")
MOVED_WITHIN = timedelta(minutes=10)  # as long as a paper waits for its own printer


def printer_states(context: Context) -> dict[str, PrinterState]:
    told = context.accounts.printers_told.lately()
    return {name: state_now(state, told.get(name)) for name, state in context.papers.states.items()}


def printer_views(context: Context, language: str = DEFAULT_LANGUAGE) -> list[Json]:
    return [printer_view(state, language) for state in printer_states(context).values()]


def printer_view(state: PrinterState, language: str = DEFAULT_LANGUAGE) -> Json:
    return state.view({each: advice_for(state, each) for each in LANGUAGES}, language)


def advice_for(state: PrinterState, language: str) -> str:
    """The one thing to do, where there is one."""
    if state.problem is None:
        return ""
    key = f"printers.{state.problem}"
    return word(key if find_word(key, language) else "printers.other", language, printer=state.printer)


def printer_instead_of(job: PaperJob, context: Context) -> str | None:
    """Where a paper that its printer gives up may come out: a printer that lately said it is well. Once, and while
    somebody stands there."""
    setup = {one.id: one for one in context.hall_file.printers}
    own = setup.get(job.printer)
    is_late = context.hall.clock.now() - job.asked_at >= MOVED_WITHIN
    if own is None or own.instead not in setup or job.instead_of is not None or job.slip is not None or is_late:
        return None
    has_said = own.instead in context.accounts.printers_told.lately()
    return own.instead if has_said and not printer_states(context)[own.instead].is_failing else None


def job_view(job: PaperJob, ticket: Ticket, day: HallDay, picture: Picture, context: Context) -> Json:
    """Everything the paper shows, in the visitor's language."""
    return {
        "job": job.id,
        "printer": job.printer,
        "reprint": job.paper > 1 and (job.instead_of is None or job.maybe_on_paper),
        "asked_at": job.instead_of or "",
        "requested_at": job.asked_at.isoformat(),
        "press": ticket.press.partition("/issue/")[2] if job.paper == 1 else "",
        "ticket": paper_view(ticket, day, picture, context),
    }


def errand_view(errand: Errand, context: Context) -> Json:
    """A test page to print, or the wish to look which printers are around."""
    local = context.hall_file.rules.local(errand.asked_at)
    test = {
        "code": f"XINTING {errand.printer} {errand.job.partition('.')[2].upper()}",
        "day": f"{local:%Y-%m-%d %H:%M}",
        "language": errand.language,
    }
    return {
        "job": errand.job,
        "printer": errand.printer,
        "requested_at": errand.asked_at.isoformat(),
        errand.kind: test if errand.kind == TEST else {},
    }


def paper_view(ticket: Ticket, day: HallDay, picture: Picture | None, context: Context) -> Json:
    forecast = picture.of(ticket.number) if picture else None
    language = ticket.language
    other = "en" if language == "zh" else "zh"
    limits = day.rules.limits
    file = context.hall_file
    zone = file.zones[ticket.zone]
    guide = file.catalogue.service(ticket.service)
    return {
        "ticket": ticket.number,
        "hall": f"{said(file.centre, language)} {said(file.name, language)}",
        "zone": {
            "id": zone.id,
            "name": said(zone.name, language),
            "shape": zone.shape,
            "way": said(zone.way, language),
            "purpose": day.rules.zones[zone.id].purpose.value,
            "other_name": said(zone.name, other),
        },
        "service": said(guide.official_name, language),
        "other_service": said(guide.official_name, other),
        "then": ("、" if language == "zh" else ", ").join(
            said(file.catalogue.service(service).plain_name, language) for service in ticket.services_to_do
        ),
        "total": wait_view(forecast.total) if forecast else None,
        "ahead": forecast.ahead if forecast else 0,
        "wait": wait_view(forecast.wait) if forecast else None,
        "wait_error": picture.error_minutes if picture else None,
        "wait_error_of": picture.error_of if picture else "today",
        "issued_at": local_time(ticket.first_arrival_at, context),
        "day": day.day.isoformat(),
        "materials": materials_on_paper(guide, language, ticket.missing),
        "confirmed": is_confirmed(guide),
        "link": context.progress_links.url(day.day, ticket.number),
        "language": language,
        "return_within_numbers": limits.return_within_numbers,
        "return_within_minutes": limits.return_within_minutes,
        "return_behind": limits.return_behind,
        "fetching": ticket.is_fetching,
        "large_print": ticket.large_print,
        "simulated": context.settings.demo,
    }


def materials_on_paper(guide: ServiceGuide, language: str, missing: Container[str] = ()) -> list[Json]:
    return [
        {
            "name": said(material.name, language),
            "optional": not material.is_always_needed,
            "missing": material.code in missing,
        }
        for material in guide.materials
    ]


def local_time(moment: datetime, context: Context) -> str:
    return f"{context.hall.rules.local(moment):%H:%M}"
