"""The hall's past, for supervisors and administrators: days compared, the week's rhythm, promises against what was."""

from __future__ import annotations

import logging
import sqlite3
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from queue_server.domain.repairs import RepairFigures, repair_figures
from queue_server.reports.export import FORMATS, TABLES
from queue_server.reports.history.phantoms import PhantomRules
from queue_server.reports.history.reading import Past, known_days, past_of
from queue_server.reports.history.span import Span, span_asked
from queue_server.web.audited import looks_at
from queue_server.web.context import Context, here
from queue_server.web.made_files import NotMade, made_file
from queue_server.web.pages.history.history_view import HistoryView
from queue_server.web.pages.history.tokens import colours
from queue_server.web.security import needs_role
from queue_server.web.staff_frame import staff_frame
from queue_server.web.words import reader_language, word

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
KINDS = ("range", "two")


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("history", __name__, template_folder=str(HERE))
    page.get("/history")(show)
    page.get("/history/export/<first>/<last>/<table>.<ending>")(take_along)
    page.get("/history/report/<of>.pdf")(print_report)
    return page


@needs_role("supervisor")
def show() -> tuple[str, int]:
    typed, context = request.args, here()
    rules = PhantomRules.of(context.hall_file.reports)
    kind = typed.get("kind") if typed.get("kind") in KINDS else "range"
    shown = {"page": "history", "staff": staff_frame(), "kind": kind, "to": to, "to_day": to_day, "tables": TABLES}
    try:
        known, span, past = context.read_reports(read, context.settings.data, typed.to_dict(), rules)
    except sqlite3.Error as error:
        logger.warning("The report tables cannot be read: %s", error, extra={"action": "tables_trouble"})
        return render_template("history.html", trouble=True, **shown), 503
    view = HistoryView(
        past,
        span,
        rules,
        context.hall_file,
        reader_language(),
        clean=typed.get("figures") != "raw",
        mending=mending(context, span) if span else None,
    )
    open_day = context.today().isoformat() in past.days and not context.hall.read(lambda day, _: day.is_over)
    page = render_template(
        "history.html", span=span, known=known, view=view, tone=colours(), open_day=open_day, **shown
    )
    return page, 200


def mending(context: Context, span: Span) -> RepairFigures:
    """Of the visits of these days; of two days compared, of both."""
    found = context.repair_desk.store.between(span.first, span.last)
    if span.two:
        found = [one for one in found if one.day in (span.first, span.last)]
    return repair_figures(found, context.hall.clock.now())


@needs_role("supervisor")
@looks_at("export")
def take_along(first: str, last: str, table: str, ending: str) -> Response | tuple[str, int]:
    """The span stands in the address, so that the audit tells what was taken along."""
    if table not in TABLES or ending not in FORMATS or not (is_day(first) and is_day(last)):
        abort(404)
    try:
        asked = ("--from", first, "--to", last)
        return made_file("export", table, *asked, ending=ending, name=f"{table}-{first}-{last}.{ending}")
    except NotMade:
        return not_made()


@needs_role("supervisor")
@looks_at("export")
def print_report(of: str) -> Response | tuple[str, int]:
    """Of a day, 2026-11-23, or a month, 2026-11."""
    if not (is_day(of) or is_day(f"{of}-01")):
        abort(404)
    try:
        return made_file("report", of, "--pdf", ending="pdf", name=f"report-{of}.pdf")
    except NotMade:
        return not_made()


def not_made() -> tuple[str, int]:
    said = word("history.not_made", reader_language())
    return render_template("error.html", page="error", message=said), 503


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def read(data: Path, typed: dict[str, str], rules: PhantomRules) -> tuple[list[date], Span | None, Past]:
    """Off the hub: a year is a hundred thousand rows."""
    known = known_days(data)
    span = span_asked(typed.get("first"), typed.get("last"), typed.get("kind") == "two", known)
    return known, span, past_of(data, span, rules) if span else Past([], [], [], [])


def to(**other: str) -> str:
    return f"/history?{urlencode({**request.args.to_dict(), **other})}"


def to_day(day: str) -> str:
    return to(first=day, last=day, kind="range")
