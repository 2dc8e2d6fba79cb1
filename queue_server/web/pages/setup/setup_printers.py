"""Printers at work: a test page on wish, and which printers a kiosk can reach. What is set stands under “Printers”."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from queue_server.stores.printer_errands import FIND, TEST, Errand
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.moments import moment_said
from queue_server.web.pages.setup.setup_frame import draw, go_on
from queue_server.web.printer_state import PrinterState
from queue_server.web.printer_views import advice_for, printer_states
from queue_server.web.security import limit, needs_role
from queue_server.web.words import reader_language, word

PATH = "/setup/printer-tests"
ERRANDS_A_MINUTE = 10
LOOK_AGAIN_SECONDS = 3  # while something was asked and is not answered yet


def add_to(page: Blueprint) -> None:
    page.get(PATH)(show_printers)
    page.post(PATH)(ask_printer)


@needs_role("administrator")
def show_printers() -> tuple[str, int]:
    context, language = here(), reader_language()
    states, now = printer_states(context), context.hall.clock.now()
    asked = {(errand.printer, errand.kind): errand for errand in context.printer_errands.all()}
    rows = [
        {
            "id": one.id,
            "address": one.address,
            "state": _state_said(states[one.id], language),
            "advice": advice_for(states[one.id], language),
            "is_failing": states[one.id].is_failing,
            "test": _errand_view(asked.get((one.id, TEST)), language),
            "find": _errand_view(asked.get((one.id, FIND)), language),
        }
        for one in context.hall_file.printers
        if one.id in states
    ]
    waits = any(errand.state == "asked" and not errand.is_unheard(now) for errand in asked.values())
    return draw("setup_printers.html", "printer-tests", rows=rows, again=LOOK_AGAIN_SECONDS if waits else 0)


def _state_said(state: PrinterState, language: str) -> str:
    return word(f"setup.printer_{state.state}", language)


def _errand_view(errand: Errand | None, language: str) -> dict[str, Any] | None:
    if errand is None:
        return None
    state = "unheard" if errand.is_unheard(here().hall.clock.now()) else errand.state
    at = moment_said(errand.told_at or errand.asked_at, language=language)
    seen = errand.found or {}
    trouble = PrinterState(errand.printer, "failing", errand.problem)
    return {
        "state": state,
        "said": word(f"setup.{errand.kind}_{state}", language, at=at, many=len(seen.get("found", ()))),
        "advice": advice_for(trouble, language) if state == "failed" else "",
        "found": [one | {"way_said": word(f"setup.way_{one['way']}", language)} for one in seen.get("found", ())],
        "unseen": [
            word(f"setup.unseen_{one['why']}", language, way=word(f"setup.way_{one['way']}", language))
            for one in seen.get("unseen", ())
        ],
    }


@needs_role("administrator")
def ask_printer() -> Response:
    context, printer, kind = here(), request.form.get("printer", ""), request.form.get("kind", "")
    if kind not in (TEST, FIND) or printer not in {one.id for one in context.hall_file.printers}:
        raise ApiError(404, "unknown_printer", printer=printer[:32])
    limit("printer_errand", printer, ERRANDS_A_MINUTE)
    context.printer_errands.ask(printer, kind, reader_language(), context.hall.clock.now())
    context.feed.tell_print_job(printer)
    return go_on(PATH, f"{kind}_sent")
